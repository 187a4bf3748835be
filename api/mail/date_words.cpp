#include "api/mail/date_words.hpp"

#include <array>
#include <cctype>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace creneau::mail {
namespace {

constexpr std::array<std::string_view, 7> kDaysFr{"dimanche", "lundi",    "mardi", "mercredi",
                                                  "jeudi",    "vendredi", "samedi"};
constexpr std::array<std::string_view, 7> kDaysEn{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                  "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 12> kMonthsFr{
    "janvier", "février", "mars",      "avril",   "mai",      "juin",
    "juillet", "août",    "septembre", "octobre", "novembre", "décembre"};
constexpr std::array<std::string_view, 12> kMonthsEn{
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

/// Does `text` have digits where `shape` has '0', and the same characters elsewhere?
bool has_shape(std::string_view text, std::string_view shape) {
    if (text.size() != shape.size()) {
        return false;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool digit = text[i] >= '0' && text[i] <= '9';
        if (shape[i] == '0' ? !digit : text[i] != shape[i]) {
            return false;
        }
    }
    return true;
}

unsigned number_at(std::string_view text, std::size_t offset, std::size_t length) {
    unsigned value = 0;
    std::from_chars(text.data() + offset, text.data() + offset + length, value);
    return value;
}

std::chrono::year_month_day date_of(const LocalTime& at) {
    return std::chrono::year{at.year} / std::chrono::month{at.month} / std::chrono::day{at.day};
}

}  // namespace

Language language_of(std::string_view locale) {
    return locale == "en" ? Language::en : Language::fr;
}

std::string_view word_of(Language language) {
    return language == Language::en ? "en" : "fr";
}

std::optional<LocalTime> parse_local_date(std::string_view text) {
    if (!has_shape(text, "0000-00-00")) {
        return std::nullopt;
    }
    const LocalTime at{.year = static_cast<int>(number_at(text, 0, 4)),
                       .month = number_at(text, 5, 2),
                       .day = number_at(text, 8, 2)};
    return date_of(at).ok() ? std::optional(at) : std::nullopt;
}

std::optional<LocalTime> parse_local_time(std::string_view text) {
    if (!has_shape(text, "0000-00-00T00:00")) {
        return std::nullopt;
    }
    auto at = parse_local_date(text.substr(0, 10));
    if (!at) {
        return std::nullopt;
    }
    at->hour = number_at(text, 11, 2);
    at->minute = number_at(text, 14, 2);
    return at->hour < 24 && at->minute < 60 ? at : std::nullopt;
}

std::string day_words(const LocalTime& at, Language language) {
    const std::size_t weekday =
        std::chrono::weekday{std::chrono::sys_days{date_of(at)}}.c_encoding();
    const std::size_t month = at.month - 1;
    if (language == Language::en) {
        return fmt::format("{} {} {} {}", kDaysEn.at(weekday), at.day, kMonthsEn.at(month),
                           at.year);
    }
    return fmt::format("{} {}{} {} {}", kDaysFr.at(weekday), at.day, at.day == 1 ? "er" : "",
                       kMonthsFr.at(month), at.year);
}

std::string hour_words(const LocalTime& at, Language language) {
    if (language == Language::en) {
        return fmt::format("{}:{:02}", at.hour, at.minute);
    }
    return at.minute == 0 ? fmt::format("{} h", at.hour)
                          : fmt::format("{} h {:02}", at.hour, at.minute);
}

std::string slot_words(const LocalTime& from, const LocalTime& until, Language language) {
    const std::string first = day_words(from, language);
    const std::string start = hour_words(from, language);
    const std::string end = hour_words(until, language);
    const bool english = language == Language::en;
    if (date_of(from) == date_of(until)) {
        return english ? fmt::format("{} from {} to {}", first, start, end)
                       : fmt::format("{} de {} à {}", first, start, end);
    }
    const std::string last = day_words(until, language);
    return english ? fmt::format("from {} at {} to {} at {}", first, start, last, end)
                   : fmt::format("du {} à {} au {} à {}", first, start, last, end);
}

}  // namespace creneau::mail
