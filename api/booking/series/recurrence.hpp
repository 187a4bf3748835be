#pragma once

#include "api/booking/series/local_date.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::booking {

inline constexpr std::size_t kMostOccurrences = 400;

/// Every `interval` days from the first date.
struct Daily {
    int interval = 1;
};

/// On the chosen weekdays of every `interval`-th week, weeks beginning on Monday (ISO 8601),
/// counted from the week of the first date. Weekdays in any order, each once, at least one.
struct Weekly {
    int interval = 1;
    std::vector<std::chrono::weekday> days;
};

/// The first date's day of every `interval`-th month. A month without that day has no occurrence.
struct MonthlyByDate {
    int interval = 1;
};

/// The `nth` (1 to 4) or, with -1, the last `day` of every `interval`-th month, counted from the
/// month of the first date.
struct MonthlyByWeekday {
    int interval = 1;
    int nth = 1;
    std::chrono::weekday day;
};

/// The first date's day and month of every `interval`-th year; 29 February in leap years only.
struct Yearly {
    int interval = 1;
};

/// Just these dates, in any order, each once; of them those from the first date to the bound.
struct ListedDates {
    std::vector<LocalDate> dates;
};

using Pattern = std::variant<Daily, Weekly, MonthlyByDate, MonthlyByWeekday, Yearly, ListedDates>;

/// When a series happens, in local dates from `first` on. A first date that the pattern does not
/// name is no occurrence (as with iCalendar's RRULE, RFC 5545 3.3.10, but without its DTSTART
/// exception). Exactly one of `until` (included) and `count` bounds it; ListedDates may do without.
struct Recurrence {
    LocalDate first;
    Pattern pattern;
    std::optional<LocalDate> until;
    std::optional<int> count;
};

enum class RecurrenceError : std::uint8_t {
    bad_interval,   ///< not 1 to 99
    bad_weekdays,   ///< none, one twice, or not a weekday
    bad_nth,        ///< neither 1 to 4 nor -1
    bad_dates,      ///< none, one twice, no such date, or not in 2000 to 2099
    bad_first,      ///< no such date, or not in 2000 to 2099
    bad_bound,      ///< both `until` and `count`, or neither; `until` before `first` or after 2099
    bad_count,      ///< not 1 to kMostOccurrences
    too_many,       ///< more than kMostOccurrences
    too_far,        ///< the pattern names fewer than `count` dates before 2100
    no_occurrence,  ///< the pattern names no date before its bound
};

/// The enumerator's name, a stable word of the API.
[[nodiscard]] std::string_view word_of(RecurrenceError error);

/// The dates in order, each once, at least one; the first wrong thing otherwise, in the order of
/// the fields. Pure; no time zone is involved.
[[nodiscard]] tl::expected<std::vector<LocalDate>, RecurrenceError> expand(
    const Recurrence& recurrence);

}  // namespace creneau::booking
