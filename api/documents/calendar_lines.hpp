#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::documents {

/// One property of an iCalendar file, unfolded (RFC 5545 3.1).
struct CalendarLine {
    std::size_t number = 0;  ///< of its first line in the file, from 1
    std::string name;        ///< in capitals
    std::string value_type;  ///< the VALUE parameter in capitals; empty where there is none
    std::string value;       ///< as written
};

/// The lines of a file: CR LF or LF, with or without a byte order mark, blank lines left out. The
/// number of the first line that is none, is not UTF-8 or holds a control character otherwise.
/// Read by us and not by libical, which forgives what it cannot read and knows no line numbers.
[[nodiscard]] tl::expected<std::vector<CalendarLine>, std::size_t> calendar_lines(
    std::string_view text);

/// A TEXT value without its escapes (RFC 5545 3.3.11); line feeds become spaces.
[[nodiscard]] std::string unescaped_text(std::string_view value);

}  // namespace creneau::documents
