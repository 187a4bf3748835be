#include "api/estate/field_rules.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include <cctz/time_zone.h>

namespace creneau::estate {
namespace {

constexpr std::size_t kLongestKey = 63;
constexpr std::size_t kLongestEmail = 254;

bool is_small(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
}

bool is_label(std::string_view label) {
    return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
           std::all_of(label.begin(), label.end(),
                       [](char letter) { return is_small(letter) || letter == '-'; });
}

bool is_domain(std::string_view domain) {
    std::size_t labels = 0;
    while (true) {
        const auto dot = domain.find('.');
        if (!is_label(domain.substr(0, dot))) {
            return false;
        }
        ++labels;
        if (dot == std::string_view::npos) {
            return labels >= 2;
        }
        domain.remove_prefix(dot + 1);
    }
}

int digits(std::string_view text) {
    int number = -1;
    const auto* const end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
    return parsed.ec == std::errc{} && parsed.ptr == end ? number : -1;
}

}  // namespace

bool is_key(std::string_view text) {
    return !text.empty() && text.size() <= kLongestKey && text.front() != '-' &&
           std::all_of(text.begin(), text.end(),
                       [](char letter) { return is_small(letter) || letter == '-'; });
}

bool has_letters(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") != std::string_view::npos;
}

bool is_plain_text(std::string_view text) {
    return text.size() <= kLongestText && std::none_of(text.begin(), text.end(), [](char letter) {
               const auto byte = static_cast<unsigned char>(letter);
               return byte < 0x20U || byte == 0x7FU;
           });
}

bool is_email(std::string_view text) {
    const auto at = text.find('@');
    if (at == std::string_view::npos || at == 0 || at > 64 || text.size() > kLongestEmail) {
        return false;
    }
    const auto local = text.substr(0, at);
    const bool plain = std::all_of(local.begin(), local.end(), [](char letter) {
        constexpr std::string_view kMarks = ".!#$%&'*+/=?^_`{|}~-";
        return is_small(letter) || kMarks.find(letter) != std::string_view::npos;
    });
    return plain && local.front() != '.' && local.back() != '.' &&
           local.find("..") == std::string_view::npos && is_domain(text.substr(at + 1));
}

bool is_time_zone(const std::string& name) {
    // cctz would also take a path of a file and its own "Fixed/..." names.
    if (name != "UTC" && (name.find('/') == std::string::npos || name.front() == '/' ||
                          name.find("..") != std::string::npos || name.starts_with("Fixed/"))) {
        return false;
    }
    cctz::time_zone zone;
    return cctz::load_time_zone(name, &zone);
}

bool is_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
        return false;
    }
    const int year = digits(text.substr(0, 4));
    const int month = digits(text.substr(5, 2));
    const int day = digits(text.substr(8, 2));
    if (year < 2000 || year > 2099 || month < 1 || day < 1) {
        return false;
    }
    return std::chrono::year_month_day{std::chrono::year(year),
                                       std::chrono::month(static_cast<unsigned>(month)),
                                       std::chrono::day(static_cast<unsigned>(day))}
        .ok();
}

std::optional<std::int64_t> minutes_of_clock(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') {
        return std::nullopt;
    }
    const int hour = digits(text.substr(0, 2));
    const int minute = digits(text.substr(3, 2));
    const int minutes = 60 * hour + minute;
    if (hour < 0 || minute < 0 || minute > 59 || minutes > 24 * 60) {
        return std::nullopt;
    }
    return minutes;
}

std::string lower_case(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return text;
}

std::string joined(std::initializer_list<std::string_view> words) {
    std::string list;
    for (const auto word : words) {
        list += (list.empty() ? "" : ", ") + std::string(word);
    }
    return list;
}

}  // namespace creneau::estate
