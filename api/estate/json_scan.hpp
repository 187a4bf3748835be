#pragma once

#include "api/estate/import_error.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace creneau::estate {

inline constexpr std::size_t kLargestFile = std::size_t{4} << 20U;
inline constexpr std::size_t kDeepest = 16;

/// What a JSON parser would not tell: a text that is too large or nested too deeply to be given to
/// one, and members that an object has twice. Makes no tree and never recurses.
std::vector<ImportError> scan_json(std::string_view text);

/// "line L, column C" of a byte, both from 1; columns count characters.
std::string place_of_byte(std::string_view text, std::size_t byte);

/// `pointer` with one more token, escaped by RFC 6901.
std::string below(const std::string& pointer, std::string_view token);

}  // namespace creneau::estate
