#include "api/access/badge_key.hpp"
#include "api/access/badge_key_file.hpp"
#include "api/access/simulate/simulate.hpp"
#include "policy/badge.hpp"
#include "policy/container.hpp"
#include "policy/decide.hpp"
#include "policy/door.hpp"
#include "tests/api/signer/signing_desk_town.hpp"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include <soci/soci.h>

namespace creneau::signer {
namespace {

namespace fs = std::filesystem;
using std::chrono::hours;

class SigningBadges : public SigningDeskTest {
  protected:
    SigningBadges() {
        config_.badge_key_file = fs::path(database_.folder()) / "badges.key";
        access::lay_out_badge_key(config_.badge_key_file, secret_);
        desk_ = std::make_unique<SigningDesk>(config_);
        session_.execute(
            "INSERT INTO associations (id, town_id, key, name, email)"
            " VALUES (5, 7, 'a', 'A', ''), (6, 7, 'b', 'B', '')");
        insert_badge(41, 5, "04a26b3c");
        insert_badge(42, 6, "04a26b3d");
        insert_window(5, 1, "1800003600", "1800007200");
    }

    void insert_badge(int id, int association, const std::string& number) {
        const access::BadgeKey key(secret_);
        session_.execute(
            "INSERT INTO badges (id, town_id, number_sealed, number_mark, holder_kind, holder_id,"
            " from_at, changed_at) VALUES (" +
            std::to_string(id) + ", 7, '" + key.seal(number) + "', '" +
            key.mark(access::TownId{7}, number) + "', 'association', " +
            std::to_string(association) + ", 1, 1)");
    }

    void insert_window(int association, int zone, const std::string& start,
                       const std::string& end) {
        session_.execute(
            "INSERT INTO access_windows (town_id, source_kind, source_id, zone_id, holder_kind,"
            " holder_id, start_at, end_at) VALUES (7, 'booking', 1, " +
            std::to_string(zone) + ", 'association', " + std::to_string(association) + ", " +
            start + ", " + end + ")");
    }

    /// What the door does with the badge of association 5, that many seconds after kNow.
    std::string shown(std::int64_t after, std::uint16_t door = 11) {
        constexpr std::array<std::uint8_t, 4> kNumber{0x04, 0xA2, 0x6B, 0x3C};
        const auto decision = policy::decide(
            policy(), {},
            {*policy::badge_number(kNumber, policy::Assurance::low),
             door,
             kNow + std::chrono::seconds{after},
             {policy::ClockTrust::trusted, std::chrono::seconds{0}, std::chrono::seconds{0}}});
        return std::string(policy::word_for(decision.reason));
    }

