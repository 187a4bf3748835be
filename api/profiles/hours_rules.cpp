#include "api/profiles/hours_rules.hpp"

#include "api/access/access_types.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <cctz/civil_time.h>
#include <cctz/time_zone.h>

namespace creneau::profiles {
namespace {

using std::chrono::local_days;
using std::chrono::minutes;

constexpr std::size_t kTimeText = 5;
constexpr minutes kDay = std::chrono::hours{24};

cctz::time_zone zone_named(const std::string& name) {
    cctz::time_zone zone;
    if (!cctz::load_time_zone(name, &zone)) {
        throw std::invalid_argument("time zone " + name);
    }
    return zone;
}

local_days day_at(std::chrono::sys_seconds at, const cctz::time_zone& zone) {
    const auto shown = cctz::civil_day(cctz::convert(at, zone));
    return local_days{std::chrono::days{shown - cctz::civil_day(1970, 1, 1)}};
}

cctz::civil_minute civil(local_days day, minutes of_day) {
    const auto midnight =
        cctz::civil_minute(cctz::civil_day(1970, 1, 1) + day.time_since_epoch().count());
    return midnight + of_day.count();
}

enum class Reading : std::uint8_t { first, second };

std::chrono::sys_seconds instant_of(const cctz::civil_minute& time, const cctz::time_zone& zone,
                                    Reading reading) {
    const auto found = zone.lookup(cctz::civil_second(time));
    switch (found.kind) {
        case cctz::time_zone::civil_lookup::UNIQUE:
            return found.pre;
        case cctz::time_zone::civil_lookup::SKIPPED:
            return found.trans;
        case cctz::time_zone::civil_lookup::REPEATED:
            break;
    }
    return reading == Reading::first ? found.pre : found.post;
}

/// Of each weekday ascending, and those that overlap or touch are one: what people wrote in two
/// parts has no edge between them.
std::vector<WeeklyHours> united(std::vector<WeeklyHours> hours) {
    std::ranges::sort(hours, [](const WeeklyHours& a, const WeeklyHours& b) {
        return std::pair(a.day.iso_encoding(), a.from) < std::pair(b.day.iso_encoding(), b.from);
    });
    std::vector<WeeklyHours> result;
    for (const auto& one : hours) {
        if (!result.empty() && result.back().day == one.day && one.from <= result.back().until) {
            result.back().until = std::max(result.back().until, one.until);
        } else {
            result.push_back(one);
        }
    }
    return result;
}

/// A number of two digits.
std::optional<int> two_digits(std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = error == std::errc{} && end == text.data() + text.size();
    return whole && number >= 0 ? std::optional(number) : std::nullopt;
}

std::string padded(std::int64_t number) {
    std::string text = std::to_string(number);
    return text.size() < 2 ? text.insert(0, 1, '0') : text;
}

}  // namespace

std::optional<minutes> time_of_day(std::string_view text) {
    if (text.size() != kTimeText || text[2] != ':' || text[0] == '-' || text[3] == '-') {
        return std::nullopt;
    }
    const auto hour = two_digits(text.substr(0, 2));
    const auto minute = two_digits(text.substr(3));
    if (!hour || !minute || *minute > 59) {
        return std::nullopt;
    }
    const minutes of_day = std::chrono::hours{*hour} + minutes{*minute};
    return of_day <= kDay ? std::optional(of_day) : std::nullopt;
}

std::string text_of(minutes of_day) {
    std::string text = padded(of_day / std::chrono::hours{1});
    text += ':';
    text += padded((of_day % std::chrono::hours{1}).count());
    return text;
}

std::vector<DayHours> expand_hours(const LocalWeeks& weeks, const access::Interval& within) {
    const auto zone = zone_named(weeks.zone);
    const bool shorter = weeks.twice == TwiceShown::shorter;
    const auto start = shorter ? Reading::second : Reading::first;
    const auto end = shorter ? Reading::first : Reading::second;
    const auto hours = united(weeks.hours);
    std::vector<DayHours> expanded;
    const auto last = day_at(within.end - std::chrono::seconds{1}, zone);
    for (auto day = day_at(within.start, zone); day <= last; day += std::chrono::days{1}) {
        if (std::ranges::binary_search(weeks.off, day)) {
            continue;
        }
        for (const auto& one : hours) {
            const access::Interval interval{instant_of(civil(day, one.from), zone, start),
                                            instant_of(civil(day, one.until), zone, end)};
            if (one.day == std::chrono::weekday{day} && interval.start < interval.end) {
                expanded.push_back({day, interval});
            }
        }
    }
    return expanded;
}

}  // namespace creneau::profiles
