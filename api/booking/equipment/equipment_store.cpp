#include "api/booking/equipment/equipment_store.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/buffer_rules.hpp"
#include "api/booking/equipment/equipment_types.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <soci/soci.h>

namespace creneau::booking {

namespace {

using soci::into;
using soci::use;
using store::instant;
using store::raw;
using store::unix_seconds;

/// As the table's CHECK says: nothing taken lasts longer.
constexpr std::chrono::days kLongestTaking{32};

std::vector<Equipment> equipment_where(store::Session& session, const std::string& condition,
                                       const std::vector<std::int64_t>& numbers) {
    Equipment one;
    std::int64_t id = 0;
    std::int64_t site = 0;
    soci::statement statement(session.sql());
    statement.exchange(into(id));
    statement.exchange(into(site));
    statement.exchange(into(one.key));
    statement.exchange(into(one.name));
    statement.exchange(into(one.stock));
    for (const std::int64_t& number : numbers) {
        statement.exchange(use(number));
    }
    statement.alloc();
    statement.prepare(
        "SELECT e.id, COALESCE(e.site_id, 0), e.key, e.name, e.stock FROM equipment e"
        " WHERE e.town_id = :town" +
        condition + " ORDER BY e.name, e.id");
    statement.define_and_bind();
    statement.execute();
    std::vector<Equipment> all;
    while (statement.fetch()) {
        one.id = EquipmentId{id};
        one.site = site == 0 ? std::nullopt : std::optional(SiteId{site});
        all.push_back(one);
    }
    return all;
}

struct Row {
    std::string kind;  ///< as tables and columns are named after it
    std::int64_t id = 0;
};

Row row_of(const OrderOwner& owner) {
    struct Words {
        Row operator()(BookingId id) const { return {"booking", raw(id)}; }
        Row operator()(HoldId id) const { return {"hold", raw(id)}; }
        Row operator()(WaitId id) const { return {"wait", raw(id)}; }
    };
    return std::visit(Words{}, owner);
}

}  // namespace

std::vector<Equipment> list_equipment(store::Session& session, TownId town,
                                      std::optional<SiteId> site) {
    if (site) {
        return equipment_where(session, " AND (e.site_id = :site OR e.site_id IS NULL)",
                               {raw(town), raw(*site)});
    }
    return equipment_where(session, "", {raw(town)});
}

std::optional<Equipment> find_equipment(store::Session& session, TownId town,
                                        EquipmentId equipment) {
    auto all = equipment_where(session, " AND e.id = :id", {raw(town), raw(equipment)});
    return all.empty() ? std::nullopt : std::optional(std::move(all.front()));
}

std::vector<Taking> takings_of(store::Session& session, TownId town, const TakingsQuery& query) {
    const std::int64_t town_id = raw(town);
    const std::int64_t equipment = raw(query.equipment);
    const std::int64_t own = raw(query.but_for);
    const std::int64_t present_time = unix_seconds(query.now);
    const std::int64_t first = unix_seconds(query.during.start - kLongestTaking);
    const std::int64_t from = unix_seconds(query.during.start);
    const std::int64_t to = unix_seconds(query.during.end);
    std::int64_t start = 0;
    std::int64_t end = 0;
    std::int64_t quantity = 0;
    soci::statement statement =
        (session.sql().prepare << "SELECT start_at, end_at, quantity FROM equipment_takings"
                                  " WHERE equipment_id = :equipment AND start_at > :first"
                                  " AND start_at < :to AND end_at > :from"
                                  " AND NOT (source_kind = 'booking' AND source_id = :own)"
                                  " AND (expires_at IS NULL OR expires_at > :now)"
                                  " AND town_id = :town"
                                  " ORDER BY start_at, source_kind, source_id",
         use(equipment), use(first), use(to), use(from), use(own), use(present_time), use(town_id),
         into(start), into(end), into(quantity));
    statement.execute();
    std::vector<Taking> takings;
    while (statement.fetch()) {
        takings.push_back({{instant(start), instant(end)}, quantity});
    }
    return takings;
}

std::optional<Buffers> kept_buffers(store::Session& session, TownId town, BookingId booking,
                                    const Interval& slot) {
    const std::int64_t town_id = raw(town);
    const std::int64_t booking_id = raw(booking);
    std::int64_t start = 0;
    std::int64_t end = 0;
    session.sql() << "SELECT COALESCE(MIN(start_at), 0), COALESCE(MAX(end_at), 0)"
                     " FROM equipment_takings WHERE town_id = :town"
                     " AND source_kind = 'booking' AND source_id = :booking",
        use(town_id), use(booking_id), into(start), into(end);
    if (end == 0) {
        return std::nullopt;
    }
    return Buffers{std::chrono::duration_cast<std::chrono::minutes>(slot.start - instant(start)),
                   std::chrono::duration_cast<std::chrono::minutes>(instant(end) - slot.end)};
}

std::vector<EquipmentOrder> orders_of(store::Session& session, TownId town,
                                      const OrderOwner& owner) {
    const Row row = row_of(owner);
    const std::int64_t town_id = raw(town);
    std::int64_t id = 0;
    std::int64_t quantity = 0;
    soci::statement statement =
        (session.sql().prepare << "SELECT equipment_id, quantity FROM " << row.kind
                               << "_equipment WHERE town_id = :town AND " << row.kind
                               << "_id = :owner ORDER BY equipment_id",
         use(town_id), use(row.id), into(id), into(quantity));
    statement.execute();
    std::vector<EquipmentOrder> orders;
    while (statement.fetch()) {
        orders.push_back({EquipmentId{id}, quantity});
    }
    return orders;
}

void set_orders(store::Session& session, TownId town, const OrderOwner& owner,
                const std::vector<EquipmentOrder>& orders) {
    const Row row = row_of(owner);
    const std::int64_t town_id = raw(town);
    session.sql() << "DELETE FROM " << row.kind << "_equipment WHERE town_id = :town AND "
                  << row.kind << "_id = :owner",
        use(town_id), use(row.id);
    for (const EquipmentOrder& order : orders) {
        const std::int64_t equipment = raw(order.id);
        session.sql() << "INSERT INTO " << row.kind << "_equipment (town_id, " << row.kind
                      << "_id, equipment_id, quantity)"
                         " VALUES (:town, :owner, :equipment, :quantity)",
            use(town_id), use(row.id), use(equipment), use(order.quantity);
    }
}

std::vector<EquipmentLine> equipment_lines(store::Session& session, TownId town,
                                           const OrderOwner& owner) {
    const Row row = row_of(owner);
    const std::int64_t town_id = raw(town);
    std::int64_t id = 0;
    std::int64_t site = 0;
    EquipmentLine line;
    soci::statement statement =
        (session.sql().prepare << "SELECT q.equipment_id, q.quantity, e.name,"
                                  " COALESCE(e.site_id, 0) FROM "
                               << row.kind
                               << "_equipment q JOIN equipment e ON e.id = q.equipment_id"
                                  " WHERE q.town_id = :town AND q."
                               << row.kind << "_id = :owner ORDER BY e.name, e.id",
         use(town_id), use(row.id), into(id), into(line.order.quantity), into(line.name),
         into(site));
    statement.execute();
    std::vector<EquipmentLine> lines;
    while (statement.fetch()) {
        line.order.id = EquipmentId{id};
        line.is_movable = site == 0;
        lines.push_back(line);
    }
    return lines;
}

void take_equipment(store::Session& session, TownId town, const OrderOwner& owner,
                    const Interval& during, std::optional<std::chrono::sys_seconds> expires_at) {
    const Row row = row_of(owner);
    const std::int64_t town_id = raw(town);
    const std::int64_t start = unix_seconds(during.start);
    const std::int64_t end = unix_seconds(during.end);
    const std::int64_t expires = expires_at ? unix_seconds(*expires_at) : 0;
    session.sql() << "INSERT INTO equipment_takings (equipment_id, start_at, source_kind,"
                     " source_id, end_at, quantity, town_id, expires_at)"
                     " SELECT q.equipment_id, CAST(:start AS BIGINT), '"
                  << row.kind << "', q." << row.kind
                  << "_id, CAST(:end AS BIGINT), q.quantity, q.town_id,"
                     " NULLIF(CAST(:expires AS BIGINT), 0) FROM "
                  << row.kind << "_equipment q WHERE q." << row.kind
                  << "_id = :owner AND q.town_id = :town",
        use(start), use(end), use(expires), use(row.id), use(town_id);
}

void give_equipment_back(store::Session& session, TownId town, const OrderOwner& owner) {
    const Row row = row_of(owner);
    const std::int64_t town_id = raw(town);
    session.sql() << "DELETE FROM equipment_takings WHERE source_kind = :kind"
                     " AND source_id = :source AND town_id = :town",
        use(row.kind), use(row.id), use(town_id);
}

}  // namespace creneau::booking
