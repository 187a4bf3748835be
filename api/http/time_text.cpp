#include "api/http/time_text.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

namespace creneau::http {

namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

/// Reads fixed-width digits and literal bytes from the front of a text.
class Cursor {
  public:
    explicit Cursor(std::string_view text) : left_(text) {}

    int number(std::size_t width) {
        int value = 0;
        const auto digits = left_.substr(0, width);
        if (digits.size() < width ||
            digits.find_first_not_of("0123456789") != std::string_view::npos) {
            ok_ = false;
            return 0;
        }
        std::from_chars(digits.data(), digits.data() + digits.size(), value);
        left_.remove_prefix(width);
        return value;
    }
    /// Takes one byte out of `choice`; NUL when there is none.
    char one_of(std::string_view choice) {
        if (left_.empty() || choice.find(left_.front()) == std::string_view::npos) {
            ok_ = false;
            return '\0';
        }
        const char taken = left_.front();
        left_.remove_prefix(1);
        return taken;
    }
    [[nodiscard]] bool finished() const { return ok_ && left_.empty(); }
    [[nodiscard]] bool ok() const { return ok_; }

  private:
    std::string_view left_;
    bool ok_ = true;
};

/// Days since 1970 of "YYYY-MM-DD" at the cursor, if that day exists.
std::optional<days> read_date(Cursor& cursor) {
    const int year = cursor.number(4);
    cursor.one_of("-");
    const int month = cursor.number(2);
    cursor.one_of("-");
    const int day = cursor.number(2);
    const std::chrono::year_month_day date{std::chrono::year{year},
                                           std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    if (!cursor.ok() || !date.ok() || year < 1970) {
        return std::nullopt;
    }
    return std::chrono::sys_days{date}.time_since_epoch();
}

std::optional<minutes> read_time(Cursor& cursor) {
    const int hour = cursor.number(2);
    cursor.one_of(":");
    const int minute = cursor.number(2);
    if (!cursor.ok() || hour > 23 || minute > 59) {
        return std::nullopt;
    }
    return hours{hour} + minutes{minute};
}

/// "Z" or "+02:00".
std::optional<minutes> read_offset(Cursor& cursor) {
    const char sign = cursor.one_of("Zz+-");
    if (sign == 'Z' || sign == 'z') {
        return minutes{0};
    }
    const auto offset = read_time(cursor);
    if (!offset) {
        return std::nullopt;
    }
    return sign == '-' ? -*offset : *offset;
}

void append_padded(std::string& text, unsigned value, std::size_t width) {
    std::array<char, 10> digits{};
    const auto* end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    const auto length = static_cast<std::size_t>(end - digits.data());
    text.append(width > length ? width - length : 0, '0').append(digits.data(), length);
}

template <class Duration>
std::string date_time_text(Duration since_epoch) {
    const auto day = floor<days>(since_epoch);
    const std::chrono::year_month_day date{std::chrono::sys_days{day}};
    const std::chrono::hh_mm_ss time{since_epoch - day};
    std::string text;
    text.reserve(20);
    append_padded(text, static_cast<unsigned>(static_cast<int>(date.year())), 4);
    text += '-';
    append_padded(text, static_cast<unsigned>(date.month()), 2);
    text += '-';
    append_padded(text, static_cast<unsigned>(date.day()), 2);
    text += 'T';
    append_padded(text, static_cast<unsigned>(time.hours().count()), 2);
    text += ':';
    append_padded(text, static_cast<unsigned>(time.minutes().count()), 2);
    return text;
}

}  // namespace

std::string to_rfc3339(std::chrono::sys_seconds instant) {
    const auto second = (instant.time_since_epoch() % minutes{1} + minutes{1}) % minutes{1};
    auto text = date_time_text(instant.time_since_epoch());
    text += ':';
    append_padded(text, static_cast<unsigned>(second.count()), 2);
    text += 'Z';
    return text;
}

std::optional<std::chrono::sys_seconds> from_rfc3339(std::string_view text) {
    Cursor cursor(text);
    const auto date = read_date(cursor);
    cursor.one_of("Tt");
    const auto time = read_time(cursor);
    cursor.one_of(":");
    const int second = cursor.number(2);
    const auto offset = read_offset(cursor);
    if (!date || !time || !offset || second > 59 || !cursor.finished()) {
        return std::nullopt;
    }
    return std::chrono::sys_seconds{*date + *time + seconds{second} - *offset};
}

std::string to_local_text(std::chrono::local_time<minutes> local) {
    return date_time_text(local.time_since_epoch());
}

std::optional<std::chrono::local_time<minutes>> from_local_text(std::string_view text) {
    Cursor cursor(text);
    const auto date = read_date(cursor);
    cursor.one_of("T");
    const auto time = read_time(cursor);
    if (!date || !time || !cursor.finished()) {
        return std::nullopt;
    }
    return std::chrono::local_time<minutes>{*date + *time};
}

std::string to_http_date(std::chrono::sys_seconds instant) {
    constexpr std::array kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = floor<days>(instant);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{instant - day};
    std::array<char, 64> text{};
    std::snprintf(
        text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
        kDays.at(std::chrono::weekday{day}.c_encoding()), static_cast<unsigned>(date.day()),
        kMonths.at(static_cast<unsigned>(date.month()) - 1), static_cast<int>(date.year()),
        static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
        static_cast<int>(time.seconds().count()));
    return text.data();
}

}  // namespace creneau::http
