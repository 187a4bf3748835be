#include "api/booking/series/local_date.hpp"

#include <charconv>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace creneau::booking {

namespace {

constexpr std::string_view kShape = "dddd-dd-dd";

bool has_shape(std::string_view text) {
    if (text.size() != kShape.size()) {
        return false;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool is_digit = text[i] >= '0' && text[i] <= '9';
        if (kShape[i] == 'd' ? !is_digit : text[i] != kShape[i]) {
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

std::string two_digits(unsigned number) {
    return {static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
}

}  // namespace

bool is_bookable_date(const LocalDate& date) {
    return date.ok() && date >= kFirstDate && date <= kLastDate;
}

std::optional<LocalDate> parse_date(std::string_view text) {
    if (!has_shape(text)) {
        return std::nullopt;
    }
    const LocalDate date{std::chrono::year{number_in(text, 0, 4)},
                         std::chrono::month{static_cast<unsigned>(number_in(text, 5, 2))},
                         std::chrono::day{static_cast<unsigned>(number_in(text, 8, 2))}};
    return is_bookable_date(date) ? std::optional(date) : std::nullopt;
}

std::string text_of(const LocalDate& date) {
    return std::to_string(static_cast<int>(date.year())) + '-' +
           two_digits(static_cast<unsigned>(date.month())) + '-' +
           two_digits(static_cast<unsigned>(date.day()));
}

LocalDate plus_days(const LocalDate& date, int days) {
    return std::chrono::sys_days{date} + std::chrono::days{days};
}

}  // namespace creneau::booking
