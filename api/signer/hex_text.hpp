#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::signer {

/// Lower-case hexadecimal digits of public bytes.
std::string hex_of(std::span<const std::uint8_t> bytes);

/// The inverse; absent on an odd length or any other character than 0-9 a-f.
std::optional<std::vector<std::uint8_t>> bytes_from_hex(std::string_view text);

}  // namespace creneau::signer
