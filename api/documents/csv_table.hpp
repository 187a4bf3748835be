#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::documents {

/// One row of a spreadsheet; a quoted cell may hold line feeds, so that a row takes several lines.
struct CsvRow {
    std::size_t line = 0;            ///< its first one in the file, from 1
    std::vector<std::string> cells;  ///< UTF-8, without blanks around what is not quoted
};

enum class CsvFault : std::uint8_t {
    too_large,   ///< over kLargestCsv bytes, kMostCsvRows rows or kMostCsvCells cells in a row
    not_text,    ///< neither UTF-8 nor Windows-1252, or with control characters
    bad_quotes,  ///< a quote inside a cell that is not quoted, text after one, or one left open
};

struct CsvError {
    CsvFault fault = CsvFault::not_text;
    std::size_t line = 0;  ///< from 1; 0: the whole file
};

inline constexpr std::size_t kLargestCsv = std::size_t{4} * 1024 * 1024;
inline constexpr std::size_t kMostCsvRows = 2001;  ///< the head included
inline constexpr std::size_t kMostCsvCells = 100;

/// Reads what spreadsheet programs save as CSV (RFC 4180): cells parted by `;` or `,`, whichever
/// the first line has more of; UTF-8, with or without a byte order mark, or else Windows-1252.
/// Empty lines are left out.
[[nodiscard]] tl::expected<std::vector<CsvRow>, CsvError> read_csv(std::string_view file);

}  // namespace creneau::documents