    std::array<std::uint8_t, access::BadgeKey::kSize> secret_{1, 2, 3};
};

CRENEAU_ON_BOTH_ENGINES(SigningBadges);

TEST_P(SigningBadges, OpenDuringTheWindowsOfTheirAssociation) {
    EXPECT_EQ(shown(3599), "outside_hours");
    EXPECT_EQ(shown(3600), "granted_booking");
    EXPECT_EQ(shown(7200), "outside_hours");
    EXPECT_EQ(shown(3600, 99), "wrong_door");
    EXPECT_EQ(policy().find_badge(*policy::badge_number(
                  std::array<std::uint8_t, 4>{4, 0xA2, 0x6B, 0x3D}, policy::Assurance::low)),
              nullptr)
        << "no window: no door of this agent admits it";
    insert_window(5, 1, "1800007000", "1800009000");
    EXPECT_EQ(shown(7200), "granted_booking");
}

TEST_P(SigningBadges, OpenNothingOnceLostOrWithoutTheirHolder) {
    EXPECT_EQ(shown(3600), "granted_booking");
    session_.execute("UPDATE badges SET state = 'lost' WHERE id = 41");
    EXPECT_EQ(shown(3600), "unknown_credential");
    session_.execute("UPDATE badges SET state = 'issued' WHERE id = 41");
    session_.execute("UPDATE associations SET enabled = 0 WHERE id = 5");
    EXPECT_EQ(shown(3600), "unknown_credential");
    session_.execute("UPDATE associations SET enabled = 1 WHERE id = 5");
    session_.execute("DELETE FROM access_windows");
    EXPECT_EQ(shown(3600), "unknown_credential");
    insert_window(5, 1, "1800003600", "1800007200");
    EXPECT_EQ(shown(3600), "granted_booking");
}

TEST_P(SigningBadges, AreNotNamedWithoutTheirKey) {
    EXPECT_EQ(shown(3600), "granted_booking");
    fs::remove(config_.badge_key_file);
    EXPECT_TRUE(policy().badges.empty());
    secret_[0] = 9;
    access::lay_out_badge_key(config_.badge_key_file, secret_);
    EXPECT_TRUE(policy().badges.empty());
    secret_[0] = 1;
    access::lay_out_badge_key(config_.badge_key_file, secret_);
    EXPECT_EQ(shown(3600), "granted_booking");
}

TEST_P(SigningBadges, KeepTheirPageFromOneBookingAndOneDayToTheNext) {
    const auto page = [this](std::chrono::sys_seconds now) {
        const auto file = desk_->answer(AskPolicy{"danton"}, at(now));
        return policy::read_container(*file)->pages.back();
    };
    const auto before = page(kNow);
    insert_window(5, 1, "1800090000", "1800093600");
    EXPECT_EQ(page(kNow + hours{24}), before);
    insert_window(6, 1, "1800090000", "1800093600");
    EXPECT_NE(page(kNow + hours{24}), before);
}

/// The same card in the hands of a member of the staff with a duty.
class SigningDuties : public SigningBadges {
  protected:
    SigningDuties() {
        session_.execute(
            "DELETE FROM access_windows;"
            "UPDATE badges SET holder_kind = 'person', holder_id = 1 WHERE id = 41;"
            "INSERT INTO departments (id, town_id, name) VALUES (1, 7, 'd');"
            "INSERT INTO staff (person_id, town_id, department_id, from_date)"
            " VALUES (1, 7, 1, '2020-01-01');"
            "INSERT INTO duties (town_id, person_id, word, from_date)"
            " VALUES (7, 1, 'Gardien', '2020-01-01');"
            "INSERT INTO access_profiles (id, town_id, name) VALUES (1, 7, 'p');"
            "INSERT INTO access_profile_duties (town_id, profile_id, word)"
            " VALUES (7, 1, 'Gardien');"
            "INSERT INTO access_profile_zones (town_id, profile_id, zone_id) VALUES (7, 1, 1)");
        insert_day("2027-01-15", "1800003600", "1800007200");
        insert_day("2027-01-16", "1800090000", "1800093600");
    }

