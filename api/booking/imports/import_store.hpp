#pragma once

#include "api/booking/booking_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace creneau::booking {

// SQL of imports, each query within one town.

/// An association as a spreadsheet may name it.
struct NamedAssociation {
    AssociationId id{};
    std::string key;
    std::string name;
    std::vector<PersonId> managers;  ///< those who are enabled
};
[[nodiscard]] std::vector<NamedAssociation> list_associations(store::Session& session, TownId town);

/// A line that has become a booking.
struct ImportedLine {
    std::string reference;
    std::string content;  ///< digest of its values
    BookingId booking{};
};
[[nodiscard]] std::optional<ImportedLine> select_imported(store::Session& session, TownId town,
                                                          const std::string& reference);

void insert_imported(store::Session& session, TownId town, const ImportedLine& line,
                     std::chrono::sys_seconds now);

}  // namespace creneau::booking
