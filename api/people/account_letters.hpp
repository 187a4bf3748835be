#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace creneau::people {

// Secrets that people read and type: groups of four letters of an alphabet without look-alikes
// (Crockford's base 32, five bits a letter): "7K2M-9QXT-B4HD".

/// One letter a byte.
[[nodiscard]] std::string grouped_letters(std::span<const std::uint8_t> bytes);

/// What somebody typed, in upper case and without blanks and hyphens, with O read as 0, I and L as
/// 1.
[[nodiscard]] std::string plain_letters(std::string_view typed);

/// The same in groups; nothing when it is not `count` letters of the alphabet.
[[nodiscard]] std::optional<std::string> typed_grouped_letters(std::string_view typed,
                                                               std::size_t count);

}  // namespace creneau::people
