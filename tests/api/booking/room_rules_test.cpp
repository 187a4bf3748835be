#include "api/booking/room_rules.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/local_time.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <ostream>
#include <string>
#include <vector>

namespace creneau::booking {
namespace {

using namespace std::chrono_literals;
using std::chrono::local_days;
using std::chrono::minutes;
using std::chrono::year;

/// "rule field" of each failure, joined by commas; every one has its words.
std::string told(const std::vector<Failure>& failures) {
    std::string text;
    for (const Failure& failure : failures) {
        text +=
            (text.empty() ? "" : ",") + std::string(word_of(failure.rule)) + " " + failure.field;
        EXPECT_FALSE(failure.detail.fr.empty());
        EXPECT_FALSE(failure.detail.en.empty());
    }
    return text;
}

LocalSlot wall(const std::string& start, const std::string& end) {
    const auto slot = resolve_slot(start, end, "Europe/Paris").value();
    return {local_minutes_of(slot.at.start, "Europe/Paris"),
            local_minutes_of(slot.at.end, "Europe/Paris")};
}

LocalMinutes in_paris(LocalMinutes written) {
    return shown_time(written, "Europe/Paris");
}

/// Saturday 9-12 and 14-02, Sunday 8-12, every other day 8-22; Christmas closed, 31 December 20-04.
OpeningHours hours() {
    OpeningHours opening;
    opening.week.fill({{8h, 22h}});
    opening.week[5] = {{9h, 12h}, {14h, 26h}};
    opening.week[6] = {{8h, 12h}};
    opening.exceptions[local_days(year(2026) / 12 / 25)] = {};
    opening.exceptions[local_days(year(2026) / 12 / 31)] = {{20h, 28h}};
    return opening;
}

struct OpeningRow {
    const char* name;
    const char* start;
    const char* end;
    const char* told;
};
std::ostream& operator<<(std::ostream& out, const OpeningRow& row) {
    return out << row.name;
}
class OpeningRules : public testing::TestWithParam<OpeningRow> {};

const OpeningRow kOpenings[] = {
    {"WithinTheDay", "2026-12-01T08:00", "2026-12-01T22:00", ""},
    {"TooEarly", "2026-12-01T07:59", "2026-12-01T10:00", "outside_opening_hours start"},
    {"TooLate", "2026-12-01T21:00", "2026-12-01T22:01", "outside_opening_hours end"},
    {"AfterClosing", "2026-12-01T22:00", "2026-12-01T23:00", "outside_opening_hours start"},
    {"OverTheNight", "2026-12-01T21:00", "2026-12-02T09:00", "outside_opening_hours end"},
    {"FirstOfTwo", "2026-12-05T09:00", "2026-12-05T12:00", ""},
    {"OverTheBreak", "2026-12-05T11:00", "2026-12-05T15:00", "outside_opening_hours end"},
    {"InTheBreak", "2026-12-05T12:30", "2026-12-05T13:30", "outside_opening_hours start"},
    {"PastMidnight", "2026-12-05T22:00", "2026-12-06T02:00", ""},
    {"AfterMidnightOnly", "2026-12-06T00:30", "2026-12-06T02:00", ""},
    {"PastTheNightsEnd", "2026-12-06T00:30", "2026-12-06T02:30", "outside_opening_hours end"},
    {"ClosedByException", "2026-12-25T10:00", "2026-12-25T11:00", "outside_opening_hours start"},
    {"OtherHoursByException", "2026-12-31T20:00", "2027-01-01T04:00", ""},
    {"UsualHoursThatDay", "2026-12-31T10:00", "2026-12-31T12:00", "outside_opening_hours start"},
    // 02:30 does not exist on 28 March 2027: the end is 03:30, half an hour after closing.
    {"GapMovesTheEndOut", "2027-03-28T00:30", "2027-03-28T02:30", "outside_opening_hours end"},
    {"GapLeavesTheClosingTime", "2027-03-28T00:30", "2027-03-28T02:00", ""},
    {"BeforeTheGap", "2027-03-28T00:30", "2027-03-28T01:59", ""},
    // 25 October 2026 has 02:00 to 03:00 twice; the first of them ends the night.
    {"FoldKeepsTheClock", "2026-10-24T22:00", "2026-10-25T02:00", ""},
};
INSTANTIATE_TEST_SUITE_P(Rows, OpeningRules, testing::ValuesIn(kOpenings),
                         [](const auto& row) { return std::string(row.param.name); });

TEST_P(OpeningRules, SayWhenTheRoomIsOpen) {
    const auto& row = GetParam();
    EXPECT_EQ(told(check_opening(hours(), wall(row.start, row.end), in_paris)), row.told);
}

TEST(OpeningRules, NameTheHoursThatWouldPass) {
    const auto detail = [](const char* start, const char* end) {
        return check_opening(hours(), wall(start, end), in_paris).at(0).detail;
    };
    EXPECT_EQ(detail("2026-12-05T11:00", "2026-12-05T15:00").en,
              "The room is open on 2026-12-05 from 09:00 to 12:00, from 14:00 to 02:00.");
    EXPECT_EQ(detail("2026-12-06T00:30", "2026-12-06T02:30").fr,
              "La salle est ouverte le 2026-12-05 de 09:00 à 12:00, de 14:00 à 02:00.");
    EXPECT_EQ(detail("2026-12-25T10:00", "2026-12-25T11:00").en,
              "The room is closed on 2026-12-25: choose another day.");
}

TEST(OpeningRules, AreOffWithoutHours) {
    EXPECT_EQ(told(check_opening({}, wall("2026-12-01T03:00", "2026-12-04T04:00"), in_paris)), "");
    OpeningHours holidays;
    holidays.exceptions[local_days(year(2026) / 12 / 2)] = {};
    EXPECT_EQ(told(check_opening(holidays, wall("2026-12-01T03:00", "2026-12-02T00:00"), in_paris)),
              "");
    EXPECT_EQ(told(check_opening(holidays, wall("2026-12-01T03:00", "2026-12-02T00:01"), in_paris)),
              "outside_opening_hours end");
}

TEST(OpeningRules, JoinHoursThatTouch) {
    OpeningHours always;
    always.week.fill({{0h, 24h}});
    EXPECT_EQ(told(check_opening(always, wall("2026-12-01T20:00", "2026-12-04T04:00"), in_paris)),
              "");
}

TEST(NoticeRule, HasALeastAndAMost) {
    const NoticeRule rule{48h, std::chrono::days(30)};
    EXPECT_EQ(told(check_notice(rule, 48h)), "");
    EXPECT_EQ(told(check_notice(rule, 48h - 1s)), "notice_too_short start");
    EXPECT_EQ(told(check_notice(rule, 720h)), "");
    EXPECT_EQ(told(check_notice(rule, 720h + 1s)), "notice_too_long start");
    EXPECT_EQ(told(check_notice({}, -1s)), "") << "off, also for what has begun";
    EXPECT_EQ(told(check_notice({}, 87'600h)), "");
    EXPECT_EQ(check_notice(rule, 1s).front().detail.en,
              "This takes notice of at least 2 days before the start.");
    EXPECT_EQ(check_notice({5h, {}}, 1s).front().detail.fr,
              "Il faut s'y prendre au moins 5 heures avant le début.");
}

TEST(RoomRules, BoundTheTrueLength) {
    RoomRules rules;
    EXPECT_EQ(told(check_length(rules, 1s)), "");
    rules.shortest = 60min;
    rules.longest = 4h;
    EXPECT_EQ(told(check_length(rules, 60min)), "");
    EXPECT_EQ(told(check_length(rules, 59min)), "too_short end");
    EXPECT_EQ(told(check_length(rules, 4h)), "");
    EXPECT_EQ(told(check_length(rules, 4h + 1min)), "too_long end");
    // 22:00 to 03:00 lasts six hours when the clock goes back.
    const auto autumn =
        resolve_slot("2026-10-24T22:00", "2026-10-25T03:00", "Europe/Paris").value().at;
    rules.longest = 5h;
    EXPECT_EQ(told(check_length(rules, autumn.end - autumn.start)), "too_long end");
}

TEST(RoomRules, KeepStartAndEndOnTheGrid) {
    EXPECT_EQ(told(check_grid(0min, wall("2026-12-01T18:07", "2026-12-01T19:01"))), "");
    EXPECT_EQ(told(check_grid(15min, wall("2026-12-01T18:15", "2026-12-01T19:45"))), "");
    EXPECT_EQ(told(check_grid(15min, wall("2026-12-01T18:07", "2026-12-01T19:45"))),
              "off_grid start");
    EXPECT_EQ(told(check_grid(15min, wall("2026-12-01T18:07", "2026-12-01T19:01"))),
              "off_grid start,off_grid end");
    EXPECT_EQ(told(check_grid(120min, wall("2026-12-01T18:00", "2026-12-02T00:00"))), "");
    // By the clock on the wall: the lost hour does not count.
    EXPECT_EQ(told(check_grid(120min, wall("2027-03-28T00:00", "2027-03-28T04:00"))), "");
}

TEST(RoomRules, CountPeopleByLayout) {
    const std::vector<Layout> layouts{{"dinner", "Banquet", 40}, {"theatre", "Théâtre", 90}};
    EXPECT_EQ(told(check_capacity(100, layouts, {100, ""})), "");
    EXPECT_EQ(told(check_capacity(100, layouts, {101, ""})), "over_capacity attendees");
    EXPECT_EQ(told(check_capacity(100, layouts, {90, "theatre"})), "");
    EXPECT_EQ(told(check_capacity(100, layouts, {91, "theatre"})), "over_capacity attendees");
    EXPECT_EQ(told(check_capacity(100, layouts, {101, "circle"})),
              "unknown_layout layout,over_capacity attendees");
    EXPECT_EQ(told(check_capacity(100, {}, {1, "circle"})), "unknown_layout layout");
    EXPECT_EQ(check_capacity(100, layouts, {1, "circle"}).front().detail.en,
              "Layouts of this room: dinner, theatre.");
    EXPECT_EQ(check_capacity(100, layouts, {41, "dinner"}).front().detail.en,
              "This room holds at most 40 people as Banquet.");
}

TEST(RoomRules, AdmitSidesAndGroups) {
    const Side association{.is_association = true, .groups = {7}};
    const Side staff{.is_staff = true};
    const Side person{};
    RoomRules rules;
    for (const Side& side : {association, staff, person}) {
        EXPECT_EQ(told(check_side(rules, true, side)), "");
    }
    EXPECT_EQ(told(check_side(rules, false, person)), "individuals_may_not_book association_id");
    EXPECT_EQ(told(check_side(rules, false, staff)), "individuals_may_not_book association_id");
    rules.staff_may_book = true;
    EXPECT_EQ(told(check_side(rules, false, staff)), "");
    EXPECT_EQ(told(check_side(rules, false, person)), "individuals_may_not_book association_id");
    rules.associations_may_book = false;
    EXPECT_EQ(told(check_side(rules, false, association)),
              "association_may_not_book association_id");
    rules.groups = {{7, "Clubs sportifs"}};
    EXPECT_EQ(told(check_side(rules, false, association)), "");
    EXPECT_EQ(check_side(rules, false, {.is_association = true}).front().detail.en,
              "This room is not open to associations; these may book too: Clubs sportifs.");
}

TEST(RoomRules, LetResidentsBookFirst) {
    RoomRules rules;
    const LocalSlot slot = wall("2026-12-31T18:00", "2026-12-31T20:00");
    const local_days early(year(2026) / 11 / 30);
    EXPECT_EQ(told(check_residents(rules, {}, slot, early)), "");
    rules.residents_until = std::chrono::days(30);
    rules.residents = {{3, "Habitants"}};
    EXPECT_EQ(told(check_residents(rules, {}, slot, early)), "residents_first start");
    EXPECT_EQ(told(check_residents(rules, {.groups = {3}}, slot, early)), "");
    EXPECT_EQ(told(check_residents(rules, {.groups = {4}}, slot, early)), "residents_first start");
    EXPECT_EQ(told(check_residents(rules, {}, slot, early + std::chrono::days(1))), "");
    EXPECT_EQ(check_residents(rules, {}, slot, early).front().detail.en,
              "Until 2026-12-01 this slot is kept for: Habitants; it opens to everybody on that "
              "day.");
}

}  // namespace
}  // namespace creneau::booking
