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

void keep_each_once(std::vector<std::int64_t>& ids) {
    std::ranges::sort(ids);
    const auto twice = std::ranges::unique(ids);
    ids.erase(twice.begin(), twice.end());
}

}  // namespace

// A stock is emptiest at an instant at which somebody begins to take, or now.
StockUse use_of_stock(store::Session& session, std::int64_t equipment_id, std::int64_t enough,
                      std::chrono::sys_seconds now) {
    const std::int64_t from = now.time_since_epoch().count();
    std::int64_t instant = 0;
    std::int64_t is_hold = 0;
    std::int64_t source = 0;
    std::int64_t quantity = 0;
    soci::statement statement =
        (session.sql().prepare
             << "SELECT i.at, CASE WHEN o.source_kind = 'hold' THEN 1 ELSE 0 END, o.source_id,"
                " o.quantity FROM (SELECT DISTINCT CASE"
                " WHEN start_at > :now THEN start_at ELSE CAST(:now_too AS BIGINT) END AS at"
                " FROM equipment_takings WHERE equipment_id = :equipment AND end_at > :from"
                " AND (expires_at IS NULL OR expires_at > :living)) i"
                " JOIN equipment_takings o ON o.equipment_id = :same AND o.start_at <= i.at"
                " AND o.start_at > i.at - :longest AND o.end_at > i.at"
                " AND (o.expires_at IS NULL OR o.expires_at > :living_too)"
                " ORDER BY i.at, o.source_id",
         use(from), use(from), use(equipment_id), use(from), use(from), use(equipment_id),
         use(kLongestTaking), use(from), into(instant), into(is_hold), into(source),
         into(quantity));
    statement.execute();
    StockUse found;
    StockUse together;  // at one instant
    std::int64_t last = 0;
    const auto close = [&] {
        found.most = std::max(found.most, together.most);
        if (together.most > enough) {
            found.bookings.insert(found.bookings.end(), together.bookings.begin(),
                                  together.bookings.end());
            found.holds.insert(found.holds.end(), together.holds.begin(), together.holds.end());
        }
        together = {};
    };
    while (statement.fetch()) {
        if (instant != last) {
            close();
            last = instant;
        }
        (is_hold == 1 ? together.holds : together.bookings).push_back(source);
        together.most += quantity;
    }
    close();
    keep_each_once(found.bookings);
    keep_each_once(found.holds);
    return found;
}

}  // namespace creneau::estate
