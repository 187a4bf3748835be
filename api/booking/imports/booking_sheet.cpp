#include "api/booking/imports/booking_sheet.hpp"

#include "api/booking/imports/french_time.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

using Problems = std::vector<SheetProblem>;

enum class Column : std::uint8_t {
    reference,
    room,
    date,
    start,
    end,
    end_date,
    attendees,
    purpose,
    association,
    email,
    layout,
};

struct Head {
    std::string_view words;  // folded
    Column column;
};

constexpr std::array<Head, 24> kHeads{{
    {"reference", Column::reference},
    {"salle", Column::room},
    {"date", Column::date},
    {"date de debut", Column::date},
    {"jour", Column::date},
    {"debut", Column::start},
    {"heure de debut", Column::start},
    {"heure debut", Column::start},
    {"fin", Column::end},
    {"heure de fin", Column::end},
    {"heure fin", Column::end},
    {"date de fin", Column::end_date},
    {"personnes", Column::attendees},
    {"nombre de personnes", Column::attendees},
    {"participants", Column::attendees},
    {"effectif", Column::attendees},
    {"objet", Column::purpose},
    {"motif", Column::purpose},
    {"association", Column::association},
    {"courriel", Column::email},
    {"email", Column::email},
    {"e mail", Column::email},
    {"disposition", Column::layout},
    {"configuration", Column::layout},
}};

constexpr std::array<std::pair<Column, std::string_view>, 6> kNeeded{{
    {Column::room, "salle"},
    {Column::date, "date"},
    {Column::start, "début"},
    {Column::end, "fin"},
    {Column::attendees, "personnes"},
    {Column::purpose, "objet"},
}};

/// Where each column stands, and how its head is written.
struct Place {
    std::size_t index = 0;
    std::string head;
};
using Places = std::map<Column, Place>;

tl::expected<Places, Problems> places_of(const SheetRow& head) {
    Places places;
    Problems problems;
    for (std::size_t index = 0; index < head.cells.size(); ++index) {
        const std::string& written = head.cells[index];
        const auto* known = std::ranges::find(kHeads, folded(written), &Head::words);
        if (known == kHeads.end()) {
            problems.push_back({head.line, written, "unknown_column",
                                "Colonne inconnue : retirez-la, ou nommez-la comme dans la "
                                "documentation (salle, date, début, fin, personnes, objet, …)."});
        } else if (!places.try_emplace(known->column, Place{index, written}).second) {
            problems.push_back(
                {head.line, written, "doubled_column", "Cette colonne figure deux fois."});
        }
    }
    for (const auto& [column, name] : kNeeded) {
        if (!places.contains(column)) {
            problems.push_back({head.line, std::string(name), "missing_column",
                                "Cette colonne manque dans la première ligne."});
        }
    }
    if (!problems.empty()) {
        return tl::unexpected(std::move(problems));
    }
    return places;
}

/// Takes the cells of a row and remembers what is wrong with them.
class LineReader {
  public:
    LineReader(const SheetRow& row, const Places& places) : row_(row), places_(places) {
        if (row.cells.size() > places.size()) {
            refuse({}, "too_many_cells",
                   "Cette ligne a plus de cellules que la première : un texte qui contient le "
                   "séparateur se met entre guillemets.");
        }
    }

    std::string text(Column column) const {
        const auto place = places_.find(column);
        return place == places_.end() || place->second.index >= row_.cells.size()
                   ? std::string()
                   : row_.cells[place->second.index];
    }

    std::string needed(Column column) {
        std::string found = text(column);
        if (found.empty()) {
            refuse(column, "required", "Cette cellule est vide.");
        }
        return found;
    }

    std::optional<std::string> date(Column column) {
        const std::string written = needed(column);
        auto found = date_of(written);
        if (!found && !written.empty()) {
            refuse(column, "bad_date",
                   "« " + written + " » : attendu jj/mm/aaaa, comme 05/12/2026.");
        }
        return found;
    }

