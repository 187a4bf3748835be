#include "api/access/badge_access_rules.hpp"
#include "api/access/duty_access_store.hpp"
#include "api/people/people_store.hpp"
#include "api/profiles/keep_profiles.hpp"
#include "api/profiles/make_hours.hpp"
#include "api/store/column.hpp"
#include "api/store/readers.hpp"
#include "api/store/writer.hpp"
#include "tests/api/access/doors_town.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace creneau::profiles {
namespace {

using access::Holder;
using access::HolderKind;
using access::kAgent;
using access::kHr;
using access::kNoa;
using access::kOffice;
using access::kOtherAgent;
using access::kSacha;
using people::OrganisationRefusal;
using people::PersonId;
using Codes = std::vector<std::string>;

constexpr Holder kBruno{HolderKind::person, 8};  // holds badge 1

/// kNow is Monday 30 November 2026, 01:53 in Paris.
class Profiles : public access::DoorsTown {
  protected:
    Profiles() {
        session.execute(
            "INSERT INTO zones (id, town_id, key, name, scope) VALUES"
            " (1, 1, 'danton', 'Danton', 32768), (2, 1, 'maison', 'Maison', 32769),"
            " (9, 2, 'autre', 'Autre', 32768);"
            "INSERT INTO zone_doors (town_id, zone_id, door_id) VALUES (1, 1, 1), (1, 1, 2),"
            " (1, 2, 3), (2, 9, 9);"
            "INSERT INTO departments (id, town_id, name) VALUES (1, 1, 'Culture');"
            "INSERT INTO staff (person_id, town_id, department_id, from_date) VALUES"
            " (8, 1, 1, '2020-01-01')");
    }

    static ProfileForm form(const std::string& name = "Gardiens") {
        ProfileForm form;
        form.name = name;
        form.duties = {"Gardien"};
        form.zones = {1};
        form.hours = {{"monday", "07:00", "20:00"}, {"tuesday", "07:00", "20:00"}};
        return form;
    }
    people::Organised<AccessProfile> save(const ProfileForm& form, PersonId actor = kSacha,
                                          std::optional<ProfileId> id = std::nullopt) {
        return save_profile(session, {by(actor), id, form});
    }
    void give_duty(const std::string& from = "2026-01-01", const std::string& until = "") {
        session.execute(
            "INSERT INTO duties (town_id, person_id, word, from_date, until_date) VALUES"
            " (1, 8, 'Gardien', '" +
            from + "', '" + until + "')");
    }
    /// When the office's badge opens doors of the agent by duty; none where it opens none.
    std::vector<policy::Interval> opens(access::AgentId agent = kAgent) {
        const access::BadgeAccess access(
            {}, access::select_duty_access(session, access::TownId{1}, store::raw(agent)));
        const auto set = access.set_of(kBruno);
        if (!set || access.schedules().empty()) {
            return {};
        }
        return access.schedules().front().intervals;
    }
    bool opens_at(std::chrono::sys_seconds at) {
        return std::ranges::any_of(opens(), [at](const auto& one) { return one.holds(at); });
    }
    template <class T>
    static Codes codes(const people::Organised<T>& answer) {
        Codes codes;
        if (!answer) {
            for (const auto& fault : answer.error().faults) {
                codes.push_back(fault.field + ' ' + fault.code);
            }
        }
        return codes;
    }
    people::Person person(PersonId id) { return people::find_person(session, kTown, id).value(); }

