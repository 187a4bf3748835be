#include "api/people/account_code_rules.hpp"

#include "api/people/account_letters.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace creneau::people {

namespace {

constexpr std::size_t kLetters = 12;
constexpr std::size_t kDigits = 8;
constexpr std::array kKinds{CodeKind::invitation, CodeKind::password_reset, CodeKind::sign_in};

std::string digits_of(std::span<const std::uint8_t> bytes) {
    std::uint64_t number = 0;
    for (const auto byte : bytes.first(8)) {
        number = (number << 8U) | byte;
    }
    std::string digits(kDigits, '0');
    for (std::size_t at = kDigits; at-- > 0; number /= 10) {
        digits[at] = static_cast<char>('0' + number % 10);
    }
    return digits;
}

}  // namespace

std::string_view word_of(CodeKind kind) {
    switch (kind) {
        case CodeKind::invitation:
            return "invitation";
        case CodeKind::password_reset:
            return "password_reset";
        case CodeKind::sign_in:
            return "sign_in";
    }
    return "";
}

std::optional<CodeKind> code_kind_of(std::string_view word) {
    const auto* found =
        std::ranges::find_if(kKinds, [&](const CodeKind kind) { return word_of(kind) == word; });
    return found == kKinds.end() ? std::nullopt : std::optional(*found);
}

std::chrono::seconds lifetime_of(CodeKind kind) {
    switch (kind) {
        case CodeKind::invitation:
            return std::chrono::days(7);
        case CodeKind::password_reset:
            return std::chrono::minutes(10);
        case CodeKind::sign_in:
            return std::chrono::minutes(10);
    }
    return {};
}

bool ends_older(CodeKind kind) {
    return kind == CodeKind::invitation;
}

bool lives(const AccountCode& code, std::chrono::sys_seconds now) {
    return !code.used && now < code.ends_at && code.tries < kMostTries;
}

std::string letters_of(CodeKind kind, std::span<const std::uint8_t> bytes) {
    if (kind == CodeKind::sign_in) {
        return digits_of(bytes);
    }
    return grouped_letters(bytes.first(kLetters));
}

std::optional<std::string> typed_letters(CodeKind kind, std::string_view typed) {
    if (kind != CodeKind::sign_in) {
        return typed_grouped_letters(typed, kLetters);
    }
    auto digits = plain_letters(typed);
    if (digits.size() != kDigits || digits.find_first_not_of("0123456789") != std::string::npos) {
        return std::nullopt;
    }
    return digits;
}

}  // namespace creneau::people
