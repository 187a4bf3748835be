#pragma once

#include "api/booking/series/local_date.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::booking {

/// What people call a day or a calendar.
struct CalendarName {
    std::string fr;
    std::string en;

    bool operator==(const CalendarName&) const = default;
};

struct PublicHoliday {
    LocalDate date;
    CalendarName name;
};

/// Where the town lies: Alsace and Moselle keep two days more (Code du travail, L3134-13).
enum class HolidayLaw : std::uint8_t { france, alsace_moselle };

/// Easter Sunday of a Gregorian year (J. Meeus, Astronomical Algorithms, 2nd ed., chapter 8).
[[nodiscard]] LocalDate easter_sunday(std::chrono::year year);

/// The 11 days of Code du travail, L3133-1, in order, and those of `law`. Two may share a date.
[[nodiscard]] std::vector<PublicHoliday> public_holidays(std::chrono::year year, HolidayLaw law);

/// Days without school, both the first and the last one included.
struct SchoolHoliday {
    std::string name;  ///< as published
    LocalDate first;
    LocalDate last;

    bool operator==(const SchoolHoliday&) const = default;
};

/// The school holidays of a zone. Outside `known_from` to `known_until`, both included, nobody
/// knows yet: such a date is never term time.
struct SchoolCalendar {
    CalendarName name;
    std::vector<SchoolHoliday> holidays;  ///< in any order
    LocalDate known_from = kFirstDate;
    LocalDate known_until;
};

/// What a series keeps clear of.
struct SkipCalendars {
    std::optional<HolidayLaw> public_holidays;
    std::optional<SchoolCalendar> school;
};

enum class SkipKind : std::uint8_t { public_holiday, school_holiday, calendar_unknown };

/// Why a date is skipped. `name` is the holiday's; of what is unknown, the calendar's.
struct SkipReason {
    SkipKind kind;
    CalendarName name;

    bool operator==(const SkipReason&) const = default;
};

/// Why the calendars leave a date out, the public holiday first; nothing where it may take place.
[[nodiscard]] std::optional<SkipReason> skip_reason(const LocalDate& date,
                                                    const SkipCalendars& calendars);

}  // namespace creneau::booking
