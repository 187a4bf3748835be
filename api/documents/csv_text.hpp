#pragma once

#include <string>
#include <string_view>

namespace creneau::documents {

/// A cell of a file for spreadsheets (RFC 4180): quoted where it must be, be it parted by commas or
/// semicolons, and never a formula: what a spreadsheet would compute begins with an apostrophe.
[[nodiscard]] std::string csv_cell(std::string_view value);

}  // namespace creneau::documents
