#include "api/access/duty_access_store.hpp"
#include "api/people/people_store.hpp"
#include "api/profiles/keep_door_options.hpp"
#include "api/profiles/make_hours.hpp"
#include "api/store/column.hpp"
#include "tests/api/access/doors_town.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace creneau::profiles {
namespace {

using access::DoorId;
using access::kEntrance;
using access::kOffice;
using access::kSacha;
using people::OrganisationRefusal;
using people::PersonId;
using Codes = std::vector<std::string>;

/// kNow is Monday 30 November 2026, 01:53 in Paris.
class KeepDoorOptions : public access::DoorsTown {
  protected:
    static DoorOptions options() {
        DoorOptions options;
        options.longer_unlock_ms = 20'000;
        options.held_open_s = 60;
        options.pre_alarm_s = 15;
        options.relock = "on_opening";
        options.passback = "hard";
        options.passback_min = 30;
        options.free_after_first = true;
        return options;
    }
    people::Organised<KeptOptions> set(const DoorOptions& options,
                                       const std::vector<HoursForm>& free, PersonId actor = kSacha,
                                       DoorId door = kEntrance) {
        return set_door_options(session, {by(actor), door, options, free});
    }
    std::vector<access::FreeHours> free_hours() {
        return access::select_free_hours(session, access::TownId{1}, 1);
    }
    static Codes codes(const people::Organised<KeptOptions>& answer) {
        Codes codes;
        if (!answer) {
            for (const auto& fault : answer.error().faults) {
                codes.push_back(fault.field + ' ' + fault.code);
            }
        }
        return codes;
    }

    const std::vector<HoursForm> mornings_{{"monday", "08:30", "12:00"}};
};
CRENEAU_ON_BOTH_ENGINES(KeepDoorOptions);

TEST_P(KeepDoorOptions, KeepWhatWasSaidAndReplaceIt) {
    const auto person = people::find_person(session, kTown, kOffice).value();
    EXPECT_EQ(find_door_options(session, kTown, person, kEntrance).value().version, 0);
    const auto serial = number("SELECT serial FROM policy_serials WHERE town_id = 1");
    const auto kept = set(options(), mornings_).value();
    EXPECT_GT(number("SELECT serial FROM policy_serials WHERE town_id = 1"), serial);
    EXPECT_EQ(kept.version, 1);
    EXPECT_EQ(kept.unlock_ms, 5000);
    EXPECT_EQ(kept.options.longer_unlock_ms, 20'000);
    EXPECT_EQ(kept.options.relock, "on_opening");
    EXPECT_EQ(kept.options.passback, "hard");
    EXPECT_EQ(kept.options.passback_min, 30);
    EXPECT_TRUE(kept.options.free_after_first);
    EXPECT_EQ(kept.free_access.size(), 1U);
    const auto again = set({}, {}).value();
    EXPECT_EQ(again.version, 2);
    EXPECT_EQ(again.options.passback, "off");
    EXPECT_TRUE(again.free_access.empty());
    EXPECT_TRUE(free_hours().empty());
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE action = 'door_options_set'"), 2);
}

TEST_P(KeepDoorOptions, OpenADoorFreelyByTheClockOnTheWall) {
    ASSERT_TRUE(set(options(), mornings_));
    auto free = free_hours();
    ASSERT_EQ(free.size(), 1U);
    EXPECT_EQ(free[0].door, 2);
    ASSERT_EQ(free[0].intervals.size(), 6U) << "six Mondays in 40 days";
    const std::chrono::sys_seconds monday{std::chrono::sys_days{std::chrono::year{2026} / 11 / 30}};
    EXPECT_EQ(free[0].intervals[0].start, monday + std::chrono::minutes{7 * 60 + 30});
    EXPECT_EQ(free[0].intervals[0].end, monday + std::chrono::hours{11});
    make_hours(session, kTown, now_ + std::chrono::hours{24});
    EXPECT_EQ(free_hours()[0].intervals.size(), 5U) << "the night moves on";
    auto without = options();
    without.off.school_holidays = true;
    ASSERT_TRUE(set(without, mornings_));
    EXPECT_TRUE(free_hours().empty()) << "nobody knows the school holidays";
    ASSERT_TRUE(set(options(), mornings_));
    EXPECT_FALSE(free_hours().empty());
}

TEST_P(KeepDoorOptions, OpenNothingInTheHourThatHappensTwiceButOnce) {
    now_ = std::chrono::sys_days{std::chrono::year{2026} / 10 / 24};
    ASSERT_TRUE(set({}, {{"sunday", "02:30", "04:00"}}));
    const std::chrono::sys_seconds sunday{std::chrono::sys_days{std::chrono::year{2026} / 10 / 25}};
    EXPECT_EQ(free_hours()[0].intervals[0].start, sunday + std::chrono::minutes{90})
        << "the second half past two";
}

TEST_P(KeepDoorOptions, AreRefusedWithEveryFaultAtOnce) {
    DoorOptions bad;
    bad.longer_unlock_ms = 4'999;
    bad.held_open_s = 4'000;
    bad.pre_alarm_s = 4'000;
    bad.relock = "never";
    bad.passback_min = 5;
    bad.free_after_first = true;
    EXPECT_EQ(codes(set(bad, {})),
              (Codes{"longer_unlock_ms out_of_range", "held_open_s out_of_range",
                     "pre_alarm_s out_of_range", "relock unknown_word", "passback_min out_of_range",
                     "free_after_first no_free_access"}));
    DoorOptions words;
    words.passback = "maybe";
    EXPECT_EQ(codes(set(words, {{"monday", "8", "12:00"}})),
              (Codes{"passback unknown_word", "free_access/0/start_time not_a_time"}));
    words.passback = "soft";
    EXPECT_EQ(codes(set(words, {})), Codes{"passback_min out_of_range"});
    words.passback_min = 1;
    EXPECT_TRUE(set(words, {}));
}

TEST_P(KeepDoorOptions, AreTheAccessAdministratorsOfTheSite) {
    session.execute(
        "INSERT INTO person_roles (town_id, person_id, role, scope_kind, scope_id) VALUES"
        " (1, 13, 'access_administrator', 'site', 1), (1, 14, 'access_administrator', 'site', 2)");
    for (const auto actor : {kOffice, access::kElsewhere, access::kNoa, access::kHr, kAmelie,
                             access::kElsewhereTown}) {
        EXPECT_EQ(set({}, {}, actor).error().refusal, OrganisationRefusal::not_allowed);
    }
    EXPECT_EQ(set({}, {}, kSacha, DoorId{9}).error().refusal, OrganisationRefusal::unknown);
    const auto hr = people::find_person(session, kTown, access::kHr).value();
    EXPECT_EQ(find_door_options(session, kTown, hr, kEntrance).error().refusal,
              OrganisationRefusal::not_allowed);
    EXPECT_TRUE(set({}, {}, access::kThere)) << "their own site";
}

}  // namespace
}  // namespace creneau::profiles
