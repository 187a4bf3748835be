#include "api/booking/series/calendar_rules.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace creneau::booking {
namespace {

using namespace std::chrono;
using Days = std::vector<std::pair<std::string, std::string>>;

Days days_of(int in, HolidayLaw law) {
    Days days;
    for (const PublicHoliday& holiday : public_holidays(year{in}, law)) {
        days.emplace_back(text_of(holiday.date), holiday.name.fr);
    }
    return days;
}

TEST(PublicHolidays, AreTheElevenOfFrance) {
    EXPECT_EQ(days_of(2026, HolidayLaw::france), (Days{{"2026-01-01", "Jour de l'An"},
                                                       {"2026-04-06", "Lundi de Pâques"},
                                                       {"2026-05-01", "Fête du Travail"},
                                                       {"2026-05-08", "Victoire de 1945"},
                                                       {"2026-05-14", "Ascension"},
                                                       {"2026-05-25", "Lundi de Pentecôte"},
                                                       {"2026-07-14", "Fête nationale"},
                                                       {"2026-08-15", "Assomption"},
                                                       {"2026-11-01", "Toussaint"},
                                                       {"2026-11-11", "Armistice de 1918"},
                                                       {"2026-12-25", "Noël"}}));
}

TEST(PublicHolidays, AreTwoMoreInAlsaceAndMoselle) {
    const Days days = days_of(2026, HolidayLaw::alsace_moselle);
    EXPECT_EQ(days.size(), 13U);
    EXPECT_EQ(std::ranges::count(
                  days, std::pair<std::string, std::string>{"2026-04-03", "Vendredi saint"}),
              1);
    EXPECT_EQ(days.back(), (std::pair<std::string, std::string>{"2026-12-26", "Saint-Étienne"}));
}

TEST(PublicHolidays, MayShareADate) {
    const Days days = days_of(2008, HolidayLaw::france);
    EXPECT_EQ(days.size(), 11U);
    EXPECT_EQ(std::ranges::count(days, "2008-05-01", &Days::value_type::first), 2);
}

// The earliest and the latest Easter there is, and the two exceptions of the Gregorian computus.
TEST(Easter, FollowsTheGregorianComputus) {
    const std::map<int, std::string> known{
        {2000, "2000-04-23"}, {2008, "2008-03-23"}, {2024, "2024-03-31"}, {2025, "2025-04-20"},
        {2026, "2026-04-05"}, {2027, "2027-03-28"}, {2038, "2038-04-25"}, {2049, "2049-04-18"},
        {2076, "2076-04-19"}, {2099, "2099-04-12"}};
    for (const auto& [in, date] : known) {
        EXPECT_EQ(text_of(easter_sunday(year{in})), date);
    }
    EXPECT_EQ(easter_sunday(1818y), 1818y / 3 / 22);
    EXPECT_EQ(easter_sunday(1954y), 1954y / 4 / 18);
    EXPECT_EQ(easter_sunday(1981y), 1981y / 4 / 19);
}

SchoolCalendar fictional() {
    return {{"Zone fictive", "Fictional zone"},
            {{"Vacances fictives d'automne", 2030y / 10 / 19, 2030y / 11 / 3},
             {"Vacances fictives de Noël", 2030y / 12 / 21, 2031y / 1 / 5}},
            2030y / 9 / 2,
            2031y / 1 / 31};
}

TEST(SchoolHolidays, IncludeTheirFirstAndLastDay) {
    const SkipCalendars calendars{{}, fictional()};
    const SkipReason autumn{SkipKind::school_holiday,
                            {"Vacances fictives d'automne", "Vacances fictives d'automne"}};
    EXPECT_EQ(skip_reason(2030y / 10 / 18, calendars), std::nullopt);
    EXPECT_EQ(skip_reason(2030y / 10 / 19, calendars), autumn);
    EXPECT_EQ(skip_reason(2030y / 11 / 3, calendars), autumn);
    EXPECT_EQ(skip_reason(2030y / 11 / 4, calendars), std::nullopt);
}

TEST(SchoolHolidays, AreUnknownOutsideTheCalendarAndNotTermTime) {
    const SkipCalendars calendars{{}, fictional()};
    const SkipReason unknown{SkipKind::calendar_unknown, {"Zone fictive", "Fictional zone"}};
    EXPECT_EQ(skip_reason(2030y / 9 / 1, calendars), unknown);
    EXPECT_EQ(skip_reason(2030y / 9 / 2, calendars), std::nullopt);
    EXPECT_EQ(skip_reason(2031y / 1 / 31, calendars), std::nullopt);
    EXPECT_EQ(skip_reason(2031y / 2 / 1, calendars), unknown);
}

TEST(SkipReasons, NameThePublicHolidayFirst) {
    const SkipCalendars both{HolidayLaw::france, fictional()};
    const SkipReason christmas{SkipKind::public_holiday, {"Noël", "Christmas Day"}};
    EXPECT_EQ(skip_reason(2030y / 12 / 25, both), christmas);
    EXPECT_EQ(skip_reason(2060y / 12 / 25, both), christmas);
    EXPECT_EQ(skip_reason(2030y / 12 / 26, both)->kind, SkipKind::school_holiday);
    EXPECT_EQ(skip_reason(2060y / 12 / 26, both)->kind, SkipKind::calendar_unknown);
}

TEST(SkipReasons, AreOfTheChosenCalendarsOnly) {
    EXPECT_EQ(skip_reason(2030y / 12 / 25, {}), std::nullopt);
    EXPECT_EQ(skip_reason(2030y / 12 / 26, {HolidayLaw::france, {}}), std::nullopt);
    EXPECT_EQ(skip_reason(2030y / 12 / 26, {HolidayLaw::alsace_moselle, {}})->name.fr,
              "Saint-Étienne");
    EXPECT_EQ(skip_reason(2030y / 12 / 25, {{}, fictional()})->kind, SkipKind::school_holiday);
}

}  // namespace
}  // namespace creneau::booking
