#include "tests/api/estate/import_fixture.hpp"
#include "tests/api/estate/town_text.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::estate {
namespace {

using nlohmann::json;

class TownImport : public TownImportTest {
  protected:
    /// A booking of the small town's room that occupies its space.
    void book(const std::string& status, std::int64_t start_at) {
        const std::string end = std::to_string(start_at + 3600);
        const std::string start = std::to_string(start_at);
        execute(
            "INSERT INTO bookings (town_id, room_id, booker_id, requested_by_id, status, "
            "local_start, local_end, start_at, end_at, attendees, purpose, requested_at) "
            "SELECT r.town_id, r.id, p.id, p.id, '" +
            status + "', '', '', " + start + ", " + end +
            ", 1, 'x', 0 FROM rooms r, people p WHERE r.key = 'room' AND p.key = 'ann'");
        execute(
            "INSERT INTO occupancies (space_id, start_at, end_at, town_id, source_kind, "
            "source_id) SELECT s.id, b.start_at, b.end_at, b.town_id, 'booking', b.id "
            "FROM bookings b, spaces s WHERE s.key = 'floor'");
        execute(
            "INSERT INTO access_windows (town_id, source_kind, source_id, zone_id, holder_kind, "
            "holder_id, start_at, end_at) SELECT b.town_id, 'booking', b.id, z.id, 'person', "
            "b.booker_id, b.start_at, b.end_at FROM bookings b, zones z");
    }
};
CRENEAU_ON_BOTH_ENGINES(TownImport);

TEST_P(TownImport, LoadsTheExampleTown) {
    const auto report = import(example());
    ASSERT_TRUE(report.has_value()) << report.error().front().place;
    EXPECT_EQ(report->town_key, "le-pre");
    EXPECT_EQ(number("SELECT count(*) FROM sites"), 5);
    EXPECT_EQ(number("SELECT count(*) FROM rooms"), 11);
    EXPECT_EQ(number("SELECT count(*) FROM room_spaces"), 12);
    EXPECT_EQ(number("SELECT count(*) FROM association_managers"), 4);
    EXPECT_EQ(number("SELECT count(*) FROM person_roles WHERE role = 'office'"), 1);
    EXPECT_EQ(text("SELECT help_contact FROM sites WHERE key = 'lcr-danton'"),
              "Gardien du LCR Danton, 01 99 00 10 21");
    EXPECT_EQ(number("SELECT count(*) FROM room_ways_in WHERE way = 'qr' AND until_date IS NULL"),
              1);
    EXPECT_EQ(number("SELECT count(*) FROM doors WHERE agent_id IS NULL AND locked = 0"), 1);
    EXPECT_EQ(text("SELECT action FROM audit ORDER BY id LIMIT 1"), "town_imported");
    EXPECT_EQ(number("SELECT count(*) FROM audit WHERE log = 'security' AND action ="
                     " 'role_granted' AND ground = 'office'"),
              1);
    EXPECT_EQ(number("SELECT count(*) FROM audit WHERE action = 'manager_granted'"), 4);
}

TEST_P(TownImport, ChangesNothingTheSecondTime) {
    ASSERT_TRUE(import(example())->counts.front().added == 1);
    const auto again = import(example());
    ASSERT_TRUE(again.has_value());
    EXPECT_TRUE(again->nothing_changed()) << describe(*again);
    EXPECT_NE(describe(*again).find("nothing changed"), std::string::npos);
    EXPECT_EQ(number("SELECT count(*) FROM audit WHERE action = 'town_imported'"), 1);
}

TEST_P(TownImport, NotesEachRightThatItGivesOrTakes) {
    json town = small_town();
    town["people"][0]["roles"] = {"office"};
    ASSERT_TRUE(import(town).has_value());
    const auto given = number("SELECT count(*) FROM audit WHERE action = 'role_granted'");
    EXPECT_EQ(number("SELECT count(*) FROM person_roles"), given);
    town["people"][0]["roles"] = {"administrator"};
    town["people"][0]["enabled"] = false;
    ASSERT_TRUE(import(town).has_value());
    EXPECT_EQ(number("SELECT count(*) FROM audit WHERE action = 'role_withdrawn'"
                     " AND ground = 'office' AND actor_id IS NULL AND log = 'security'"),
              1);
    EXPECT_EQ(number("SELECT count(*) FROM audit WHERE action = 'role_granted'"), given + 1);
    EXPECT_EQ(number("SELECT count(*) FROM audit WHERE action = 'account_disabled'"), 1);
}

TEST_P(TownImport, KeepsHowLongItsAuditIsKept) {
    json town = small_town();
    ASSERT_TRUE(import(town).has_value());
    EXPECT_EQ(number("SELECT audit_months FROM towns"), 60);
    town["town"]["audit"] = {{"months", 36}, {"decision", "n° 42"}};
    ASSERT_TRUE(import(town).has_value());
    EXPECT_EQ(number("SELECT audit_months FROM towns"), 36);
    EXPECT_EQ(text("SELECT audit_decision FROM towns"), "n° 42");
    EXPECT_TRUE(import(town)->nothing_changed());
    town["town"]["audit"]["months"] = 11;
    EXPECT_EQ(import(town).error()[0].place, "/town/audit/months");
}

TEST_P(TownImport, TakesChangedValuesAndWholeLists) {
    ASSERT_TRUE(import(small_town()).has_value());
    json town = small_town();
    town["rooms"][0]["capacity"] = 12;
    town["rooms"][0]["ways_in"] = {{{"way", "key"}, {"from", "2026-09-01"}, {"note_fr", "Clé"}}};
    town["doors"][0]["readers"] = {{{"key", "card"}, {"kind", "badge"}}};
    town["people"][0]["roles"] = {"office", "administrator"};
    const auto report = import(town);
    ASSERT_TRUE(report.has_value());
    EXPECT_EQ(number("SELECT capacity FROM rooms"), 12);
    EXPECT_EQ(text("SELECT note_fr FROM room_ways_in"), "Clé");
    EXPECT_EQ(text("SELECT key FROM door_readers"), "card");
    EXPECT_EQ(number("SELECT count(*) FROM person_roles"), 2);
    for (const auto& count : report->counts) {
        const bool expected =
            count.kind == "rooms" || count.kind == "doors" || count.kind == "people";
        EXPECT_EQ(count.changed, expected ? 1U : 0U) << count.kind;
    }
}

TEST_P(TownImport, GivesAndTakesTheRolesOfTheFileAndLeavesThoseThatSomebodyGave) {
    json town = small_town();
    town["people"][0]["roles"] = {"office", "booker"};
    ASSERT_TRUE(import(town).has_value());
    execute(
        "INSERT INTO person_roles (town_id, person_id, role, given_by_id)"
        " SELECT town_id, id, 'stage_manager', id FROM people WHERE key = (SELECT MIN(key) FROM"
        " people)");
    const auto again = import(town);
    ASSERT_TRUE(again.has_value());
    EXPECT_TRUE(again->nothing_changed()) << describe(*again);
    town["people"][0]["roles"] = {"office"};
    ASSERT_TRUE(import(town).has_value());
    EXPECT_EQ(number("SELECT count(*) FROM person_roles WHERE role = 'booker'"), 0);
    EXPECT_EQ(number("SELECT count(*) FROM person_roles WHERE role = 'stage_manager'"), 1);
}

TEST_P(TownImport, KeepsHowLongAnOfferStands) {
    ASSERT_TRUE(import(small_town()).has_value());
    EXPECT_EQ(number("SELECT offer_stands_min FROM towns"), 1440) << "a day unless said otherwise";
    json town = small_town();
    town["town"]["offer_stands_min"] = 120;
    ASSERT_TRUE(import(town).has_value());
    EXPECT_EQ(number("SELECT offer_stands_min FROM towns"), 120);
    town["town"]["offer_stands_min"] = 0;
    EXPECT_FALSE(import(town).has_value());
}

TEST_P(TownImport, KeepsHowLongAheadCodesAndRemindersLeave) {
    ASSERT_TRUE(import(small_town()).has_value());
    EXPECT_EQ(number("SELECT pass_ahead_min FROM towns"), 4320) << "three days unless said";
    EXPECT_EQ(number("SELECT reminder_ahead_min FROM towns"), 1440) << "a day unless said";
    EXPECT_EQ(number("SELECT letter_ahead_min FROM towns"), 7200) << "five days unless said";
    json town = small_town();
    town["town"]["pass_ahead_min"] = 2880;
    town["town"]["reminder_ahead_min"] = 0;
    town["town"]["letter_ahead_min"] = 4320;
    ASSERT_TRUE(import(town).has_value());
    EXPECT_EQ(number("SELECT pass_ahead_min FROM towns"), 2880);
    EXPECT_EQ(number("SELECT reminder_ahead_min FROM towns"), 0) << "none are sent";
    EXPECT_EQ(number("SELECT letter_ahead_min FROM towns"), 4320);
    EXPECT_TRUE(import(town)->nothing_changed());
    town["town"]["pass_ahead_min"] = 1439;
    town["town"]["reminder_ahead_min"] = 43'201;
    EXPECT_EQ(import(town).error().size(), 2U);
    EXPECT_EQ(number("SELECT pass_ahead_min FROM towns"), 2880) << "nothing is half-written";
}

TEST_P(TownImport, TakesPeopleWithoutAnEmailAddressWhoGetLetters) {
    json town = small_town();
    town["people"][0].erase("email");
    town["people"][0]["postal_address"] = {"3 rue Danton", "93310 LE PRÉ"};
    town["people"].push_back(town["people"][0]);
    town["people"][1]["key"] = "second";
    ASSERT_TRUE(import(town).has_value());
    EXPECT_EQ(number("SELECT count(*) FROM people WHERE has_email = 0 AND email = key"), 2);
    EXPECT_EQ(text("SELECT postal_address FROM people WHERE key = 'second'"),
              "3 rue Danton\n93310 LE PRÉ");
    EXPECT_TRUE(import(town)->nothing_changed());
    town["people"][1].erase("postal_address");
    EXPECT_EQ(import(town).error()[0].place, "/people/1/postal_address");
    town["people"][1]["postal_address"] = json::array({"1", "2", "3", "4", "5", "6"});
    EXPECT_EQ(import(town).error()[0].place, "/people/1/postal_address") << "six lines";
    town["people"][1]["postal_address"] = json::array({std::string(39, 'x')});
    EXPECT_EQ(import(town).error()[0].place, "/people/1/postal_address/0") << "39 characters";
}

TEST_P(TownImport, KeepsWhichHolidaysAreTheTowns) {
    const auto first = import(small_town());
    ASSERT_TRUE(first.has_value());
    EXPECT_FALSE(first->new_school_zone || first->new_holiday_law) << "nobody knew others";
    EXPECT_EQ(text("SELECT school_zone FROM towns"), "");
    EXPECT_EQ(text("SELECT holiday_law FROM towns"), "france");
    json town = small_town();
    town["town"]["school_zone"] = "b";
    town["town"]["holiday_law"] = "alsace_moselle";
    ASSERT_TRUE(import(town).has_value());
    EXPECT_EQ(text("SELECT school_zone FROM towns"), "b");
    EXPECT_EQ(text("SELECT holiday_law FROM towns"), "alsace_moselle");
    EXPECT_TRUE(import(town)->nothing_changed());
    EXPECT_FALSE(import(town)->new_school_zone || import(town)->new_holiday_law);
    town["town"]["school_zone"] = "c";
    auto report = import(town).value();
    EXPECT_TRUE(report.new_school_zone);
    EXPECT_FALSE(report.new_holiday_law);
    town["town"]["holiday_law"] = "france";
    report = import(town).value();
    EXPECT_FALSE(report.new_school_zone);
    EXPECT_TRUE(report.new_holiday_law);
    town["town"]["school_zone"] = "d";
    town["town"]["holiday_law"] = "bretagne";
    EXPECT_EQ(import(town).error().size(), 2U);
}

TEST_P(TownImport, KeepsWhatSilenceMeansAndHowToContestARefusal) {
    json town = small_town();
    town["town"]["silence"] = {{"means", "accepted"}, {"days", 30}, {"decision", "n° 41"}};
    town["town"]["appeal"] = {{"fr", "Écrivez au maire."}};
    town["town"]["service_address"] = "1 place";
    ASSERT_TRUE(import(town).has_value());
    EXPECT_EQ(text("SELECT silence_means FROM towns"), "accepted");
    EXPECT_EQ(number("SELECT silence_days - silence_months FROM towns"), 30);
    EXPECT_EQ(text("SELECT silence_decision FROM towns"), "n° 41");
    EXPECT_EQ(text("SELECT appeal_fr FROM towns"), "Écrivez au maire.");
    EXPECT_EQ(text("SELECT service_address FROM towns"), "1 place");
    EXPECT_TRUE(import(town)->nothing_changed());
    ASSERT_TRUE(import(small_town()).has_value());
    EXPECT_EQ(text("SELECT silence_means FROM towns"), "unsaid") << "not said any more";
    EXPECT_EQ(text("SELECT appeal_fr FROM towns"), "");
}

TEST_P(TownImport, KeepsTheRulesOfRoomsGroupsAndQuotas) {
    ASSERT_TRUE(import(small_town()).has_value());
    EXPECT_EQ(
        number("SELECT count(*) FROM opening_hours WHERE from_min = 480 AND until_min = 1560"), 2);
    EXPECT_EQ(number("SELECT until_min FROM opening_exceptions"), 0);
    EXPECT_EQ(number("SELECT create_most_min FROM room_rules"), 43'200);
    EXPECT_EQ(text("SELECT key FROM room_layouts"), "dinner");
    EXPECT_EQ(number("SELECT count(*) FROM room_groups"), 2);
    EXPECT_EQ(text("SELECT kind FROM room_papers"), "insurance");
    EXPECT_EQ(number("SELECT season_month FROM quotas"), 9);
    EXPECT_EQ(number("SELECT count(*) FROM quota_rooms"), 1);
    EXPECT_TRUE(import(small_town())->nothing_changed());
    json town = small_town();
    town["rooms"][0].erase("rules");
    town["associations"][0]["groups"] = {"sport"};
    town["people"][0]["groups"] = {"sport"};
    ASSERT_TRUE(import(town).has_value());
    EXPECT_EQ(number("SELECT count(*) FROM opening_hours"), 0);
    EXPECT_EQ(number("SELECT count(*) FROM room_groups"), 0);
    EXPECT_EQ(number("SELECT count(*) FROM room_papers"), 0);
    EXPECT_EQ(number("SELECT count(*) FROM room_rules"), 0) << "a room without rules";
    EXPECT_EQ(number("SELECT count(*) FROM association_groups"), 1);
    EXPECT_EQ(number("SELECT count(*) FROM person_groups"), 1);
    EXPECT_TRUE(import(town)->nothing_changed());
}

TEST_P(TownImport, ARoomGivesBackOnlyWhereItsRulesSayAfterHowLong) {
    json town = small_town();
    town["rooms"][0]["rules"]["release_after_min"] = 59;
    ASSERT_TRUE(import(town).has_value());
    EXPECT_EQ(number("SELECT release_min FROM room_rules"), 59);
    EXPECT_TRUE(import(town)->nothing_changed());
    ASSERT_TRUE(import(small_town()).has_value());
    EXPECT_EQ(number("SELECT count(*) FROM room_rules WHERE release_min IS NULL"), 1);
}

TEST_P(TownImport, LeavesAloneWhatTheFileDoesNotNameAndSaysSo) {
    ASSERT_TRUE(import(small_town()).has_value());
    json town = small_town();
    town["rooms"] = json::array();
    town["sites"] = json::array();  // still known to what refers to it
    const auto report = import(town);
    ASSERT_TRUE(report.has_value());
    EXPECT_TRUE(report->nothing_changed());
    EXPECT_NE(describe(*report).find("rooms left alone, not in the file: room"), std::string::npos);
    EXPECT_EQ(number("SELECT count(*) FROM rooms"), 1);
}

TEST_P(TownImport, KeepsNothingOfAFileWithOneError) {
    json town = example();
    town["associations"][2]["managers"][0] = "nobody";
    const auto report = import(town);
    ASSERT_FALSE(report.has_value());
    ASSERT_EQ(report.error().size(), 1U);
    EXPECT_EQ(report.error()[0].place, "/associations/2/managers");
    for (const char* const table : {"towns", "sites", "people", "scope_numbers", "audit"}) {
        EXPECT_EQ(number(std::string("SELECT count(*) FROM ") + table), 0) << table;
    }
    EXPECT_TRUE(import(example()).has_value());
}

TEST_P(TownImport, NumbersDoorsAndZonesAndNeverAnew) {
    ASSERT_TRUE(import(small_town()).has_value());
    EXPECT_EQ(number("SELECT scope FROM doors"), 1);
    EXPECT_EQ(number("SELECT scope FROM zones"), 32768);
    // The door goes away by other means; its number stays taken, and comes back with its key.
    execute("DELETE FROM zone_doors; DELETE FROM door_readers; DELETE FROM doors");
    json town = small_town();
    town["doors"].insert(town["doors"].begin(), town["doors"][0]);
    town["doors"][0]["key"] = "annexe";
    ASSERT_TRUE(import(town).has_value());
    EXPECT_EQ(number("SELECT scope FROM doors WHERE key = 'entry'"), 1);
    EXPECT_EQ(number("SELECT scope FROM doors WHERE key = 'annexe'"), 2);
}

TEST_P(TownImport, RefusesADoorBeyondTheLastNumber) {
    ASSERT_TRUE(import(small_town()).has_value());
    execute(
        "INSERT INTO scope_numbers (town_id, number, kind, key) "
        "SELECT id, 32767, 'door', 'the-last' FROM towns");
    json town = small_town();
    town["doors"].push_back(town["doors"][0]);
    town["doors"][1]["key"] = "one-too-many";
    const auto report = import(town);
    ASSERT_FALSE(report.has_value());
    EXPECT_EQ(report.error()[0].code, "no_number_left");
    EXPECT_EQ(report.error()[0].place, "/doors/1");
}

TEST_P(TownImport, LetsTwoPeopleSwapTheirAddresses) {
    json town = small_town();
    town["people"].push_back(town["people"][0]);
    town["people"][1]["key"] = "bob";
    town["people"][1]["email"] = "bob@example.org";
    ASSERT_TRUE(import(town).has_value());
    std::swap(town["people"][0]["email"], town["people"][1]["email"]);
    ASSERT_TRUE(import(town).has_value());
    EXPECT_EQ(text("SELECT email FROM people WHERE key = 'ann'"), "bob@example.org");
    EXPECT_EQ(text("SELECT email FROM people WHERE key = 'bob'"), "ann@example.org");
}

TEST_P(TownImport, ChecksTheFileAgainstWhatTheDatabaseHas) {
    ASSERT_TRUE(import(small_town()).has_value());
    json town = small_town();
    town.erase("rooms");
    town["doors"][0]["readers"][0]["kind"] = "badge";  // the room opens by qr
    const auto report = import(town);
    ASSERT_FALSE(report.has_value());
    EXPECT_EQ(report.error()[0].place, "(database)/rooms/room/ways_in/0");
    EXPECT_EQ(report.error()[0].code, "no_reader");
}

TEST_P(TownImport, DoesNotChangeWhatBookingsRestUpon) {
    ASSERT_TRUE(import(small_town()).has_value());
    book("pending", kNow.time_since_epoch().count() + 86'400);
    json town = small_town();
    town["spaces"].push_back({{"key", "stage"}, {"site", "hall"}, {"name", "Stage"}});
    town["zones"].push_back({{"key", "back"}, {"name", "Back"}, {"doors", {"entry"}}});
    town["rooms"][0]["spaces"] = {"floor", "stage"};
    town["rooms"][0]["pending_blocks"] = false;
    town["rooms"][0]["access_zone"] = "back";
    town["sites"][0]["time_zone"] = "Europe/London";
    const auto report = import(town);
    ASSERT_FALSE(report.has_value());
    std::vector<std::string> places;
    for (const auto& error : report.error()) {
        EXPECT_EQ(error.code, "in_use");
        places.push_back(error.place);
    }
    EXPECT_EQ(places, (std::vector<std::string>{"/rooms/0/spaces", "/rooms/0/pending_blocks",
                                                "/rooms/0/access_zone", "/sites/0/time_zone"}));
    town = small_town();
    town["rooms"][0]["name"] = "Another name";
    EXPECT_TRUE(import(town).has_value());
}

TEST_P(TownImport, KeepsEquipmentWithItsSite) {
    ASSERT_TRUE(import(small_town()).has_value());
    EXPECT_EQ(number("SELECT stock FROM equipment WHERE key = 'chairs' AND site_id IS NULL"), 20);
    EXPECT_EQ(number("SELECT count(*) FROM equipment e JOIN sites s ON s.id = e.site_id"), 1);
    EXPECT_TRUE(import(small_town())->nothing_changed());
    json town = small_town();
    town["equipment"][1].erase("site");
    town["equipment"][1]["stock"] = 2;
    ASSERT_TRUE(import(town).has_value());
    EXPECT_EQ(number("SELECT count(*) FROM equipment WHERE site_id IS NULL"), 2);
    EXPECT_TRUE(import(town)->nothing_changed());
}

TEST_P(TownImport, LetsAPastBookingsZoneChange) {
    ASSERT_TRUE(import(small_town()).has_value());
    book("approved", kNow.time_since_epoch().count() - 86'400);
    json town = small_town();
    town["zones"].push_back({{"key", "back"}, {"name", "Back"}, {"doors", {"entry"}}});
    town["rooms"][0]["access_zone"] = "back";
    EXPECT_TRUE(import(town).has_value());
}

TEST_P(TownImport, KeepsTwoTownsApart) {
    ASSERT_TRUE(import(small_town()).has_value());
    ASSERT_TRUE(import(example()).has_value());
    EXPECT_EQ(number("SELECT count(*) FROM towns"), 2);
    const auto again = import(small_town());
    EXPECT_TRUE(again->nothing_changed());
    for (const auto& count : again->counts) {
        EXPECT_TRUE(count.left_alone.empty()) << count.kind;
    }
}

}  // namespace
}  // namespace creneau::estate