    void insert_day(const std::string& date, const std::string& start, const std::string& end) {
        session_.execute(
            "INSERT INTO hours_ahead (town_id, owner_kind, owner_id, time_zone, local_date,"
            " start_at, end_at) VALUES (7, 'profile', 1, 'Europe/Paris', '" +
            date + "', " + start + ", " + end + ")");
    }
};

CRENEAU_ON_BOTH_ENGINES(SigningDuties);

TEST_P(SigningDuties, OpenDuringTheHoursOfTheirProfile) {
    EXPECT_EQ(shown(3599), "outside_hours");
    EXPECT_EQ(shown(3600), "granted_profile");
    EXPECT_EQ(shown(3600, 12), "door_disabled");
    EXPECT_EQ(shown(7200), "outside_hours");
    EXPECT_EQ(shown(90000), "granted_profile");
    session_.execute("UPDATE duties SET until_date = '2027-01-15'");
    EXPECT_EQ(shown(90000), "outside_hours") << "the last day is over";
    session_.execute("UPDATE duties SET until_date = '2027-01-14'");
    EXPECT_EQ(shown(3600), "unknown_credential");
    session_.execute("UPDATE duties SET until_date = '', word = 'Régie'");
    EXPECT_EQ(shown(3600), "unknown_credential");
    session_.execute("UPDATE duties SET word = 'Gardien'");
    session_.execute("UPDATE people SET active_until = 1800004000 WHERE id = 1");
    EXPECT_EQ(shown(3600), "granted_profile");
    EXPECT_EQ(shown(4000), "expired") << "departed at its minute";
    session_.execute("UPDATE people SET active_until = NULL WHERE id = 1");
    EXPECT_EQ(shown(90000), "granted_profile");
}

TEST_P(SigningDuties, KeepTheirPageFromOneNightToTheNext) {
    const auto pages = [this](std::chrono::sys_seconds now) {
        const auto file = desk_->answer(AskPolicy{"danton"}, at(now));
        return policy::read_container(*file)->pages;
    };
    const auto before = pages(kNow);
    EXPECT_EQ(pages(kNow + hours{12}), before) << "nothing changes within a day";
    session_.execute("DELETE FROM hours_ahead WHERE local_date = '2027-01-15'");
    insert_day("2027-01-17", "1800176400", "1800180000");
    const auto after = pages(kNow + hours{24});
    EXPECT_EQ(after.back(), before.back()) << "the badges";
    EXPECT_NE(after.front(), before.front()) << "the hours";
    session_.execute("UPDATE duties SET until_date = '2027-01-16'");
    EXPECT_NE(pages(kNow + hours{24}).back(), before.back()) << "its hours are its own now";
}

TEST_P(SigningDuties, StandBesideTheFreeAccessOfADoor) {
    session_.execute(
        "INSERT INTO hours_ahead (town_id, owner_kind, owner_id, time_zone, local_date, start_at,"
        " end_at) VALUES (7, 'door', 1, 'Europe/Paris', '2027-01-15', 1800001000, 1800002000);"
        "INSERT INTO door_options (door_id, town_id, longer_unlock_ms, held_open_s, pre_alarm_s,"
        " relock, passback, passback_min, passes_when_expired, high_assurance, free_after_first,"
        " skip_public_holidays, skip_school_holidays)"
        " VALUES (1, 7, 3000, 60, 15, 'after_time', 'soft', 10, 1, 0, 0, 0, 0)");
    const auto opened = policy();
    const auto* door = opened.find_door(11);
    EXPECT_EQ(door->longer_unlock_time, door->unlock_time) << "never shorter";
    EXPECT_EQ(door->held_open,
              (policy::HeldOpen{std::chrono::seconds{60}, std::chrono::seconds{15}}));
    EXPECT_EQ(door->relock, policy::Relock::after_time);
    EXPECT_EQ(door->passback,
              (policy::Passback{policy::PassbackMode::soft, std::chrono::minutes{10}}));
    EXPECT_TRUE(door->passes_when_expired);
    ASSERT_TRUE(door->free_access);
    EXPECT_FALSE(opened.find_door(12)->free_access);
    const auto free = [&](int after) {
        return policy::decide(opened, {},
                              {policy::NoCredential{},
                               11,
                               kNow + std::chrono::seconds{after},
                               {policy::ClockTrust::trusted, {}, {}}})
            .allow;
    };
    EXPECT_FALSE(free(999));
    EXPECT_TRUE(free(1000));
    EXPECT_FALSE(free(2000));
    EXPECT_EQ(shown(3600), "granted_profile");
    fs::remove(config_.badge_key_file);
    EXPECT_TRUE(policy().find_door(11)->free_access) << "it needs no badges";
}

/// What the town answers of a door, by the policy that the door would get.
class SimulatedAccess : public SigningBadges {
  protected:
    SimulatedAccess() {
        session_.execute(
            "INSERT INTO people (id, town_id, key, name, email, locale) VALUES"
            " (2, 7, 'office', 'o', 'o', 'fr'), (3, 7, 'hr', 'h', 'h', 'fr');"
            "INSERT INTO person_roles (town_id, person_id, role) VALUES"
            " (7, 1, 'access_administrator'), (7, 2, 'office'), (7, 3, 'human_resources')");
        insert_credential(1, "5");
    }

