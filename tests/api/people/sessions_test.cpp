#include "api/people/sessions.hpp"

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
        open_session(session, kTown, kAmelie, token, kNow);
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
    EXPECT_TRUE(lives(left, {}));
    close_sessions_of(session, kTown, kAmelie);
    EXPECT_FALSE(lives(left, {}));
}

}  // namespace
}  // namespace creneau::people
