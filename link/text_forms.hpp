#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::link {

/// Lower-case hexadecimal digits.
[[nodiscard]] std::string to_hex(std::span<const std::uint8_t> bytes);
/// The inverse: exactly 2 × `size` lower-case digits, nothing else.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> from_hex(std::string_view text,
                                                                std::size_t size);

/// Base64 of RFC 4648, section 4, with padding.
[[nodiscard]] std::string to_base64(std::span<const std::uint8_t> bytes);
/// The inverse; nothing for more than `most` bytes or any character out of place.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> from_base64(std::string_view text,
                                                                   std::size_t most);

}  // namespace creneau::link
