#include "api/booking/series/calendar_rules.hpp"

#include "api/booking/series/local_date.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <vector>

namespace creneau::booking {

namespace {

using namespace std::chrono;

constexpr int kGoodFriday = -2;
constexpr int kEasterMonday = 1;
constexpr int kAscension = 39;
constexpr int kWhitMonday = 50;

std::optional<SkipReason> public_reason(const LocalDate& date, HolidayLaw law) {
    for (const PublicHoliday& holiday : public_holidays(date.year(), law)) {
        if (holiday.date == date) {
            return SkipReason{SkipKind::public_holiday, holiday.name};
        }
    }
    return std::nullopt;
}

std::optional<SkipReason> school_reason(const LocalDate& date, const SchoolCalendar& calendar) {
    if (date < calendar.known_from || date > calendar.known_until) {
        return SkipReason{SkipKind::calendar_unknown, calendar.name};
    }
    for (const SchoolHoliday& holiday : calendar.holidays) {
        if (date >= holiday.first && date <= holiday.last) {
            return SkipReason{SkipKind::school_holiday, {holiday.name, holiday.name}};
        }
    }
    return std::nullopt;
}

}  // namespace

LocalDate easter_sunday(year in) {
    const int number = static_cast<int>(in);
    const int golden = number % 19;
    const int century = number / 100;
    const int corrected_century = (century - (century + 8) / 25 + 1) / 3;
    const int epact = (19 * golden + century - century / 4 - corrected_century + 15) % 30;
    const int to_sunday =
        (32 + 2 * (century % 4) + 2 * (number % 100 / 4) - epact - number % 4) % 7;
    const int late_moon = (golden + 11 * epact + 22 * to_sunday) / 451;
    const int after = epact + to_sunday - 7 * late_moon;  // days after 22 March
    return plus_days(in / March / 22, after);
}

std::vector<PublicHoliday> public_holidays(year in, HolidayLaw law) {
    const LocalDate easter = easter_sunday(in);
    std::vector<PublicHoliday> holidays{
        {in / January / 1, {"Jour de l'An", "New Year's Day"}},
        {plus_days(easter, kEasterMonday), {"Lundi de Pâques", "Easter Monday"}},
        {in / May / 1, {"Fête du Travail", "Labour Day"}},
        {in / May / 8, {"Victoire de 1945", "Victory in Europe Day"}},
        {plus_days(easter, kAscension), {"Ascension", "Ascension Day"}},
        {plus_days(easter, kWhitMonday), {"Lundi de Pentecôte", "Whit Monday"}},
        {in / July / 14, {"Fête nationale", "National Day"}},
        {in / August / 15, {"Assomption", "Assumption Day"}},
        {in / November / 1, {"Toussaint", "All Saints' Day"}},
        {in / November / 11, {"Armistice de 1918", "Armistice Day"}},
        {in / December / 25, {"Noël", "Christmas Day"}},
    };
    if (law == HolidayLaw::alsace_moselle) {
        holidays.push_back({plus_days(easter, kGoodFriday), {"Vendredi saint", "Good Friday"}});
        holidays.push_back({in / December / 26, {"Saint-Étienne", "St Stephen's Day"}});
    }
    std::ranges::stable_sort(holidays, {}, &PublicHoliday::date);
    return holidays;
}

std::optional<SkipReason> skip_reason(const LocalDate& date, const SkipCalendars& calendars) {
    if (calendars.public_holidays) {
        if (auto reason = public_reason(date, *calendars.public_holidays)) {
            return reason;
        }
    }
    return calendars.school ? school_reason(date, *calendars.school) : std::nullopt;
}

}  // namespace creneau::booking
