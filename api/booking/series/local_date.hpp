#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace creneau::booking {

/// A day of the Gregorian calendar as people write it, in no time zone.
using LocalDate = std::chrono::year_month_day;

/// The years a booking can lie in: a pass counts its window in 32-bit Unix seconds.
inline constexpr LocalDate kFirstDate{std::chrono::year{2000}, std::chrono::January,
                                      std::chrono::day{1}};
inline constexpr LocalDate kLastDate{std::chrono::year{2099}, std::chrono::December,
                                     std::chrono::day{31}};

/// Whether the date exists and lies between kFirstDate and kLastDate, both included.
[[nodiscard]] bool is_bookable_date(const LocalDate& date);

/// A bookable date of 'YYYY-MM-DD' and nothing else.
[[nodiscard]] std::optional<LocalDate> parse_date(std::string_view text);

/// 'YYYY-MM-DD' of a bookable date.
[[nodiscard]] std::string text_of(const LocalDate& date);

/// The date so many days later, or earlier where `days` is negative.
[[nodiscard]] LocalDate plus_days(const LocalDate& date, int days);

}  // namespace creneau::booking
