#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::documents {

/// Of a file for all zones, the events of which to read. An event that names no zone is
/// everybody's.
enum class SchoolZone : std::uint8_t { a, b, c, corse };

/// Days without school, both the first and the last one included.
struct SchoolHolidayDates {
    std::string name;  ///< as published, without its zones
    std::chrono::year_month_day first;
    std::chrono::year_month_day last;

    bool operator==(const SchoolHolidayDates&) const = default;
};

/// What a file says of one zone. Of dates outside `known_from` to `known_until`, both included, it
/// says nothing: they are not term time.
struct SchoolYears {
    std::vector<SchoolHolidayDates> holidays;  ///< in order, the pieces of one joined
    std::chrono::year_month_day known_from;    ///< the first event's day
    std::chrono::year_month_day known_until;   ///< the last holiday's last day, or the day on which
                                               ///< one begins whose end is not published yet
};

enum class SchoolFileFault : std::uint8_t {
    too_large,       ///< over kLargestSchoolFile bytes or kMostSchoolEvents events
    not_a_calendar,  ///< no VCALENDAR, or components that do not close
    bad_line,        ///< no property, not UTF-8, a control character, or a SUMMARY over 200 bytes
    bad_date,        ///< DTSTART or DTEND is no DATE of 2000 to 2099
    bad_interval,    ///< ends before it begins, or lasts over kLongestSchoolHoliday days
    doubled,         ///< DTSTART, DTEND or SUMMARY twice in an event
    missing,         ///< an event without DTSTART or SUMMARY
    unsupported,     ///< an event that repeats or has a DURATION
    no_holiday,      ///< no holiday of the zone
};

/// What is wrong with a file, and where: the number of the line from 1, or 0 for the whole file,
/// and the SUMMARY of the event as far as it is known.
struct SchoolFileError {
    SchoolFileFault fault = SchoolFileFault::not_a_calendar;
    std::size_t line = 0;
    std::string event;
};

inline constexpr std::size_t kLargestSchoolFile = 1'048'576;
inline constexpr std::size_t kMostSchoolEvents = 2000;
inline constexpr int kLongestSchoolHoliday = 120;

/// The enumerator's name, a stable word of the API.
[[nodiscard]] std::string_view word_of(SchoolFileFault fault);

/// Reads the iCalendar file of the Ministry of Education ("le calendrier scolaire" on
/// data.gouv.fr): whole-day events with DTSTART, DTEND (excluded; the same day or none: one day)
/// and SUMMARY. The days on which term begins and those of the teachers are no holidays, nor is an
/// event with STATUS:CANCELLED.
[[nodiscard]] tl::expected<SchoolYears, SchoolFileError> read_school_calendar(std::string_view file,
                                                                              SchoolZone zone);

}  // namespace creneau::documents
