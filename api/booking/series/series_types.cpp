#include "api/booking/series/series_types.hpp"

#include "api/booking/series/recurrence.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace creneau::booking {

namespace {

// In the order of std::variant's alternatives.
constexpr std::array<std::string_view, std::variant_size_v<Pattern>> kPatternWords{
    "daily", "weekly", "monthly", "monthly_weekday", "yearly", "dates"};

// In the order of ISO 8601, Monday first.
constexpr std::array<std::string_view, 7> kWeekdayWords{
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};

constexpr std::array<std::pair<std::string_view, bool Skips::*>, 3> kSkipWords{
    {{"public_holidays", &Skips::public_holidays},
     {"school_holidays", &Skips::school_holidays},
     {"closures", &Skips::closures}}};

struct IntervalOf {
    int operator()(const ListedDates& /*dates*/) const { return 1; }
    template <class Rule>
    int operator()(const Rule& rule) const {
        return rule.interval;
    }
};

}  // namespace

std::string_view word_of(ConflictPolicy policy) {
    switch (policy) {
        case ConflictPolicy::fail:
            return "fail";
        case ConflictPolicy::skip:
            return "skip";
        case ConflictPolicy::replace:
            return "replace";
    }
    std::abort();
}

std::optional<ConflictPolicy> policy_of(std::string_view word) {
    for (const auto policy :
         {ConflictPolicy::fail, ConflictPolicy::skip, ConflictPolicy::replace}) {
        if (word_of(policy) == word) {
            return policy;
        }
    }
    return std::nullopt;
}

std::string_view word_of(const Pattern& pattern) {
    return kPatternWords.at(pattern.index());
}

std::vector<std::string_view> words_of(const Skips& skips) {
    std::vector<std::string_view> words;
    for (const auto& [word, member] : kSkipWords) {
        if (skips.*member) {
            words.push_back(word);
        }
    }
    return words;
}

bool add_skip(Skips& skips, std::string_view word) {
    for (const auto& [known, member] : kSkipWords) {
        if (known == word) {
            skips.*member = true;
            return true;
        }
    }
    return false;
}

PatternParts parts_of(const Pattern& pattern) {
    PatternParts parts;
    parts.word = word_of(pattern);
    parts.interval = std::visit(IntervalOf{}, pattern);
    if (const auto* weekly = std::get_if<Weekly>(&pattern)) {
        parts.weekdays = weekly->days;
    } else if (const auto* monthly = std::get_if<MonthlyByWeekday>(&pattern)) {
        parts.weekdays = {monthly->day};
        parts.nth = monthly->nth;
    }
    return parts;
}

std::optional<Pattern> pattern_of(const PatternParts& parts) {
    if (parts.word == "daily") {
        return Daily{parts.interval};
    }
    if (parts.word == "weekly") {
        return Weekly{parts.interval, parts.weekdays};
    }
    if (parts.word == "monthly") {
        return MonthlyByDate{parts.interval};
    }
    if (parts.word == "monthly_weekday" && parts.weekdays.size() == 1) {
        return MonthlyByWeekday{parts.interval, parts.nth, parts.weekdays.front()};
    }
    if (parts.word == "yearly") {
        return Yearly{parts.interval};
    }
    if (parts.word == "dates") {
        return ListedDates{};
    }
    return std::nullopt;
}

std::string_view word_of(std::chrono::weekday day) {
    return kWeekdayWords.at(day.iso_encoding() - 1);
}

std::optional<std::chrono::weekday> weekday_of(std::string_view word) {
    const auto* found = std::ranges::find(kWeekdayWords, word);
    if (found == kWeekdayWords.end()) {
        return std::nullopt;
    }
    // 7 is Sunday for std::chrono too, as 0 is.
    return std::chrono::weekday(static_cast<unsigned>(found - kWeekdayWords.begin()) + 1);
}

}  // namespace creneau::booking
