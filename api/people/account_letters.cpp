#include "api/people/account_letters.hpp"

#include <cctype>
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
constexpr std::size_t kGroup = 4;

std::string grouped(std::string_view letters) {
    std::string text;
    for (std::size_t at = 0; at < letters.size(); ++at) {
        text += at > 0 && at % kGroup == 0 ? "-" : "";
        text.push_back(letters[at]);
    }
    return text;
}

char plain(char typed) {
    const auto letter = static_cast<char>(std::toupper(static_cast<unsigned char>(typed)));
    return letter == 'O' ? '0' : letter == 'I' || letter == 'L' ? '1' : letter;
}

}  // namespace

std::string grouped_letters(std::span<const std::uint8_t> bytes) {
    std::string letters;
    for (const auto byte : bytes) {
        letters.push_back(kAlphabet[byte % kAlphabet.size()]);
    }
    return grouped(letters);
}

std::string plain_letters(std::string_view typed) {
    std::string letters;
    for (const char c : typed) {
        if (c != ' ' && c != '-') {
            letters.push_back(plain(c));
        }
    }
    return letters;
}

std::optional<std::string> typed_grouped_letters(std::string_view typed, std::size_t count) {
    const auto letters = plain_letters(typed);
    if (letters.size() != count || letters.find_first_not_of(kAlphabet) != std::string::npos) {
        return std::nullopt;
    }
    return grouped(letters);
}

}  // namespace creneau::people
