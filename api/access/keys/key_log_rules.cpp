#include "api/access/keys/key_log_rules.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace creneau::access {

namespace {

constexpr std::array<std::string_view, 3> kSteps{"key_import", "key_retire", "key_withdraw"};
constexpr std::size_t kWords = 5;
constexpr std::size_t kLongestState = 24;
constexpr std::size_t kLongestGround = 64;  // as the audit keeps one

using Words = std::array<std::string_view, kWords>;

/// Exactly so many, a space between each two.
std::optional<Words> words_of(std::string_view line) {
    Words words;
    for (std::size_t at = 0; at < kWords; ++at) {
        const auto space = line.find(' ');
        if (space == 0 || line.empty() || (space == std::string_view::npos) != (at + 1 == kWords)) {
            return std::nullopt;
        }
        words[at] = line.substr(0, space);
        line.remove_prefix(at + 1 == kWords ? line.size() : space + 1);
    }
    return words;
}

/// "key=3" after "key=".
std::optional<std::int64_t> number_after(std::string_view name, std::string_view word) {
    if (!word.starts_with(name)) {
        return std::nullopt;
    }
    word.remove_prefix(name.size());
    std::int64_t number = 0;
    const auto [end, fault] = std::from_chars(word.begin(), word.end(), number);
    const bool whole = fault == std::errc() && end == word.end() && number >= 0;
    return whole ? std::optional(number) : std::nullopt;
}

bool is_state(std::string_view word) {
    return word.size() <= kLongestState && std::ranges::all_of(word, [](char one) {
               return one == '_' || (one >= 'a' && one <= 'z');
           });
}

/// "2026-11-23T10:15:00Z" as "20261123t101500z"; empty where it is no such text.
std::string short_instant(std::string_view text) {
    constexpr std::string_view kForm = "0000-00-00T00:00:00Z";
    if (text.size() != kForm.size()) {
        return "";
    }
    std::string told;
    for (std::size_t at = 0; at < kForm.size(); ++at) {
        const bool is_digit = text[at] >= '0' && text[at] <= '9';
        if (kForm[at] == '0' ? !is_digit : text[at] != kForm[at]) {
            return "";
        }
        if (is_digit) {
            told += text[at];
        } else if (text[at] == 'T' || text[at] == 'Z') {
            told += text[at] == 'T' ? 't' : 'z';
        }
    }
    return told;
}

}  // namespace

std::optional<KeyLogLine> read_key_log_line(std::string_view line) {
    const auto words = words_of(line);
    if (!words) {
        return std::nullopt;
    }
    const auto& [when, step, key_word, confirmation_word, state] = *words;
    const auto key = number_after("key=", key_word);
    const auto confirmation = number_after("confirmation=", confirmation_word);
    const auto instant = short_instant(when);
    if (std::ranges::find(kSteps, step) == kSteps.end() || !key || !confirmation ||
        instant.empty() || !is_state(state)) {
        return std::nullopt;
    }
    KeyLogLine read{std::string(step), *key, std::string(state)};
    if (*confirmation != 0) {
        read.ground.append(".confirmation:").append(std::to_string(*confirmation));
    }
    read.ground.append(1, '.').append(instant);
    return read.ground.size() <= kLongestGround ? std::optional(read) : std::nullopt;
}

}  // namespace creneau::access
