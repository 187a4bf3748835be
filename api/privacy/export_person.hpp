#pragma once

#include "api/people/ids.hpp"
#include "api/privacy/export_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::privacy {

/// An export answers so many bytes of values at most; what is left follows in further pages.
inline constexpr std::size_t kMostExported = std::size_t{128} * 1024;

/// Whose data, and which part: all tables from the newest row on, or one from a cursor on.
struct ExportOrder {
    people::TownId town{};
    people::PersonId person{};
    std::string table;        ///< empty: all
    std::int64_t before = 0;  ///< the cursor of its last page
};
/// What the town has about somebody. A table that does not fit says where it goes on.
[[nodiscard]] std::vector<ExportedTable> export_person(store::Session& session,
                                                       const ExportOrder& order);
[[nodiscard]] bool is_export_table(std::string_view name);

/// The export as a spreadsheet (RFC 4180): each table with its name, its columns, its rows and an
/// empty line. Cells that a spreadsheet would compute begin with an apostrophe; instants are
/// RFC 3339.
[[nodiscard]] std::string export_csv(const std::vector<ExportedTable>& tables);

/// "2026-12-05T17:30:00Z" from Unix seconds in text.
[[nodiscard]] std::string rfc3339_of(const std::string& unix_seconds);

/// Notes in the security log whose data left, and to whom (person_exported).
struct ExportNote {
    people::TownId town{};
    people::PersonId actor{};
    people::PersonId person{};
    std::chrono::sys_seconds now;
};
void record_export(store::Session& session, const ExportNote& note);

}  // namespace creneau::privacy
