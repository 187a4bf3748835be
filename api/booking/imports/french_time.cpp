#include "api/booking/imports/french_time.hpp"

#include "api/booking/series/local_date.hpp"
#include "api/store/present.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace creneau::booking {

namespace {

constexpr int kHours = 24;
constexpr int kMinutes = 60;

/// One to `most` digits at the beginning, taken away.
std::optional<int> take_number(std::string_view& text, std::size_t most) {
    std::size_t size = 0;
    int value = 0;
    while (size < text.size() && size < most && text[size] >= '0' && text[size] <= '9') {
        value = 10 * value + (text[size] - '0');
        ++size;
    }
    text.remove_prefix(size);
    return size == 0 ? std::nullopt : std::optional(value);
}

bool take(std::string_view& text, char c) {
    const bool there = text.starts_with(c);
    text.remove_prefix(there ? 1 : 0);
    return there;
}

std::string two_digits(int value) {
    return {static_cast<char>('0' + value / 10), static_cast<char>('0' + value % 10)};
}

std::string without_spaces(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (c != ' ') {
            result.push_back(c);
        }
    }
    return result;
}

}  // namespace

std::optional<std::string> date_of(std::string_view written) {
    if (const auto date = parse_date(written)) {
        return text_of(*date);
    }
    const auto day = take_number(written, 2);
    const bool first = take(written, '/');
    const auto month = take_number(written, 2);
    const bool second = take(written, '/');
    const bool is_short = written.size() == 2;  // no booking lies in another century
    if (!day || !month || !first || !second || (written.size() != 4 && !is_short)) {
        return std::nullopt;
    }
    std::string year = is_short ? "20" : "";
    year.append(written);
    const auto date = parse_date(year + '-' + two_digits(*month) + '-' + two_digits(*day));
    return date ? std::optional(text_of(*date)) : std::nullopt;
}

std::optional<std::string> time_of(std::string_view written) {
    const std::string compact = without_spaces(written);
    std::string_view left = compact;
    const auto hour = take_number(left, 2);
    const bool french = take(left, 'h') || take(left, 'H');
    if (!hour || (!french && !take(left, ':'))) {
        return std::nullopt;
    }
    const std::size_t digits = left.substr(0, left.find(':')).size();
    const auto minute = french && left.empty() ? std::optional(0) : take_number(left, 2);
    if (!french && left == ":00") {
        left = {};
    }
    const bool whole = left.empty() && (digits == 2 || (french && digits == 0));
    if (!minute || !whole || *hour >= kHours || *minute >= kMinutes) {
        return std::nullopt;
    }
    return two_digits(*hour) + ':' + two_digits(*minute);
}

std::string day_after(std::string_view date) {
    return text_of(plus_days(store::present(parse_date(date), "date"), 1));
}

}  // namespace creneau::booking
