#pragma once

#include "api/booking/papers/paper_types.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace creneau::booking {

// What an uploaded file has to be. Pure, and only headers and names are looked at: nothing is ever
// unpacked or drawn here. What a PDF hides in compressed objects is not seen; that is why a file
// leaves as a download only, and never as a page of ours.

/// Pictures wider or higher than that are refused: whoever opens them unpacks them whole.
inline constexpr std::uint32_t kWidestPicture = 8000;

/// Why a file is not taken. Words are stable.
enum class FileFault : std::uint8_t {
    empty,
    unknown_type,    ///< neither PDF nor PNG nor JPEG, whatever it is called
    other_type,      ///< its content is not what was declared
    truncated,       ///< its end is missing, or its parts do not fit
    too_large,       ///< more pixels a side than kWidestPicture
    active_content,  ///< a PDF that acts: scripts, programs, files inside
    encrypted,       ///< a PDF that asks for a password
};

std::string_view word_of(FileFault fault);

/// What the content says it is, from its first bytes.
[[nodiscard]] std::optional<FileType> sniff(std::string_view bytes);

/// Nothing: the file may be kept as `declared`.
[[nodiscard]] std::optional<FileFault> fault_in(std::string_view bytes, FileType declared);

/// A name to show and to download by: no folders, no control or direction characters, at most 100
/// characters, the ending of its type. What shows nothing becomes "document". `name` is UTF-8.
[[nodiscard]] std::string clean_name(std::string_view name, FileType type);

}  // namespace creneau::booking
