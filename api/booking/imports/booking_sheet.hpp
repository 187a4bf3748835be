#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::booking {

/// A row of a spreadsheet, in UTF-8, and its line in the file.
struct SheetRow {
    std::size_t line = 0;
    std::vector<std::string> cells;
};

/// What a line of the spreadsheet asks for. Rooms, associations and layouts are still words.
struct BookingLine {
    std::size_t line = 0;
    std::string reference;  ///< may be empty
    std::string room;
    std::string association;  ///< may be empty
    std::string email;        ///< of who books; may be empty
    std::string start;        ///< local 'YYYY-MM-DDTHH:MM'
    std::string end;
    std::int64_t attendees = 0;
    std::string purpose;
    std::string layout;  ///< may be empty
};

/// What is wrong in a line, in which column (as its head says it), and what would pass; in French,
/// as the sheet is.
struct SheetProblem {
    std::size_t line = 0;
    std::string column;  ///< empty: the whole line
    std::string code;    ///< stable word
    std::string detail;
};

/// A line, or everything that is wrong with it.
using ReadLine = tl::expected<BookingLine, std::vector<SheetProblem>>;

/// The lines after the head. Heads are known by their French words, whatever their capitals and
/// accents: salle, date, début, fin, personnes, objet; at will date de fin, association, courriel,
/// disposition, référence. Dates are 05/12/2026 or 2026-12-05, times 18h30, 18 h or 18:30; an end
/// that is earlier than the start is on the next day. What is wrong with the head is wrong with
/// the sheet.
[[nodiscard]] tl::expected<std::vector<ReadLine>, std::vector<SheetProblem>> read_sheet(
    const std::vector<SheetRow>& rows);

/// Lower case, without accents, punctuation and doubled spaces: for comparing what people typed.
[[nodiscard]] std::string folded(std::string_view text);

}  // namespace creneau::booking
