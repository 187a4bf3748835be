#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace creneau::http {

/// ASCII lower case.
[[nodiscard]] std::string lowered(std::string_view text);
/// Without spaces and tabs at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);
/// Without spaces, tabs and line ends at both ends.
[[nodiscard]] std::string_view trimmed_lines(std::string_view text);
/// Whether it holds control characters other than line feeds.
[[nodiscard]] bool has_control(std::string_view text);
/// Every item of a comma list, trimmed.
[[nodiscard]] std::vector<std::string_view> list_items(std::string_view list);

/// Well-formed UTF-8: no overlong forms, no surrogates, nothing past U+10FFFF.
[[nodiscard]] bool is_utf8(std::string_view text);
/// Code points of well-formed UTF-8.
[[nodiscard]] std::size_t length_of(std::string_view text);

/// Undoes %XX (and '+' in a query); nothing when an escape is broken or the result is no UTF-8 or
/// holds a NUL.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text, bool in_query);
/// "a=1&b=2" into decoded pairs, in order.
[[nodiscard]] std::optional<std::vector<std::pair<std::string, std::string>>> parse_query(
    std::string_view query);

}  // namespace creneau::http
