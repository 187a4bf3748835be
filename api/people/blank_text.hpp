#pragma once

#include <string_view>

namespace creneau::people {

/// Whether a UTF-8 text that somebody wrote shows nothing: white space of any kind, characters
/// without width, fillers. Such a text counts as empty.
[[nodiscard]] bool shows_nothing(std::string_view text);

}  // namespace creneau::people
