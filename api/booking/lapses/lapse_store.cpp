#include "api/booking/lapses/lapse_store.hpp"

#include "api/booking/booking_types.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <vector>

#include <soci/soci.h>

namespace creneau::booking {

std::vector<BookingId> select_undecided(store::Session& session, TownId town,
                                        std::chrono::sys_seconds now, std::int64_t limit) {
    const std::int64_t town_id = store::raw(town);
    const std::int64_t at = store::unix_seconds(now);
    std::int64_t id = 0;
    soci::statement statement =
        (session.sql().prepare << "SELECT id FROM bookings WHERE town_id = :town"
                                  " AND status = 'pending' AND start_at < :now"
                                  " AND end_at <= :over ORDER BY start_at, id LIMIT :limit",
         soci::use(town_id), soci::use(at), soci::use(at), soci::use(limit), soci::into(id));
    statement.execute();
    std::vector<BookingId> undecided;
    while (statement.fetch()) {
        undecided.push_back(BookingId{id});
    }
    return undecided;
}

}  // namespace creneau::booking