    std::optional<std::string> time(Column column) {
        const std::string written = needed(column);
        auto found = time_of(written);
        if (!found && !written.empty()) {
            refuse(column, "bad_time", "« " + written + " » : attendu 18h30 ou 18:30.");
        }
        return found;
    }

    std::int64_t number(Column column) {
        const std::string written = needed(column);
        std::int64_t value = 0;
        const char* end = written.data() + written.size();
        const auto read = std::from_chars(written.data(), end, value);
        if (!written.empty() && (read.ec != std::errc{} || read.ptr != end)) {
            refuse(column, "bad_number", "« " + written + " » : attendu un nombre entier.");
        }
        return value;
    }

    Problems problems;

  private:
    void refuse(std::optional<Column> column, std::string code, std::string detail) {
        problems.push_back({row_.line, column ? places_.at(*column).head : std::string(),
                            std::move(code), std::move(detail)});
    }

    const SheetRow& row_;
    const Places& places_;
};

ReadLine read_line(const SheetRow& row, const Places& places) {
    LineReader reader(row, places);
    BookingLine line;
    line.line = row.line;
    line.reference = reader.text(Column::reference);
    line.room = reader.needed(Column::room);
    line.association = reader.text(Column::association);
    line.email = reader.text(Column::email);
    line.layout = reader.text(Column::layout);
    const auto date = reader.date(Column::date);
    const auto start = reader.time(Column::start);
    const auto end = reader.time(Column::end);
    const auto end_date =
        reader.text(Column::end_date).empty() ? date : reader.date(Column::end_date);
    line.attendees = reader.number(Column::attendees);
    line.purpose = reader.needed(Column::purpose);
    if (!reader.problems.empty() || !date || !start || !end || !end_date) {
        return tl::unexpected(std::move(reader.problems));
    }
    const bool says_end_date = !reader.text(Column::end_date).empty();
    line.start = *date + 'T' + *start;
    line.end = (says_end_date || *end >= *start ? *end_date : day_after(*date)) + 'T' + *end;
    return line;
}

/// Takes the first character away; answers its plain lower-case letters, or a space.
std::string take_plain(std::string_view& text) {
    // The letters from U+00C0 on without their accents; a space: no letter.
    constexpr std::string_view kPlain =
        "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty";
    const auto byte = static_cast<unsigned char>(text[0]);
    const auto next = text.size() > 1 ? static_cast<unsigned char>(text[1]) : 0U;
    text.remove_prefix(1);
    if (byte == 0xC3 && next >= 0x80 && next <= 0xBF) {
        text.remove_prefix(1);
        return {kPlain.at(next - 0x80U)};
    }
    if (byte == 0xC5 && (next == 0x92 || next == 0x93)) {
        text.remove_prefix(1);
        return "oe";
    }
    if (byte >= 'A' && byte <= 'Z') {
        return {static_cast<char>(byte - 'A' + 'a')};
    }
    const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
    return {plain ? static_cast<char>(byte) : ' '};
}

}  // namespace

tl::expected<std::vector<ReadLine>, Problems> read_sheet(const std::vector<SheetRow>& rows) {
    if (rows.empty()) {
        return tl::unexpected(Problems{{1,
                                        {},
                                        "empty_sheet",
                                        "Le fichier est vide : la première ligne nomme les "
                                        "colonnes."}});
    }
    const auto places = places_of(rows.front());
    if (!places) {
        return tl::unexpected(places.error());
    }
    std::vector<ReadLine> lines;
    for (auto row = rows.begin() + 1; row != rows.end(); ++row) {
        lines.push_back(read_line(*row, *places));
    }
    return lines;
}

std::string folded(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        for (const char c : take_plain(text)) {
            if (c != ' ' || (!result.empty() && result.back() != ' ')) {
                result.push_back(c);
            }
        }
    }
    while (result.ends_with(' ')) {
        result.pop_back();
    }
    return result;
}

}  // namespace creneau::booking
