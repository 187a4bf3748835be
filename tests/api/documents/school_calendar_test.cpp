#include "api/documents/school_calendar.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <initializer_list>
#include <ostream>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace creneau::documents {
namespace {

using namespace std::chrono;
using Holidays = std::vector<SchoolHolidayDates>;

std::string event(const std::string& start, const std::string& end, const std::string& summary) {
    std::string text = "BEGIN:VEVENT\r\nDTSTAMP:20290101T000000Z\r\nDTSTART;VALUE=DATE:" + start;
    text += end.empty() ? "" : "\r\nDTEND;VALUE=DATE:" + end;
    return text + "\r\nSUMMARY:" + summary + "\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n";
}

std::string calendar(std::initializer_list<std::string> events) {
    std::string text =
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Calendrier fictif//Test//FR\r\n"
        "X-WR-CALNAME:Calendrier scolaire fictif\r\n";
    for (const std::string& one : events) {
        text += one;
    }
    return text + "END:VCALENDAR\r\n";
}

SchoolYears read(const std::string& file, SchoolZone zone = SchoolZone::c) {
    const auto years = read_school_calendar(file, zone);
    EXPECT_TRUE(years) << word_of(years.error().fault) << " in line " << years.error().line;
    return years.value_or(SchoolYears{});
}

const std::string kAutumn = event("20301019", "20301104", "Vacances fictives d'automne");
const std::string kChristmas = event("20301221", "20310106", "Vacances fictives de Noël");

TEST(SchoolCalendar, ExcludesTheEndDate) {
    const auto years = read(calendar({kChristmas, kAutumn}));
    EXPECT_EQ(years.holidays,
              (Holidays{{"Vacances fictives d'automne", 2030y / 10 / 19, 2030y / 11 / 3},
                        {"Vacances fictives de Noël", 2030y / 12 / 21, 2031y / 1 / 5}}));
    EXPECT_EQ(years.known_from, 2030y / 10 / 19);
    EXPECT_EQ(years.known_until, 2031y / 1 / 5);
}

TEST(SchoolCalendar, TakesOneDayWhereNoLaterEndIsGiven) {
    const auto years = read(calendar(
        {event("20300531", "", "Pont fictif"), event("20300610", "20300610", "Lundi fictif")}));
    EXPECT_EQ(years.holidays, (Holidays{{"Pont fictif", 2030y / 5 / 31, 2030y / 5 / 31},
                                        {"Lundi fictif", 2030y / 6 / 10, 2030y / 6 / 10}}));
}

TEST(SchoolCalendar, JoinsThePiecesOfTheChosenZone) {
    const auto file = calendar({event("20310302", "20310309", "Hiver fictif - Zone C"),
                                event("20310223", "20310302", "Hiver fictif - Zones B/C - Corse"),
                                event("20310221", "20310223", "Hiver fictif - Zones A B C"),
                                event("20310214", "20310221", "Hiver fictif - Zones A/B")});
    const auto dates_of = [&](SchoolZone zone) {
        const auto holidays = read(file, zone).holidays;
        EXPECT_EQ(holidays.size(), 1U);
        return std::pair(holidays.front().first, holidays.front().last);
    };
    EXPECT_EQ(dates_of(SchoolZone::a), std::pair(2031y / 2 / 14, 2031y / 2 / 22));
    EXPECT_EQ(dates_of(SchoolZone::b), std::pair(2031y / 2 / 14, 2031y / 3 / 1));
    EXPECT_EQ(dates_of(SchoolZone::c), std::pair(2031y / 2 / 21, 2031y / 3 / 8));
    EXPECT_EQ(dates_of(SchoolZone::corse), std::pair(2031y / 2 / 23, 2031y / 3 / 1));
    EXPECT_EQ(read(file).holidays.front().name, "Hiver fictif");
}

TEST(SchoolCalendar, ReadsAnUnknownZoneAsEverybodys) {
    const auto years = read(calendar({event("20300531", "", "Pont fictif - Zone Nord")}));
    EXPECT_EQ(years.holidays.front().name, "Pont fictif - Zone Nord");
}

TEST(SchoolCalendar, KnowsNothingAfterAHolidayWithoutAnEnd) {
    const auto summer = event("20310705", "20310705", "Début des Vacances d'Été fictives");
    const auto next = event("20311018", "20311103", "Vacances fictives d'automne");
    const auto open = read(calendar({next, summer, kAutumn}));
    EXPECT_EQ(open.known_until, 2031y / 7 / 5);
    EXPECT_EQ(open.holidays.size(), 2U);
    EXPECT_EQ(open.holidays.back().last, 2031y / 7 / 5);
    const auto published = event("20310705", "20310901", "Vacances d'Été fictives");
    const auto closed = read(calendar({next, summer, published, kAutumn}));
    EXPECT_EQ(closed.known_until, 2031y / 11 / 2);
    EXPECT_EQ(closed.holidays.size(), 3U);
}

TEST(SchoolCalendar, LeavesOutTheDaysOnWhichTermBegins) {
    const auto years = read(calendar(
        {event("20300901", "20300902", "Rentrée scolaire des élèves"),
         event("20300829", "20300901", "Vacances d'Été(prérentrée Enseignants) - Zones A/B/C"),
         kAutumn}));
    EXPECT_EQ(years.holidays.size(), 1U);
    EXPECT_EQ(years.known_from, 2030y / 8 / 29);
}

TEST(SchoolCalendar, ReadsWhatOtherProgramsWrite) {
    std::string file = calendar(
        {"BEGIN:VEVENT\r\nDTSTART:20301019\r\nDTEND;X-P=\"a;b:c\",d;VALUE=date:20301104\r\n"
         "summary;LANGUAGE=fr:Vacances\\, automne\\; fic\r\n tif\\\\ve \xC3\r\n \xA9\\nx\r\n"
         "BEGIN:VALARM\r\nDURATION:PT1H\r\nSUMMARY:rappel\r\nEND:VALARM\r\nEND:VEVENT\r\n"});
    std::erase(file, '\r');
    const auto years = read("\xEF\xBB\xBF" + file + "\n\n");
    EXPECT_EQ(years.holidays,
              (Holidays{{"Vacances, automne; fictif\\ve é x", 2030y / 10 / 19, 2030y / 11 / 3}}));
}

TEST(SchoolCalendar, ACancelledEventIsNoHolidayAndTellsNothing) {
    const auto cancelled = [](const std::string& start, const std::string& status) {
        return "BEGIN:VEVENT\r\nSTATUS:" + status + "\r\nDTSTART;VALUE=DATE:" + start +
               "\r\nSUMMARY:Pont fictif\r\nEND:VEVENT\r\n";
    };
    const auto years = read(calendar(
        {cancelled("20300901", "CANCELLED"), kAutumn, cancelled("20310531", "cancelled")}));
    EXPECT_EQ(years.holidays.size(), 1U);
    EXPECT_EQ(years.known_from, 2030y / 10 / 19);
    EXPECT_EQ(years.known_until, 2030y / 11 / 3);
    const auto kept = read(calendar({cancelled("20310531", "CONFIRMED"), kAutumn}));
    EXPECT_EQ(kept.holidays.size(), 2U);
}

struct BadRow {
    const char* name;
    std::string file;
    SchoolFileFault fault;
    std::size_t line;
    const char* event;
};

void PrintTo(const BadRow& row, std::ostream* out) {
    *out << row.name;
}

class BadSchoolFile : public testing::TestWithParam<BadRow> {};

TEST_P(BadSchoolFile, IsRefusedWithItsPlace) {
    const auto years = read_school_calendar(GetParam().file, SchoolZone::c);
    ASSERT_FALSE(years);
    EXPECT_EQ(word_of(years.error().fault), word_of(GetParam().fault));
    EXPECT_EQ(years.error().line, GetParam().line);
    EXPECT_EQ(years.error().event, GetParam().event);
}

const auto kName = [](const auto& row) { return std::string(row.param.name); };
using enum SchoolFileFault;

/// A calendar whose only event, from line 5 on, holds these lines.
std::string with_lines(const std::string& lines) {
    return calendar({"BEGIN:VEVENT\r\n" + lines + "END:VEVENT\r\n"});
}

INSTANTIATE_TEST_SUITE_P(
    Events, BadSchoolFile,
    testing::Values(
        BadRow{"date_and_time", with_lines("SUMMARY:A\r\nDTSTART:20301019T080000\r\n"), bad_date, 7,
               "A"},
        BadRow{"other_type", with_lines("SUMMARY:A\r\nDTSTART;VALUE=DATE-TIME:20301019\r\n"),
               bad_date, 7, "A"},
        BadRow{"no_such_date", with_lines("DTSTART:20300230\r\n"), bad_date, 6, ""},
        BadRow{"in_1999", with_lines("DTSTART:19991231\r\n"), bad_date, 6, ""},
        BadRow{"in_2100", with_lines("DTSTART:21000101\r\n"), bad_date, 6, ""},
        BadRow{"ends_before_it_begins", calendar({event("20301221", "20300106", "Noël fictif")}),
               bad_interval, 11, "Noël fictif"},
        BadRow{"lasts_for_years", calendar({event("20301221", "20990106", "Noël fictif")}),
               bad_interval, 11, "Noël fictif"},
        BadRow{"two_starts", with_lines("DTSTART:20301019\r\nDTSTART:20301019\r\n"), doubled, 7,
               ""},
        BadRow{"two_names", with_lines("SUMMARY:A\r\nSUMMARY:B\r\n"), doubled, 7, "A"},
        BadRow{"no_start", with_lines("SUMMARY:A\r\nDTEND:20301019\r\n"), missing, 8, "A"},
        BadRow{"no_name", with_lines("DTSTART:20301019\r\n"), missing, 7, ""},
        BadRow{"empty_name", with_lines("SUMMARY:\r\nDTSTART:20301019\r\n"), missing, 8, ""},
        BadRow{"repeats", with_lines("SUMMARY:A\r\nRRULE:FREQ=YEARLY\r\n"), unsupported, 7, "A"},
        BadRow{"has_a_duration", with_lines("SUMMARY:A\r\nDURATION:P7D\r\n"), unsupported, 7, "A"},
        BadRow{"long_name", with_lines("SUMMARY:" + std::string(201, 'a') + "\r\n"), bad_line, 6,
               ""}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    Files, BadSchoolFile,
    testing::Values(
        BadRow{"empty", "", not_a_calendar, 0, ""},
        BadRow{"a_web_page", "<!DOCTYPE html>\r\n<html></html>\r\n", bad_line, 1, ""},
        BadRow{"a_spreadsheet", "Description;Zones;Date de debut\r\n", bad_line, 1, ""},
        BadRow{"not_begun", "VERSION:2.0\r\n", not_a_calendar, 1, ""},
        BadRow{"cut_off", "BEGIN:VCALENDAR\r\n" + kAutumn, not_a_calendar, 0, ""},
        BadRow{"not_nested", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n", not_a_calendar,
               3, ""},
        BadRow{"event_in_an_event", with_lines("SUMMARY:A\r\n" + kAutumn), not_a_calendar, 7, "A"},
        BadRow{"calendar_in_a_calendar", calendar({calendar({kAutumn})}), not_a_calendar, 5, ""},
        BadRow{"two_calendars", calendar({kAutumn}) + calendar({kAutumn}), not_a_calendar, 13, ""},
        BadRow{"continues_nothing", " BEGIN:VCALENDAR\r\n", bad_line, 1, ""},
        BadRow{"no_value", with_lines("SUMMARY\r\n"), bad_line, 6, ""},
        BadRow{"open_quote", with_lines("SUMMARY;X=\"a:b\r\n"), bad_line, 6, ""},
        BadRow{"control_character", with_lines("SUMMARY:a\x01\r\n"), bad_line, 6, ""},
        BadRow{"nul", with_lines(std::string("SUMMARY:a\0\r\n", 12)), bad_line, 6, ""},
        BadRow{"latin_1", with_lines("SUMMARY:No\xEBl\r\n"), bad_line, 6, ""},
        BadRow{"overlong_utf8", with_lines("SUMMARY:\xC0\xAF\r\n"), bad_line, 6, ""},
        BadRow{"surrogate", with_lines("SUMMARY:\xED\xA0\x80\r\n"), bad_line, 6, ""},
        BadRow{"past_unicode", with_lines("SUMMARY:\xF4\x90\x80\x80\r\n"), bad_line, 6, ""},
        BadRow{"cut_utf8", with_lines("SUMMARY:\xE2\x82\r\n"), bad_line, 6, ""},
        BadRow{"over_a_mebibyte", std::string(1024 * 1024 + 1, '\n'), too_large, 0, ""},
        BadRow{"for_other_zones", calendar({event("20301019", "20301104", "Congés - Zones A/B")}),
               no_holiday, 0, ""},
        BadRow{"without_events", calendar({}), no_holiday, 0, ""}),
    kName);

TEST(SchoolCalendarSize, IsTwoThousandEvents) {
    std::string events;
    for (int i = 0; i < 2000; ++i) {
        events += event("20301019", "", "Fictif");
    }
    EXPECT_EQ(read(calendar({events})).holidays.size(), 1U);
    const auto more = read_school_calendar(calendar({events, kAutumn}), SchoolZone::c);
    ASSERT_FALSE(more);
    EXPECT_EQ(more.error().fault, too_large);
}

TEST(SchoolCalendarSize, StandsDeepNesting) {
    std::string file = "BEGIN:VCALENDAR\r\n";
    while (file.size() < 1'000'000) {
        file += "BEGIN:X\r\n";
    }
    const auto years = read_school_calendar(file, SchoolZone::c);
    ASSERT_FALSE(years);
    EXPECT_EQ(years.error().fault, not_a_calendar);
    EXPECT_EQ(years.error().line, 5U);
}

TEST(SchoolFileFaults, HaveAWordEach) {
    std::set<std::string_view> words;
    for (int fault = 0; fault <= static_cast<int>(no_holiday); ++fault) {
        words.insert(word_of(static_cast<SchoolFileFault>(fault)));
    }
    EXPECT_EQ(words.size(), static_cast<std::size_t>(no_holiday) + 1);
    EXPECT_FALSE(words.contains(""));
}

}  // namespace
}  // namespace creneau::documents
