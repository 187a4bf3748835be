#include "api/booking/imports/import_store.hpp"

#include "api/booking/booking_types.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::booking {

namespace {

using soci::into;
using soci::use;
using store::raw;

}  // namespace

std::vector<NamedAssociation> list_associations(store::Session& session, TownId town) {
    const std::int64_t town_id = raw(town);
    std::int64_t id = 0, manager = 0;
    NamedAssociation one;
    soci::statement statement =
        (session.sql().prepare
             << "SELECT a.id, a.key, a.name, COALESCE(p.id, 0) FROM associations a"
                " LEFT JOIN association_managers m ON m.association_id = a.id"
                " LEFT JOIN people p ON p.id = m.person_id AND p.enabled = 1"
                " WHERE a.town_id = :town ORDER BY a.id, m.person_id",
         use(town_id), into(id), into(one.key), into(one.name), into(manager));
    statement.execute();
    std::vector<NamedAssociation> found;
    while (statement.fetch()) {
        one.id = AssociationId{id};
        if (found.empty() || found.back().id != one.id) {
            found.push_back(one);
        }
        if (manager != 0) {
            found.back().managers.push_back(PersonId{manager});
        }
    }
    return found;
}

std::optional<ImportedLine> select_imported(store::Session& session, TownId town,
                                            const std::string& reference) {
    const std::int64_t town_id = raw(town);
    std::int64_t booking = 0;
    ImportedLine line;
    session.sql() << "SELECT reference, content, booking_id FROM imported_bookings"
                     " WHERE town_id = :town AND reference = :reference",
        use(town_id), use(reference), into(line.reference), into(line.content), into(booking);
    if (!session.sql().got_data()) {
        return std::nullopt;
    }
    line.booking = BookingId{booking};
    return line;
}

void insert_imported(store::Session& session, TownId town, const ImportedLine& line,
                     std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t booking = raw(line.booking);
    const std::int64_t at = now.time_since_epoch().count();
    session.sql() << "INSERT INTO imported_bookings (town_id, reference, content, booking_id,"
                     " imported_at) VALUES (:town, :reference, :content, :booking, :at)",
        use(town_id), use(line.reference), use(line.content), use(booking), use(at);
}

}  // namespace creneau::booking
