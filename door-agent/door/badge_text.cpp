#include "door-agent/door/badge_text.hpp"

#include "policy/badge.hpp"

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <system_error>

namespace creneau::door {
namespace {

using policy::Assurance;
using policy::BadgeNumber;

/// Sizes of a UID (ISO/IEC 14443-3): single, double, triple.
constexpr bool is_uid_size(std::size_t bytes) {
    return bytes == 4 || bytes == 7 || bytes == 10;
}

template <class Number>
bool parse(std::string_view text, Number& number, int base) {
    const auto* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number, base);
    return read.ec == std::errc{} && read.ptr == end;
}

/// What a card may answer itself: some technologies count in five bytes.
constexpr bool is_card_size(std::size_t bytes) {
    return is_uid_size(bytes) || bytes == 5;
}

std::optional<BadgeNumber> bytes_in(std::string_view text, bool (*fits)(std::size_t)) {
    const std::size_t bytes = text.size() / 2;
    if (text.size() % 2 != 0 || !fits(bytes)) {
        return std::nullopt;
    }
    std::array<std::uint8_t, policy::kLongestBadgeNumber> number{};
    for (std::size_t i = 0; i < bytes; ++i) {
        if (!parse(text.substr(2 * i, 2), number.at(i), 16)) {
            return std::nullopt;
        }
    }
    return policy::badge_number(std::span{number}.first(bytes), Assurance::low);
}

std::optional<BadgeNumber> decimal_in(std::string_view text, std::size_t bytes) {
    std::uint64_t value = 0;
    const bool fits = parse(text, value, 10) && (bytes >= 8 || value >> (8 * bytes) == 0);
    if (!fits || bytes == 0 || bytes > 8) {
        return std::nullopt;
    }
    std::array<std::uint8_t, 8> number{};
    for (std::size_t i = bytes; i-- > 0; value >>= 8U) {
        number.at(i) = static_cast<std::uint8_t>(value & 0xFFU);
    }
    return policy::badge_number(std::span{number}.first(bytes), Assurance::low);
}

}  // namespace

std::optional<BadgeNumber> badge_in(std::string_view text, const BadgeFormat& format) {
    switch (format.spelling) {
        case BadgeFormat::Spelling::hexadecimal:
            return bytes_in(text, is_uid_size);
        case BadgeFormat::Spelling::card:
            return bytes_in(text, is_card_size);
        case BadgeFormat::Spelling::decimal:
            return decimal_in(text, format.bytes);
    }
    return std::nullopt;
}

}  // namespace creneau::door
