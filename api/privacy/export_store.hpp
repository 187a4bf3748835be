#pragma once

#include "api/people/ids.hpp"
#include "api/privacy/export_types.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::privacy {

/// What an export is made of: "person", "bookings", …
[[nodiscard]] std::vector<std::string> export_tables();

/// Which rows of a table.
struct ExportPage {
    std::string table;
    std::int64_t before = 0;  ///< only ids below; 0: all
    std::int64_t most = 0;
};
/// Its rows about a person.
[[nodiscard]] ExportedTable select_exported(store::Session& session, people::TownId town,
                                            people::PersonId person, const ExportPage& page);

}  // namespace creneau::privacy
