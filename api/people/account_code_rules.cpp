#include "api/people/account_code_rules.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace creneau::people {

namespace {

// Crockford's base 32: no I, L, O, U.
constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kLetters = 12;
constexpr std::size_t kGroup = 4;
constexpr std::size_t kDigits = 8;
constexpr std::array kKinds{CodeKind::invitation, CodeKind::password_reset, CodeKind::sign_in};

std::string grouped(const std::string& letters) {
    std::string text;
    for (std::size_t at = 0; at < letters.size(); ++at) {
        text += at > 0 && at % kGroup == 0 ? "-" : "";
        text.push_back(letters[at]);
    }
    return text;
}

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

char plain(char typed) {
    const auto letter = static_cast<char>(std::toupper(static_cast<unsigned char>(typed)));
    return letter == 'O' ? '0' : letter == 'I' || letter == 'L' ? '1' : letter;
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
            return std::chrono::minutes(30);
        case CodeKind::sign_in:
            return std::chrono::minutes(10);
    }
    return {};
}

bool lives(const AccountCode& code, std::chrono::sys_seconds now) {
    return !code.used && now < code.ends_at && code.tries < kMostTries;
}

std::string letters_of(CodeKind kind, std::span<const std::uint8_t> bytes) {
    if (kind == CodeKind::sign_in) {
        return digits_of(bytes);
    }
    std::string letters;
    for (const auto byte : bytes.first(kLetters)) {
        letters.push_back(kAlphabet[byte % kAlphabet.size()]);
    }
    return grouped(letters);
}

std::optional<std::string> typed_letters(CodeKind kind, std::string_view typed) {
    std::string letters;
    for (const char c : typed) {
        if (c != ' ' && c != '-') {
            letters.push_back(plain(c));
        }
    }
    const bool digits = kind == CodeKind::sign_in;
    const auto known = digits ? kAlphabet.substr(0, 10) : kAlphabet;
    if (letters.size() != (digits ? kDigits : kLetters) ||
        letters.find_first_not_of(known) != std::string::npos) {
        return std::nullopt;
    }
    return digits ? letters : grouped(letters);
}

}  // namespace creneau::people
