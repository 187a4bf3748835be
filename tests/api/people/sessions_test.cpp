#include "api/people/sessions.hpp"

#include "api/people/end_sessions.hpp"
#include "api/people/my_sessions.hpp"
#include "api/people/session_store.hpp"
#include "tests/api/people/town_fixture.hpp"

namespace creneau::people {
namespace {

class Sessions : public TownTest {
  protected:
    bool lives(const std::string& token, std::chrono::seconds after) {
        return find_signed_in(session, kTown, token, kNow + after).has_value();
    }
    std::string opened() {
        auto token = new_session_token();
        open_session(session, kTown, kAmelie, {.token = token, .device = Device::ios}, kNow);
        return token;
    }
};
CRENEAU_ON_BOTH_ENGINES(Sessions);

TEST_P(Sessions, AreFoundByTheirTokenOnly) {
    const auto token = opened();
    EXPECT_EQ(token.size(), 43U);
    EXPECT_EQ(find_signed_in(session, kTown, token, kNow)->person.id, kAmelie);
    EXPECT_FALSE(find_signed_in(session, kTown, new_session_token(), kNow));
    EXPECT_FALSE(find_signed_in(session, kOtherTown, token, kNow));
    for (const auto* nonsense : {"", "x", "=", "é"}) {
        EXPECT_FALSE(find_signed_in(session, kTown, nonsense, kNow)) << nonsense;
    }
    EXPECT_TRUE(lives(token, {}));
}

TEST_P(Sessions, EndAfterTheIdleTime) {
    const auto token = opened();
    EXPECT_TRUE(lives(token, kSessionIdle - std::chrono::seconds{1}));
    EXPECT_FALSE(lives(token, kSessionIdle));
}

TEST_P(Sessions, AreExtendedByUseButNeverPastTheAbsoluteEnd) {
    const auto token = opened();
    EXPECT_FALSE(find_signed_in(session, kTown, token, kNow)->extend);
    auto at = std::chrono::seconds{0};
    while (at < kSessionAbsolute) {
        const auto found = find_signed_in(session, kTown, token, kNow + at);
        ASSERT_TRUE(found) << at.count();
        if (found->extend) {
            extend_session(session, kTown, token, kNow + at);
        }
        at += std::chrono::minutes{50};
    }
    EXPECT_TRUE(lives(token, kSessionAbsolute - std::chrono::seconds{1}));
    EXPECT_FALSE(lives(token, kSessionAbsolute));
}

TEST_P(Sessions, AreNotBroughtBackByAnExtension) {
    const auto token = opened();
    extend_session(session, kTown, token, kNow + kSessionIdle);
    EXPECT_FALSE(lives(token, kSessionIdle));
}

TEST_P(Sessions, EndWhenClosedOrWhenThePersonLeaves) {
    const auto closed = opened();
    close_session(session, kTown, closed);
    EXPECT_FALSE(lives(closed, {}));
    const auto left = opened();
    session.execute("UPDATE people SET enabled = 0 WHERE id = 7");
    EXPECT_FALSE(lives(left, {}));
    session.execute("UPDATE people SET enabled = 1 WHERE id = 7");
    EXPECT_FALSE(lives(left, {})) << "who comes back signs in again";
    const auto back = opened();
    EXPECT_TRUE(lives(back, {}));
    close_sessions_of(session, kTown, kAmelie);
    EXPECT_FALSE(lives(back, {}));
}

TEST_P(Sessions, AreSeenAndEndedByTheirPersonAlone) {
    const auto phone = opened();
    const auto other = opened();
    const SessionOwner amelie{kTown, kAmelie};
    const auto rows = find_sessions_of(session, amelie, kNow, {});
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows.front().device, Device::ios);
    EXPECT_EQ(rows.front().seen_at, kNow);
    EXPECT_FALSE(end_session(session, {kTown, PersonId{8}}, rows.front().id, kNow));
    EXPECT_FALSE(end_session(session, {kOtherTown, kAmelie}, rows.front().id, kNow));
    EXPECT_TRUE(lives(phone, {}));
    EXPECT_TRUE(end_session(session, amelie, rows.front().id, kNow));
    EXPECT_FALSE(lives(phone, {}));
    EXPECT_TRUE(lives(other, {}));
    const auto third = opened();
    end_other_sessions(session, amelie, rows.back().id, kNow);
    EXPECT_FALSE(lives(third, {}));
    EXPECT_TRUE(lives(other, {}));
    EXPECT_TRUE(find_sessions_of(session, amelie, kNow + kSessionIdle, {}).empty());
}

TEST_P(Sessions, AreEndedByAnAdministratorForSomebodyElse) {
    session.execute(
        "INSERT INTO person_roles (town_id, person_id, role) VALUES (1, 8, 'administrator')");
    constexpr PersonId kBruno{8};
    const auto token = opened();
    const auto other = opened();
    const auto ended = [&](PersonId actor, PersonId person) {
        return end_sessions(session, {kTown, actor, person, kNow});
    };
    EXPECT_EQ(ended(kAmelie, kBruno).error(), EndSessionsFault::not_allowed);
    EXPECT_EQ(ended(kBruno, kBruno).error(), EndSessionsFault::not_allowed);
    EXPECT_EQ(ended(kBruno, PersonId{20}).error(), EndSessionsFault::unknown) << "another town";
    EXPECT_TRUE(lives(token, {}));
    EXPECT_TRUE(ended(kBruno, kAmelie));
    EXPECT_FALSE(lives(token, {}));
    EXPECT_FALSE(lives(other, {}));
    EXPECT_TRUE(lives(opened(), {})) << "the account stays open";
}

TEST_P(Sessions, SayWhenTheirPersonWasLastSeen) {
    const auto token = opened();
    const auto later = kNow + kSeenAgain;
    EXPECT_FALSE(find_signed_in(session, kTown, token, later - std::chrono::seconds{1})->extend);
    ASSERT_TRUE(find_signed_in(session, kTown, token, later)->extend);
    extend_session(session, kTown, token, later);
    EXPECT_EQ(find_sessions_of(session, {kTown, kAmelie}, later, {}).front().seen_at, later);
}

TEST(Devices, AreToldCoarsely) {
    EXPECT_EQ(device_of_user_agent("Mozilla/5.0 (Linux; Android 14; Pixel 8)"), Device::android);
    EXPECT_EQ(device_of_user_agent("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X)"),
              Device::ios);
    EXPECT_EQ(device_of_user_agent("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_1)"), Device::mac);
    EXPECT_EQ(device_of_user_agent("Mozilla/5.0 (X11; Linux x86_64)"), Device::linux_desktop);
    EXPECT_EQ(device_of_user_agent("Mozilla/5.0 (Windows NT 10.0)"), Device::windows);
    EXPECT_EQ(device_of_user_agent("curl/8.1"), Device::program);
    EXPECT_EQ(device_of_user_agent("Mozilla/5.0 (?)"), Device::unknown);
    EXPECT_EQ(device_of_user_agent(""), Device::unknown);
}

}  // namespace
}  // namespace creneau::people
