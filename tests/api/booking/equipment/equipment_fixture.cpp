#include "tests/api/booking/equipment/equipment_fixture.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <vector>

#include <soci/soci.h>

namespace creneau::booking {

void add_equipment(store::Session& session) {
    session.execute(
        "INSERT INTO equipment (id, town_id, site_id, key, name, stock) VALUES"
        " (1, 1, NULL, 'chairs', 'Chaises', 10), (2, 1, 1, 'piano', 'Piano', 1),"
        " (3, 1, 2, 'tables', 'Tables', 5), (9, 2, NULL, 'chairs', 'Chaises', 10)");
}

std::int64_t most_oversold(store::Session& session) {
    std::int64_t equipment = 0, stock = 0, start = 0, end = 0, quantity = 0;
    soci::statement rows =
        (session.sql().prepare
             << "SELECT e.id, e.stock, b.start_at - 60 * COALESCE(n.setup_min, 0),"
                " b.end_at + 60 * COALESCE(n.teardown_min, 0), q.quantity"
                " FROM bookings b JOIN rooms r ON r.id = b.room_id"
                " JOIN booking_equipment q ON q.booking_id = b.id"
                " JOIN equipment e ON e.id = q.equipment_id"
                " LEFT JOIN room_rules n ON n.room_id = r.id"
                " WHERE b.status = 'approved' OR (b.status = 'pending' AND r.pending_blocks = 1)"
                " UNION ALL SELECT e.id, e.stock, h.start_at - 60 * COALESCE(n.setup_min, 0),"
                " h.end_at + 60 * COALESCE(n.teardown_min, 0), q.quantity FROM holds h"
                " JOIN hold_equipment q ON q.hold_id = h.id JOIN equipment e"
                " ON e.id = q.equipment_id LEFT JOIN room_rules n ON n.room_id = h.room_id"
                " WHERE h.status = 'held'",
         soci::into(equipment), soci::into(stock), soci::into(start), soci::into(end),
         soci::into(quantity));
    struct Taken {
        std::int64_t start, end, quantity;
    };
    std::map<std::int64_t, std::vector<Taken>> taken;
    std::map<std::int64_t, std::int64_t> stocks;
    rows.execute();
    while (rows.fetch()) {
        taken[equipment].push_back({start, end, quantity});
        stocks[equipment] = stock;
    }
    std::int64_t worst = std::numeric_limits<std::int64_t>::min();
    for (const auto& [id, all] : taken) {
        for (const Taken& at : all) {
            std::int64_t level = 0;
            for (const Taken& one : all) {
                level += one.start <= at.start && at.start < one.end ? one.quantity : 0;
            }
            worst = std::max(worst, level - stocks[id]);
        }
    }
    return worst;
}

}  // namespace creneau::booking
