#include "api/booking/local_time.hpp"

#include "api/booking/booking_types.hpp"

#include <charconv>
#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include <cctz/civil_time.h>
#include <cctz/time_zone.h>

namespace creneau::booking {

namespace {

constexpr std::string_view kShape = "dddd-dd-ddTdd:dd";
constexpr std::size_t kDateLength = 10;
constexpr int kFirstYear = 2000;
constexpr int kLastYear = 2099;  // a pass counts its window in 32-bit Unix seconds

bool has_shape(std::string_view text, std::string_view shape) {
    if (text.size() != shape.size()) {
        return false;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool is_digit = text[i] >= '0' && text[i] <= '9';
        if (shape[i] == 'd' ? !is_digit : text[i] != shape[i]) {
            return false;
        }
    }
    return true;
}

int number_in(std::string_view text, std::size_t at, std::size_t length) {
    int number = 0;
    std::from_chars(text.data() + at, text.data() + at + length, number);
    return number;
}

std::optional<cctz::civil_second> parse_minute(std::string_view text) {
    if (!has_shape(text, kShape)) {
        return std::nullopt;
    }
    const int year = number_in(text, 0, 4);
    const int month = number_in(text, 5, 2);
    const int day = number_in(text, 8, 2);
    const int hour = number_in(text, 11, 2);
    const int minute = number_in(text, 14, 2);
    const cctz::civil_second civil(year, month, day, hour, minute, 0);
    // A civil time normalises what does not exist; one that changed was not a date.
    const bool exists = civil.year() == year && civil.month() == month && civil.day() == day &&
                        civil.hour() == hour && civil.minute() == minute;
    if (!exists || year < kFirstYear || year > kLastYear) {
        return std::nullopt;
    }
    return civil;
}

void put_digits(std::string& text, std::size_t at, std::size_t length, int number) {
    for (std::size_t i = at + length; i > at; --i) {
        text[i - 1] = static_cast<char>('0' + number % 10);
        number /= 10;
    }
}

std::string text_of(const cctz::civil_second& civil) {
    std::string text = "0000-00-00T00:00";
    put_digits(text, 0, 4, static_cast<int>(civil.year()));
    put_digits(text, 5, 2, civil.month());
    put_digits(text, 8, 2, civil.day());
    put_digits(text, 11, 2, civil.hour());
    put_digits(text, 14, 2, civil.minute());
    return text;
}

/// The library's own look-up takes a lock; a town asks for one zone thousands of times.
const cctz::time_zone& zone_named(const std::string& name) {
    thread_local std::string known;
    thread_local cctz::time_zone zone;
    if (name != known || known.empty()) {
        known.clear();
        if (!cctz::load_time_zone(name, &zone)) {
            throw std::invalid_argument("unknown time zone " + name);
        }
        known = name;
    }
    return zone;
}

cctz::civil_second civil_of(std::chrono::local_time<std::chrono::minutes> local) {
    return cctz::civil_second(1970, 1, 1) + std::chrono::seconds(local.time_since_epoch()).count();
}

std::chrono::sys_seconds end_of(const cctz::time_zone::civil_lookup& end) {
    // In a gap `pre` is the time moved forward by the gap; in a fold `post` is the second one.
    return end.kind == cctz::time_zone::civil_lookup::REPEATED ? end.post : end.pre;
}

tl::expected<Slot, TimeError> resolve(const cctz::civil_second& start,
                                      const cctz::civil_second& end, const cctz::time_zone& zone) {
    if (end <= start) {
        return tl::unexpected(TimeError::end_before_start);
    }
    const Interval at{zone.lookup(start).pre, end_of(zone.lookup(end))};
    if (at.end <= at.start) {
        return tl::unexpected(TimeError::no_such_time);
    }
    return Slot{text_of(start), text_of(end), at};
}

}  // namespace

tl::expected<Slot, TimeError> resolve_slot(std::string_view local_start, std::string_view local_end,
                                           const std::string& zone) {
    const auto start = parse_minute(local_start);
    if (!start) {
        return tl::unexpected(TimeError::bad_start);
    }
    const auto end = parse_minute(local_end);
    if (!end) {
        return tl::unexpected(TimeError::bad_end);
    }
    return resolve(*start, *end, zone_named(zone));
}

std::string local_time_of(std::chrono::sys_seconds at, const std::string& zone) {
    return text_of(cctz::convert(at, zone_named(zone)));
}

std::chrono::local_time<std::chrono::minutes> local_minutes_of(std::chrono::sys_seconds at,
                                                               const std::string& zone) {
    const auto civil = cctz::convert(at, zone_named(zone));
    const std::chrono::local_days date{std::chrono::year(static_cast<int>(civil.year())) /
                                       civil.month() / civil.day()};
    return date + std::chrono::hours(civil.hour()) + std::chrono::minutes(civil.minute());
}

std::chrono::local_time<std::chrono::minutes> shown_time(
    std::chrono::local_time<std::chrono::minutes> written, const std::string& zone) {
    return local_minutes_of(zone_named(zone).lookup(civil_of(written)).pre, zone);
}

tl::expected<Slot, TimeError> resolve_slot(
    std::chrono::local_time<std::chrono::minutes> local_start,
    std::chrono::local_time<std::chrono::minutes> local_end, const std::string& zone) {
    return resolve_slot(text_of(civil_of(local_start)), text_of(civil_of(local_end)), zone);
}

std::optional<std::chrono::sys_seconds> instant_of(std::string_view local_time,
                                                   const std::string& zone) {
    const auto civil = parse_minute(local_time);
    return civil ? std::optional<std::chrono::sys_seconds>(zone_named(zone).lookup(*civil).pre)
                 : std::nullopt;
}

std::optional<std::chrono::sys_seconds> start_of_day(std::string_view local_date,
                                                     const std::string& zone) {
    if (local_date.size() != kDateLength) {
        return std::nullopt;
    }
    const auto midnight = parse_minute(std::string(local_date) + "T00:00");
    if (!midnight) {
        return std::nullopt;
    }
    return zone_named(zone).lookup(*midnight).pre;
}

std::chrono::sys_seconds start_of_day(std::chrono::local_days date, const std::string& zone) {
    const cctz::civil_day day = cctz::civil_day(1970, 1, 1) + date.time_since_epoch().count();
    return zone_named(zone).lookup(cctz::civil_second(day)).pre;
}

}  // namespace creneau::booking
