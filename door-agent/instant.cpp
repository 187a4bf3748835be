#include "door-agent/commands.hpp"

#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <system_error>

#include <fmt/format.h>

namespace creneau::door {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_seconds;

/// "Z", "+01:00" or "-05:30" as what must be taken away to get UTC.
std::optional<minutes> offset_from(const std::string& text) {
    if (text == "Z") {
        return minutes{0};
    }
    int hours = 0;
    int rest = 0;
    char sign = 0;
    int used = 0;
    if (std::sscanf(text.c_str(), "%c%2d:%2d%n", &sign, &hours, &rest, &used) != 3 ||
        static_cast<std::size_t>(used) != text.size() || hours < 0 || hours > 14 || rest < 0 ||
        rest > 59 || (sign != '+' && sign != '-')) {
        return std::nullopt;
    }
    const minutes offset{hours * 60 + rest};
    return sign == '+' ? offset : -offset;
}

std::optional<sys_seconds> from_unix(const std::string& text) {
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || value < 0 ||
        value > 0xFFFF'FFFFLL) {
        return std::nullopt;
    }
    return sys_seconds{seconds{value}};
}

}  // namespace

std::optional<sys_seconds> parse_instant(const std::string& text) {
    if (const auto instant = from_unix(text)) {
        return instant;
    }
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    int used = 0;
    if (std::sscanf(text.c_str(), "%4d-%2u-%2uT%2d:%2d:%2d%n", &year, &month, &day, &hour, &minute,
                    &second, &used) != 6) {
        return std::nullopt;
    }
    const auto offset = offset_from(text.substr(static_cast<std::size_t>(used)));
    const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month},
                                           std::chrono::day{day}};
    if (!offset || !date.ok() || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
        second > 59) {
        return std::nullopt;
    }
    return std::chrono::sys_days{date} + std::chrono::hours{hour} + minutes{minute} +
           seconds{second} - *offset;
}

std::string text_of(sys_seconds instant) {
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{instant - day};
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       time.hours().count(), time.minutes().count(), time.seconds().count());
}

}  // namespace creneau::door
