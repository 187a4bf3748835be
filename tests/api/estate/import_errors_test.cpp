#include "api/estate/import_town.hpp"
#include "tests/api/estate/town_text.hpp"
#include "tests/support/test_database.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::estate {
namespace {

using nlohmann::json;

struct Spoilt {
    const char* name;
    const char* patch;  // RFC 6902 on the small town
    const char* place;
    const char* code;
};

std::ostream& operator<<(std::ostream& out, const Spoilt& row) {
    return out << row.name;
}

class ImportRefuses : public testing::TestWithParam<Spoilt> {};

#define REPLACE(path, value) R"([{"op":"add","path":")" path R"(","value":)" value "}]"
#define TIMES_10(text) text text text text text text text text text text
#define TIMES_100(text) TIMES_10(TIMES_10(text))
#define REMOVE(path) R"([{"op":"remove","path":")" path R"("}])"

const Spoilt kSpoilt[] = {

    {"NoTown", REMOVE("/town"), "/town", "missing"},
    {"TownIsNoObject", REPLACE("/town", "[]"), "/town", "wrong_type"},
    {"UnknownList", REPLACE("/room", "[]"), "/room", "unknown"},
    {"UnknownMember", REPLACE("/rooms/0/colour", "1"), "/rooms/0/colour", "unknown"},
    {"ListIsNoList", REPLACE("/sites", "{}"), "/sites", "wrong_type"},
    {"ThingIsNoObject", REPLACE("/sites/0", "1"), "/sites/0", "wrong_type"},
    {"NoCapacity", REMOVE("/rooms/0/capacity"), "/rooms/0/capacity", "missing"},
    {"CapacityZero", REPLACE("/rooms/0/capacity", "0"), "/rooms/0/capacity", "out_of_range"},
    {"CapacityHuge", REPLACE("/rooms/0/capacity", "18446744073709551615"), "/rooms/0/capacity",
     "out_of_range"},
    {"CapacityBroken", REPLACE("/rooms/0/capacity", "1.5"), "/rooms/0/capacity", "wrong_type"},
    {"CapacityText", REPLACE("/rooms/0/capacity", "\"10\""), "/rooms/0/capacity", "wrong_type"},
    {"FlagText", REPLACE("/rooms/0/approval_needed", "\"no\""), "/rooms/0/approval_needed",
     "wrong_type"},
    {"MarginTooLong", REPLACE("/rooms/0/margin_after_min", "241"), "/rooms/0/margin_after_min",
     "out_of_range"},
    {"NameMissing", REMOVE("/rooms/0/name"), "/rooms/0/name", "missing"},
    {"NameBlank", REPLACE("/rooms/0/name", "\"  \""), "/rooms/0/name", "bad_value"},
    {"NameWithNul", REPLACE("/rooms/0/name", R"("a\u0000b")"), "/rooms/0/name", "bad_value"},
    {"NameNumber", REPLACE("/rooms/0/name", "7"), "/rooms/0/name", "wrong_type"},
    {"KeyWithCapital", REPLACE("/rooms/0/key", "\"Room\""), "/rooms/0/key", "bad_value"},
    {"BadTimeZone", REPLACE("/town/time_zone", "\"Europe/Pari\""), "/town/time_zone", "bad_value"},
    {"TimeZoneIsAPath", REPLACE("/sites/0/time_zone", "\"/etc/localtime\""), "/sites/0/time_zone",
     "bad_value"},
    {"SilenceWithoutMeaning", REPLACE("/town/silence", R"({"months":2})"), "/town/silence/means",
     "missing"},
    {"SilenceMeansOtherwise", REPLACE("/town/silence", R"({"means":"maybe","months":2})"),
     "/town/silence/means", "bad_value"},
    {"SilenceWithoutTime", REPLACE("/town/silence", R"({"means":"refused"})"),
     "/town/silence/months", "missing"},
    {"SilenceForTwoTimes", REPLACE("/town/silence", R"({"means":"refused","months":2,"days":3})"),
     "/town/silence/days", "bad_value"},
    {"SilenceForTooLong", REPLACE("/town/silence", R"({"means":"refused","months":13})"),
     "/town/silence/months", "out_of_range"},
    {"SilenceForNoTime", REPLACE("/town/silence", R"({"means":"accepted","days":0})"),
     "/town/silence/days", "out_of_range"},
    {"UnsaidSilenceWithATime", REPLACE("/town/silence", R"({"means":"unsaid","days":9})"),
     "/town/silence/means", "bad_value"},
    {"AppealWithoutFrench", REPLACE("/town/appeal", R"({"en":"Write."})"), "/town/appeal/fr",
     "missing"},
    {"AppealIsNoObject", REPLACE("/town/appeal", "\"Write.\""), "/town/appeal", "wrong_type"},
    {"BadEmail", REPLACE("/people/0/email", "\"ann@example\""), "/people/0/email", "bad_value"},
    {"EmailWithLineFeed", REPLACE("/people/0/email", R"("ann@example.org\nBcc: x")"),
     "/people/0/email", "bad_value"},
    {"BadLocale", REPLACE("/people/0/locale", "\"de\""), "/people/0/locale", "bad_value"},
    {"BadRole", REPLACE("/people/0/roles/-", "\"mayor\""), "/people/0/roles/1", "bad_value"},
    {"NoRole", REPLACE("/people/0/roles", "[]"), "/people/0/roles", "missing"},
    {"RoleTwice", REPLACE("/people/0/roles/-", "\"booker\""), "/people/0/roles/1", "doubled"},
    {"NoHelp", REMOVE("/sites/0/help"), "/sites/0/help", "missing"},
    {"HelpWithoutHours", REMOVE("/sites/0/help/hours"), "/sites/0/help/hours", "missing"},
    {"SiteTwice", R"([{"op":"copy","from":"/sites/0","path":"/sites/-"}])", "/sites/1/key",
     "doubled"},
    {"ReaderTwice", R"([{"op":"copy","from":"/doors/0/readers/0","path":"/doors/0/readers/-"}])",
     "/doors/0/readers/1/key", "doubled"},
    {"BadReaderKind", REPLACE("/doors/0/readers/0/kind", "\"nfc\""), "/doors/0/readers/0/kind",
     "bad_value"},
    {"DoorNameTooLongToBeSigned",
     REPLACE("/doors/0/name", "\"x" TIMES_100("x") TIMES_100("x") "\""), "/doors/0/name",
     "bad_value"},
    {"UnlockTooShort", REPLACE("/doors/0/unlock_ms", "499"), "/doors/0/unlock_ms", "out_of_range"},
    {"LockedDoorSaysNothingOfReaders", REMOVE("/doors/0/readers"), "/doors/0/readers", "missing"},
    {"DoorOfNoSite", REPLACE("/doors/0/site", "\"other\""), "/doors/0/site", "no_such"},
    {"DoorOfNoAgent", REPLACE("/doors/0/agent", "\"other\""), "/doors/0/agent", "no_such"},
    {"ReadersWithoutAgent", REMOVE("/doors/0/agent"), "/doors/0/agent", "no_agent"},
    {"ZoneOfNoDoor", REPLACE("/zones/0/doors", "[\"other\"]"), "/zones/0/doors", "no_such"},
    {"ZoneWithoutDoor", REPLACE("/zones/0/doors", "[]"), "/zones/0/doors", "missing"},
    {"RoomWithoutSpace", REPLACE("/rooms/0/spaces", "[]"), "/rooms/0/spaces", "missing"},
    {"RoomOfNoSpace", REPLACE("/rooms/0/spaces", "[\"other\"]"), "/rooms/0/spaces", "no_such"},
    {"RoomInNoZone", REPLACE("/rooms/0/access_zone", "\"other\""), "/rooms/0/access_zone",
     "no_such"},
    {"QrWithoutZone", REMOVE("/rooms/0/access_zone"), "/rooms/0/access_zone", "missing"},
    {"QrWithoutReader", REPLACE("/doors/0/readers/0/kind", "\"badge\""), "/rooms/0/ways_in/0",
     "no_reader"},
    {"QrOnNoLockedDoor", REPLACE("/doors/0/locked", "false"), "/rooms/0/ways_in/0", "no_reader"},
    {"NoSuchWay", REPLACE("/rooms/0/ways_in/0/way", "\"window\""), "/rooms/0/ways_in/0/way",
     "bad_value"},
    {"NoSuchDate", REPLACE("/rooms/0/ways_in/0/from", "\"2026-02-29\""), "/rooms/0/ways_in/0/from",
     "bad_value"},
    {"WayEndsBeforeItBegins", REPLACE("/rooms/0/ways_in/0/until", "\"2026-01-01\""),
     "/rooms/0/ways_in/0/until", "bad_value"},
    {"WaysShareDays", REPLACE("/rooms/0/ways_in/-", R"({"way":"qr","from":"2027-01-01"})"),
     "/rooms/0/ways_in/1", "doubled"},
    {"RuleUnknown", REPLACE("/rooms/0/rules/colour", R"(1)"), "/rooms/0/rules/colour", "unknown"},
    {"HoursNoDay", REPLACE("/rooms/0/rules/opening_hours/0/days", R"(["moonday"])"),
     "/rooms/0/rules/opening_hours/0/days/0", "bad_value"},
    {"HoursBadClock", REPLACE("/rooms/0/rules/opening_hours/0/until", R"("25:00")"),
     "/rooms/0/rules/opening_hours/0/until", "bad_value"},
    {"HoursBadMinute", REPLACE("/rooms/0/rules/opening_hours/0/from", R"("08:60")"),
     "/rooms/0/rules/opening_hours/0/from", "bad_value"},
    {"HoursFromMidnightOfTheNext", REPLACE("/rooms/0/rules/opening_hours/0/from", R"("24:00")"),
     "/rooms/0/rules/opening_hours/0/from", "bad_value"},
    {"HoursMeet",
     REPLACE("/rooms/0/rules/opening_hours/-",
             R"({"days":["monday"],"from":"23:00","until":"23:30"})"),
     "/rooms/0/rules/opening_hours/1", "doubled"},
    {"ExceptionBadDate", REPLACE("/rooms/0/rules/opening_exceptions/0/date", R"("2026-13-01")"),
     "/rooms/0/rules/opening_exceptions/0/date", "bad_value"},
    {"ExceptionTwice", REPLACE("/rooms/0/rules/opening_exceptions/-", R"({"date":"2026-12-25"})"),
     "/rooms/0/rules/opening_exceptions/1/date", "doubled"},
    {"NoticeMostBelowLeast", REPLACE("/rooms/0/rules/notice/create/least_hours", R"(721)"),
     "/rooms/0/rules/notice/create/most_days", "bad_value"},
    {"LengthMostBelowLeast", REPLACE("/rooms/0/rules/length/most_min", R"(29)"),
     "/rooms/0/rules/length/most_min", "bad_value"},
    {"GridTooLong", REPLACE("/rooms/0/rules/grid_min", R"(1441)"), "/rooms/0/rules/grid_min",
     "out_of_range"},
    {"BufferNegative", REPLACE("/rooms/0/rules/buffers", R"({"setup_min":-1})"),
     "/rooms/0/rules/buffers/setup_min", "out_of_range"},
    {"ReleaseTooSoon", REPLACE("/rooms/0/rules/release_after_min", R"(4)"),
     "/rooms/0/rules/release_after_min", "out_of_range"},
    {"ReleaseTooLate", REPLACE("/rooms/0/rules/release_after_min", R"(241)"),
     "/rooms/0/rules/release_after_min", "out_of_range"},
    {"ReleaseAfterTheLongestSlot", REPLACE("/rooms/0/rules/release_after_min", R"(60)"),
     "/rooms/0/rules/release_after_min", "bad_value"},
    {"LayoutAboveTheRoom", REPLACE("/rooms/0/rules/layouts/0/capacity", R"(11)"),
     "/rooms/0/rules/layouts/0/capacity", "out_of_range"},
    {"LayoutTwice",
     REPLACE("/rooms/0/rules/layouts/-", R"({"key":"dinner","name":"D","capacity":1})"),
     "/rooms/0/rules/layouts/1/key", "doubled"},
    {"BookersOfNoGroup", REPLACE("/rooms/0/rules/who_may_book/groups", R"(["none"])"),
     "/rooms/0/rules/who_may_book/groups", "no_such"},
    {"PaperOfNoKind", REPLACE("/rooms/0/rules/required_papers", R"(["will"])"),
     "/rooms/0/rules/required_papers/0", "bad_value"},
    {"ResidentsOfNoGroup", REPLACE("/rooms/0/rules/residents_first/groups", R"(["none"])"),
     "/rooms/0/rules/residents_first/groups", "no_such"},
    {"ResidentsWithoutGroup", REPLACE("/rooms/0/rules/residents_first/groups", R"([])"),
     "/rooms/0/rules/residents_first/groups", "missing"},
    {"AssociationInNoGroup", REPLACE("/associations/0/groups", R"(["none"])"),
     "/associations/0/groups", "no_such"},
    {"PersonInNoGroup", REPLACE("/people/0/groups", R"(["none"])"), "/people/0/groups", "no_such"},
    {"QuotaOfNoRoom", REPLACE("/quotas/0/rooms", R"(["none"])"), "/quotas/0/rooms", "no_such"},
    {"QuotaWithoutSeason", REPLACE("/quotas/0/period", R"("week")"), "/quotas/0/season_starts",
     "unknown"},
    {"QuotaOnALeapDay", REPLACE("/quotas/0/season_starts", R"("02-29")"), "/quotas/0/season_starts",
     "bad_value"},
    {"QuotaOfNothing", REPLACE("/quotas/0/most", R"(0)"), "/quotas/0/most", "out_of_range"},
    {"QuotaPeriod", REPLACE("/quotas/0/period", R"("year")"), "/quotas/0/period", "bad_value"},
    {"KindWithoutEnglish", REMOVE("/booking_kinds/0/name_en"), "/booking_kinds/0/name_en",
     "missing"},
    {"KindTwice", REPLACE("/booking_kinds/-", R"({"key":"upkeep","name":"E","name_en":"U"})"),
     "/booking_kinds/1/key", "doubled"},
    {"EquipmentWithoutStock", REMOVE("/equipment/0/stock"), "/equipment/0/stock", "missing"},
    {"EquipmentBelowZero", REPLACE("/equipment/0/stock", R"(-1)"), "/equipment/0/stock",
     "out_of_range"},
    {"EquipmentOfNoSite", REPLACE("/equipment/1/site", R"("none")"), "/equipment/1/site",
     "no_such"},
    {"EquipmentTwice", REPLACE("/equipment/-", R"({"key":"piano","name":"P","stock":1})"),
     "/equipment/2/key", "doubled"},
    {"ManagerWhoIsNobody", REPLACE("/associations/0/managers", "[\"bob\"]"),
     "/associations/0/managers", "no_such"},
    {"TwoPeopleWithOneAddress",
     REPLACE("/people/-", R"({"key":"zoe","name":"Z","email":"ANN@example.org","locale":"fr",)"
                          R"("roles":["booker"]})"),
     "/people/1/email", "doubled"}};

INSTANTIATE_TEST_SUITE_P(Rows, ImportRefuses, testing::ValuesIn(kSpoilt),
                         [](const testing::TestParamInfo<Spoilt>& row) {
                             return std::string(row.param.name);
                         });

std::string text_of(const std::vector<ImportError>& errors) {
    std::string text;
    for (const auto& error : errors) {
        text += error.place + " " + error.code + " " + error.detail + "\n";
    }
    return text;
}

TEST_P(ImportRefuses, AndNamesThePlace) {
    const support::TestDatabase database(store::Engine::sqlite);
    auto session = database.open();
    const json town = small_town().patch(json::parse(GetParam().patch));
    const auto result = import_town(session, town.dump(), support::kMigratedAt);
    ASSERT_FALSE(result.has_value());
    const bool named =
        std::any_of(result.error().begin(), result.error().end(), [](const ImportError& error) {
            return error.place == GetParam().place && error.code == GetParam().code &&
                   !error.detail.empty();
        });
    EXPECT_TRUE(named) << text_of(result.error());
    EXPECT_TRUE(import_town(session, small_town().dump(), support::kMigratedAt).has_value());
}

TEST(ImportErrors, AreAllToldAtOnce) {
    const support::TestDatabase database(store::Engine::sqlite);
    auto session = database.open();
    json town = small_town();
    town["town"]["email"] = "nobody";
    town["rooms"][0].erase("capacity");
    town["doors"][0]["unlock_ms"] = "long";
    town["people"][0]["nickname"] = "A";
    const auto result = import_town(session, town.dump(), support::kMigratedAt);
    ASSERT_FALSE(result.has_value());
    EXPECT_EQ(result.error().size(), 4U) << text_of(result.error());
}

struct BadText {
    const char* name;
    std::string text;
    const char* place;
    const char* code;
};

std::ostream& operator<<(std::ostream& out, const BadText& row) {
    return out << row.name;
}

class ImportOfText : public testing::TestWithParam<BadText> {};
const BadText kBadTexts[] = {{"Empty", "", "line 1, column 1", "syntax"},
                             {"Comma", "{\n  \"town\": {},\n}", "line 3, column 1", "syntax"},
                             {"Quote", "{\n \"é\" 1}", "line 2, column 6", "syntax"},
                             {"Cut", "{\"town\": {", "line 1, column 11", "syntax"},
                             {"NotUtf8", "{\"a\": \"\xff\"}", "line 1, column 8", "syntax"},
                             {"TwoDocuments", "{} {}", "line 1, column 4", "syntax"},
                             {"Deep", std::string(100'000, '['), "line 1, column 17", "too_deep"},
                             {"Large", std::string(5'000'000, ' '), "", "too_large"},
                             {"List", "[]", "", "wrong_type"},
                             {"Doubled", R"({"town": 1, "town": 2})", "/town", "doubled"}};

INSTANTIATE_TEST_SUITE_P(Rows, ImportOfText, testing::ValuesIn(kBadTexts),
                         [](const testing::TestParamInfo<BadText>& row) {
                             return std::string(row.param.name);
                         });

TEST_P(ImportOfText, IsRefusedWithItsPlace) {
    const support::TestDatabase database(store::Engine::sqlite);
    auto session = database.open();
    const auto result = import_town(session, GetParam().text, support::kMigratedAt);
    ASSERT_FALSE(result.has_value());
    EXPECT_EQ(result.error().front().place, GetParam().place) << text_of(result.error());
    EXPECT_EQ(result.error().front().code, GetParam().code);
}

}  // namespace
}  // namespace creneau::estate
