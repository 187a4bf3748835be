#include "api/estate/known_store.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <vector>

#include <soci/soci.h>

namespace creneau::estate {
namespace {

using soci::into;
using soci::use;

/// As the table's CHECK says: nothing taken lasts longer.
constexpr std::int64_t kLongestTaking = 2'764'800;

}  // namespace

// A stock is emptiest at an instant at which somebody begins to take, or now.
StockUse use_of_stock(store::Session& session, std::int64_t equipment_id, std::int64_t enough,
                      std::chrono::sys_seconds now) {
    const std::int64_t from = now.time_since_epoch().count();
    std::int64_t instant = 0;
    std::int64_t booking = 0;
    std::int64_t quantity = 0;
    soci::statement statement =
        (session.sql().prepare
             << "SELECT i.at, o.booking_id, o.quantity FROM (SELECT DISTINCT CASE"
                " WHEN start_at > :now THEN start_at ELSE CAST(:now_too AS BIGINT) END AS at"
                " FROM equipment_takings WHERE equipment_id = :equipment AND end_at > :from) i"
                " JOIN equipment_takings o ON o.equipment_id = :same AND o.start_at <= i.at"
                " AND o.start_at > i.at - :longest AND o.end_at > i.at ORDER BY i.at, o.booking_id",
         use(from), use(from), use(equipment_id), use(from), use(equipment_id),
         use(kLongestTaking), into(instant), into(booking), into(quantity));
    statement.execute();
    StockUse found;
    std::vector<std::int64_t> together;
    std::int64_t last = 0;
    std::int64_t taken = 0;
    const auto close = [&] {
        found.most = std::max(found.most, taken);
        if (taken > enough) {
            found.bookings.insert(found.bookings.end(), together.begin(), together.end());
        }
        together.clear();
        taken = 0;
    };
    while (statement.fetch()) {
        if (instant != last) {
            close();
            last = instant;
        }
        together.push_back(booking);
        taken += quantity;
    }
    close();
    std::ranges::sort(found.bookings);
    const auto twice = std::ranges::unique(found.bookings);
    found.bookings.erase(twice.begin(), twice.end());
    return found;
}

}  // namespace creneau::estate