    static access::AskAccess of_badge(std::int64_t door = 1) {
        return {{people::TownId{7}, people::PersonId{1}, kNow},
                access::BadgeId{41},
                {},
                access::DoorId{door},
                {}};
    }
    static access::AskAccess of_pass(std::int64_t door = 1) {
        auto ask = of_badge(door);
        ask.badge.reset();
        ask.pass = access::PassRow{1};
        return ask;
    }
    std::string said(access::AskAccess ask, std::int64_t after = 0) {
        ask.at = kNow + std::chrono::seconds{after};
        const access::BadgeKey key(secret_);
        const auto question = access::question_of(session_, key, ask);
        if (!question) {
            return question.error().faults.empty() ? "refused"
                                                   : question.error().faults.front().code;
        }
        const auto file = desk_->answer(AskPolicy{question->agent}, at(kNow));
        auto opened = access::own_policy(*file, kTown, question->agent);
        EXPECT_TRUE(opened);
        const auto decision = access::answer_to(*question, opened.value_or(policy::Policy{}));
        return std::string(policy::word_for(decision.reason));
    }
};

CRENEAU_ON_BOTH_ENGINES(SimulatedAccess);

TEST_P(SimulatedAccess, SaysOfABadgeWhatTheDoorSays) {
    for (const auto after : {0, 3599, 3600, 7199, 7200}) {
        EXPECT_EQ(said(of_badge(), after), shown(after)) << after;
    }
    EXPECT_EQ(said(of_badge(), 3600), "granted_booking");
    EXPECT_EQ(said(of_badge(2), 3600), "door_disabled");
    EXPECT_EQ(said(of_badge(), 30 * 86'400), "outside_hours") << "its policy is renewed by then";
    session_.execute("UPDATE badges SET state = 'lost'");
    EXPECT_EQ(said(of_badge(), 3600), "unknown_credential");
    session_.execute("UPDATE badges SET state = 'issued'");
    EXPECT_EQ(said(of_badge(), 3600), "granted_booking");
}

TEST_P(SimulatedAccess, SaysOfAPassWhatTheDoorSays) {
    EXPECT_EQ(said(of_pass()), "granted_booking");
    EXPECT_EQ(said(of_pass(2)), "door_disabled");
    EXPECT_EQ(said(of_pass(), 3 * 3600), "expired");
    session_.execute("UPDATE credentials SET scope = 32770");
    EXPECT_EQ(said(of_pass()), "wrong_door");
    session_.execute("UPDATE credentials SET scope = 32769, revoked_at = 1");
    EXPECT_EQ(said(of_pass()), "revoked");
    session_.execute("UPDATE credentials SET revoked_at = NULL");
    EXPECT_EQ(said(of_pass()), "granted_booking");
}

TEST_P(SimulatedAccess, IsAskedByWhoMayAndOfWhatIsThere) {
    auto ask = of_badge();
    ask.pass = access::PassRow{1};
    EXPECT_EQ(said(ask), "one_credential");
    EXPECT_EQ(said(of_badge(99)), "unknown_door");
    EXPECT_EQ(said(of_badge(), -3600), "out_of_reach");
    EXPECT_EQ(said(of_badge(), 41 * 86'400), "out_of_reach");
    session_.execute("UPDATE doors SET agent_id = NULL WHERE id = 3");
    EXPECT_EQ(said(of_badge(3)), "no_agent");
    for (const auto person : {2, 3}) {
        ask = of_badge();
        ask.actor.person = people::PersonId{person};
        EXPECT_EQ(said(ask), "refused");
    }
    ask = of_pass();
    ask.actor.person = people::PersonId{3};
    EXPECT_EQ(said(ask), "refused");
    ask.actor.town = people::TownId{8};
    EXPECT_EQ(said(ask), "refused");
    ask = of_pass();
    ask.actor.person = people::PersonId{2};
    EXPECT_EQ(said(ask), "granted_booking") << "the office, on the phone";
    access::note_question(session_, ask);
    std::int64_t lines = 0;
    session_.sql() << "SELECT COUNT(*) FROM audit WHERE action = 'access_simulated'",
        soci::into(lines);
    EXPECT_EQ(lines, 1);
}

}  // namespace
}  // namespace creneau::signer
