#include "api/booking/waiting/passed_wait_store.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <vector>

#include <soci/soci.h>

namespace creneau::booking {

std::vector<WaitId> select_passed_waits(store::Session& session, TownId town,
                                        std::chrono::sys_seconds now, std::int64_t limit) {
    const auto town_id = static_cast<std::int64_t>(town);
    const std::int64_t at = now.time_since_epoch().count();
    std::int64_t id = 0;
    soci::statement statement =
        (session.sql().prepare << "SELECT id FROM waits WHERE town_id = :town"
                                  " AND status = 'waiting' AND start_at <= :now"
                                  " ORDER BY start_at, id LIMIT :limit",
         soci::use(town_id), soci::use(at), soci::use(limit), soci::into(id));
    statement.execute();
    std::vector<WaitId> waits;
    while (statement.fetch()) {
        waits.push_back(WaitId{id});
    }
    return waits;
}

}  // namespace creneau::booking