    const std::chrono::sys_seconds monday_{
        std::chrono::sys_days{std::chrono::year{2026} / 11 / 30}};
};
CRENEAU_ON_BOTH_ENGINES(Profiles);

TEST_P(Profiles, OpenTheirZonesToTheBadgesOfADuty) {
    using std::chrono::hours;
    give_duty();
    EXPECT_TRUE(opens().empty());
    const auto profile = save(form()).value();
    EXPECT_EQ(profile.duties, std::vector<std::string>{"Gardien"});
    EXPECT_FALSE(opens_at(monday_ + hours{6} - std::chrono::seconds{1}));
    EXPECT_TRUE(opens_at(monday_ + hours{6})) << "seven in Paris";
    EXPECT_FALSE(opens_at(monday_ + hours{19}));
    EXPECT_TRUE(opens_at(monday_ + hours{24 + 6}));
    EXPECT_FALSE(opens_at(monday_ + hours{48 + 6})) << "a Wednesday";
    EXPECT_TRUE(opens(kOtherAgent).empty()) << "another zone's doors";
    session.execute("DELETE FROM duties");
    EXPECT_TRUE(opens().empty());
    give_duty();
    ASSERT_TRUE(remove_profile(session, {by(kSacha), profile.id}));
    EXPECT_TRUE(opens().empty());
    EXPECT_EQ(
        number("SELECT COUNT(*) FROM weekly_hours") + number("SELECT COUNT(*) FROM hours_ahead"),
        0);
    ASSERT_TRUE(save(form()));
    EXPECT_TRUE(opens_at(monday_ + hours{6}));
}

TEST_P(Profiles, LastAsLongAsTheDuty) {
    using std::chrono::hours;
    ASSERT_TRUE(save(form()));
    give_duty("2026-12-01", "2026-12-07");
    EXPECT_FALSE(opens_at(monday_ + hours{6})) << "it begins tomorrow";
    EXPECT_EQ(opens().size(), 2U) << "Tuesday the 1st and Monday the 7th, the last day included";
    session.execute("UPDATE staff SET until_date = '2026-12-06' WHERE person_id = 8");
    EXPECT_EQ(opens().size(), 1U) << "nobody's duty outlasts their time with the staff";
    session.execute("UPDATE staff SET until_date = '' WHERE person_id = 8");
    session.execute("UPDATE badges SET state = 'lost' WHERE id = 1");
    EXPECT_TRUE(opens().empty());
    session.execute("UPDATE badges SET state = 'issued' WHERE id = 1");
    EXPECT_EQ(opens().size(), 2U);
}

TEST_P(Profiles, KeepClearOfHolidaysAndOfDaysThatNobodyKnows) {
    give_duty();
    auto every_day = form();
    every_day.hours = {{"friday", "07:00", "20:00"}};
    const auto profile = save(every_day).value();
    const auto fridays = opens().size();
    EXPECT_EQ(fridays, 6U);
    every_day.skip_public_holidays = true;
    ASSERT_TRUE(save(every_day, kSacha, profile.id));
    EXPECT_EQ(opens().size(), fridays - 2) << "25 December and 1 January";
    every_day.skip_school_holidays = true;
    ASSERT_TRUE(save(every_day, kSacha, profile.id));
    EXPECT_TRUE(opens().empty()) << "no school calendar was imported";
    session.execute(
        "UPDATE towns SET school_zone = 'c' WHERE id = 1;"
        "INSERT INTO school_calendars (town_id, zone, known_from, known_until, imported_at)"
        " VALUES (1, 'c', '2026-09-01', '2027-07-01', 1);"
        "INSERT INTO school_holidays (town_id, zone, position, name, first_date, last_date)"
        " VALUES (1, 'c', 0, 'Noël', '2026-12-19', '2027-01-03')");
    make_hours(session, kTown, now_);
    EXPECT_EQ(opens().size(), 4U) << "4, 11 and 18 December, 8 January";
}

TEST_P(Profiles, AreMadeAnewEachNightAndWhenACalendarChanges) {
    give_duty();
    ASSERT_TRUE(save(form()));
    const auto before = opens();
    store::Readers readers(database.database(), 1);
    store::Writer writer(database.database(), {.limits = {}, .town_id = 1, .report = {}});
    const auto serial = [this] {
        return number("SELECT serial FROM policy_serials WHERE town_id = 1");
    };
    make_due_hours(readers, writer, kTown, now_);
    const auto made = serial();
    make_due_hours(readers, writer, kTown, now_ + std::chrono::hours{20});
    EXPECT_EQ(serial(), made) << "the same day";
    EXPECT_EQ(opens(), before);
    make_due_hours(readers, writer, kTown, now_ + std::chrono::hours{24});
    EXPECT_GT(serial(), made) << "agents are given the next night";
    EXPECT_EQ(text("SELECT MIN(local_date) FROM hours_ahead"), "2026-12-01");
    EXPECT_EQ(text("SELECT hours_made_on FROM towns WHERE id = 1"), "2026-12-01");
    session.execute(
        "INSERT INTO school_calendars (town_id, zone, known_from, known_until, imported_at)"
        " VALUES (1, 'c', '2026-09-01', '2027-07-01', 1)");
    EXPECT_EQ(text("SELECT hours_made_on FROM towns WHERE id = 1"), "");
    make_due_hours(readers, writer, kTown, now_ + std::chrono::hours{25});
    EXPECT_EQ(text("SELECT hours_made_on FROM towns WHERE id = 1"), "2026-12-01");
}

TEST_P(Profiles, ReachTheAgentsThatWaitForAPolicy) {
    const auto serial = [this] {
        return number("SELECT serial FROM policy_serials WHERE town_id = 1");
    };
    auto last = serial();
    const auto grew = [&] {
        const auto now = serial();
        return now > std::exchange(last, now);
    };
    const auto profile = save(form()).value();
    EXPECT_TRUE(grew());
    ASSERT_TRUE(save(form("Autre"), kSacha, profile.id));
    EXPECT_TRUE(grew());
    give_duty();
    EXPECT_TRUE(grew());
    session.execute("UPDATE duties SET until_date = '2026-12-01'");
    EXPECT_TRUE(grew());
    session.execute("DELETE FROM duties");
    EXPECT_TRUE(grew());
    session.execute("UPDATE staff SET until_date = '2026-12-01'");
    EXPECT_TRUE(grew());
    ASSERT_TRUE(remove_profile(session, {by(kSacha), profile.id}));
    EXPECT_TRUE(grew());
    EXPECT_FALSE(grew());
}

TEST_P(Profiles, AreRefusedWithEveryFaultAtOnce) {
    ProfileForm bad;
    bad.name = "\u00a0";
    bad.duties = {" "};
    bad.zones = {1, 9};
    bad.hours = {{"lundi", "7:00", "25:00"}, {"monday", "20:00", "07:00"}};
    EXPECT_EQ(codes(save(bad)),
              (Codes{"hours/0/weekday not_a_weekday", "hours/0/start_time not_a_time",
                     "hours/0/end_time not_a_time", "hours/1/end_time end_before_start",
                     "name name_missing", "duties duty_missing", "zone_ids unknown_zone"}));
    bad = form();
    bad.zones.clear();
    bad.hours.clear();
    EXPECT_EQ(codes(save(bad)), (Codes{"hours hours_missing", "zone_ids zones_missing"}));
    const auto one = save(form()).value();
    EXPECT_EQ(codes(save(form())), Codes{"name name_taken"});
    EXPECT_TRUE(save(form(), kSacha, one.id)) << "its own name";
}

TEST_P(Profiles, AreTheAccessAdministratorsAndReadByWhoGivesDuties) {
    const auto one = save(form()).value();
    for (const auto actor : {kOffice, kHr, kNoa, kAmelie, access::kDana, PersonId{99}}) {
        EXPECT_EQ(save(form("Autre"), actor).error().refusal, OrganisationRefusal::not_allowed);
        EXPECT_EQ(remove_profile(session, {by(actor), one.id}).error().refusal,
                  OrganisationRefusal::not_allowed);
    }
    for (const auto reader : {kSacha, kHr, kOffice, kNoa}) {
        EXPECT_EQ(list_profiles(session, kTown, person(reader), {}).value().size(), 1U);
        EXPECT_EQ(list_zones(session, kTown, person(reader), {}).value().size(), 2U);
    }
    for (const auto reader : {kAmelie, access::kDana, access::kThere}) {
        EXPECT_EQ(find_profile(session, kTown, person(reader), one.id).error().refusal,
                  OrganisationRefusal::not_allowed);
        EXPECT_FALSE(list_zones(session, kTown, person(reader), {}));
    }
    EXPECT_EQ(save(form("Autre"), kSacha, ProfileId{99}).error().refusal,
              OrganisationRefusal::unknown);
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE action LIKE 'access_profile%'"), 1);
    EXPECT_TRUE(remove_profile(session, {by(kSacha), one.id}));
}

}  // namespace
}  // namespace creneau::profiles
