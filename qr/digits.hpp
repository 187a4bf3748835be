#pragma once

#include "qr/pass.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <tl/expected.hpp>

namespace creneau::qr {

inline constexpr std::size_t kDigitCount = 200;

/// Exactly 200 characters '0' to '9', not terminated.
using Digits = std::array<char, kDigitCount>;

/// Why a text is not 83 bytes.
enum class DigitsError : std::uint8_t { wrong_shape, out_of_range };

/// Stable word for logs and explanations, such as "out_of_range".
[[nodiscard]] std::string_view word_for(DigitsError error);

/// The bytes as one big-endian integer, zero-padded to 200 digits. Never allocates.
[[nodiscard]] Digits to_digits(const PassBytes& pass);

/// View of the array, for streams and comparisons.
[[nodiscard]] inline std::string_view view(const Digits& digits) {
    return {digits.data(), digits.size()};
}

/// The inverse. `text` must be exactly 200 digits (wrong_shape) and below 2^664 (out_of_range).
/// Never allocates.
[[nodiscard]] tl::expected<PassBytes, DigitsError> from_digits(std::string_view text);

/// What a reader delivered, without one "]Q1" in front and any CR, LF, TAB behind. The rest is
/// left as it is and is for from_digits to refuse. The result points into `text`.
[[nodiscard]] std::string_view strip_reader_marks(std::string_view text);

/// strip_reader_marks, then from_digits.
[[nodiscard]] tl::expected<PassBytes, DigitsError> from_reader(std::string_view text);

}  // namespace creneau::qr
