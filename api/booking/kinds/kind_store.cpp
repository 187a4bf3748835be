#include "api/booking/kinds/kind_store.hpp"

#include "api/booking/booking_types.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <vector>

#include <soci/soci.h>

namespace creneau::booking {

std::vector<BookingKind> select_kinds(store::Session& session, TownId town) {
    const auto town_id = static_cast<std::int64_t>(town);
    BookingKind kind;
    soci::statement statement =
        (session.sql().prepare
             << "SELECT key, name, name_en FROM booking_kinds WHERE town_id = :town ORDER BY key",
         soci::use(town_id), soci::into(kind.key), soci::into(kind.name_fr),
         soci::into(kind.name_en));
    statement.execute();
    std::vector<BookingKind> kinds;
    while (statement.fetch()) {
        kinds.push_back(kind);
    }
    return kinds;
}

}  // namespace creneau::booking
