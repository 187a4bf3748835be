#include "api/estate/estate_types.hpp"
#include "api/estate/import_store.hpp"
#include "api/estate/rules_types.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <set>
#include <string>
#include <utility>

#include <soci/soci.h>

namespace creneau::estate {

using soci::into;
using soci::use;

void EstateWriter::write(const Group& group) {
    long long id = 0;
    session_.sql() << "INSERT INTO booker_groups (town_id, key, name) VALUES (:town, :key, :name) "
                      "ON CONFLICT (town_id, key) DO UPDATE SET name = excluded.name RETURNING id",
        use(town()), use(group.key), use(group.name), into(id);
    known_.groups[group.key] = id;
}

void EstateWriter::write(const Quota& quota) {
    long long id = 0;
    session_.sql() << "INSERT INTO quotas (town_id, key, name, holder, unit, most, period, "
                      "season_month, season_day) VALUES (:town, :key, :name, :holder, :unit, "
                      ":most, :period, :month, :day) "
                      "ON CONFLICT (town_id, key) DO UPDATE SET name = excluded.name, "
                      "holder = excluded.holder, unit = excluded.unit, most = excluded.most, "
                      "period = excluded.period, season_month = excluded.season_month, "
                      "season_day = excluded.season_day RETURNING id",
        use(town()), use(quota.key), use(quota.name), use(quota.holder), use(quota.unit),
        use(quota.most), use(quota.period), use(quota.season_month), use(quota.season_day),
        into(id);
    known_.quotas[quota.key] = id;
    clear("quota_rooms", "quota_id", id);
    for (const auto& room : quota.rooms) {
        session_.sql() << "INSERT INTO quota_rooms (town_id, quota_id, room_id) "
                          "VALUES (:town, :quota, :room)",
            use(town()), use(id), use(known_.rooms.at(room));
    }
}

void EstateWriter::write(const Equipment& equipment) {
    const long long site = equipment.site.empty() ? 0 : known_.sites.at(equipment.site);
    long long id = 0;
    session_.sql() << "INSERT INTO equipment (town_id, site_id, key, name, stock) VALUES (:town, "
                      "NULLIF(CAST(:site AS BIGINT), 0), :key, :name, :stock) "
                      "ON CONFLICT (town_id, key) DO UPDATE SET site_id = excluded.site_id, "
                      "name = excluded.name, stock = excluded.stock RETURNING id",
        use(town()), use(site), use(equipment.key), use(equipment.name), use(equipment.stock),
        into(id);
    known_.equipment[equipment.key] = id;
}

void EstateWriter::write(const BookingKind& kind) {
    long long id = 0;
    session_.sql() << "INSERT INTO booking_kinds (town_id, key, name, name_en) VALUES (:town, :key,"
                      " :name, :name_en) ON CONFLICT (town_id, key) DO UPDATE SET"
                      " name = excluded.name, name_en = excluded.name_en RETURNING id",
        use(town()), use(kind.key), use(kind.name), use(kind.name_en), into(id);
    known_.booking_kinds[kind.key] = id;
}

void EstateWriter::write_rules(const Room& room, std::int64_t id) {
    const RoomRules& rules = room.rules;
    for (const char* list : {"opening_hours", "opening_exceptions", "room_layouts", "room_groups",
                             "room_papers", "room_rules"}) {
        clear(list, "room_id", id);
    }
    if (rules == RoomRules{}) {
        return;
    }
    const int associations = rules.associations_may_book ? 1 : 0;
    const int staff = rules.staff_may_book ? 1 : 0;
    session_.sql()
        << "INSERT INTO room_rules (room_id, town_id, associations_may_book, staff_may_book, "
           "create_least_min, create_most_min, change_least_min, change_most_min, "
           "cancel_least_min, length_least_min, length_most_min, grid_min, setup_min, "
           "teardown_min, residents_until_days, release_min) VALUES (:room, :town, :associations, "
           ":staff, "
           ":create_least, :create_most, :change_least, :change_most, :cancel_least, :shortest, "
           ":longest, :grid, :setup, :teardown, :residents, NULLIF(:release, 0))",
        use(id), use(town()), use(associations), use(staff), use(rules.create_least_min),
        use(rules.create_most_min), use(rules.change_least_min), use(rules.change_most_min),
        use(rules.cancel_least_min), use(rules.length_least_min), use(rules.length_most_min),
        use(rules.grid_min), use(rules.setup_min), use(rules.teardown_min),
        use(rules.residents_until_days), use(rules.release_after_min);
    write_hours(room, id);
    write_papers(room, id);
    for (const Layout& layout : rules.layouts) {
        session_.sql() << "INSERT INTO room_layouts (town_id, room_id, key, name, capacity) "
                          "VALUES (:town, :room, :key, :name, :capacity)",
            use(town()), use(id), use(layout.key), use(layout.name), use(layout.capacity);
    }
    for (const auto& [kind, groups] :
         {std::pair<std::string, const std::set<std::string>&>{"may_book", rules.groups},
          {"residents", rules.residents}}) {
        for (const auto& group : groups) {
            session_.sql() << "INSERT INTO room_groups (town_id, room_id, group_id, kind) "
                              "VALUES (:town, :room, :group, :kind)",
                use(town()), use(id), use(known_.groups.at(group)), use(kind);
        }
    }
}

void EstateWriter::write_papers(const Room& room, std::int64_t id) {
    for (const auto& kind : room.rules.papers) {
        session_.sql() << "INSERT INTO room_papers (town_id, room_id, kind) "
                          "VALUES (:town, :room, :kind)",
            use(town()), use(id), use(kind);
    }
}

void EstateWriter::write_hours(const Room& room, std::int64_t id) {
    for (const DayHours& hours : room.rules.week) {
        const int weekday = std::stoi(hours.day);
        session_.sql() << "INSERT INTO opening_hours "
                          "(town_id, room_id, weekday, from_min, until_min) "
                          "VALUES (:town, :room, :weekday, :from_min, :until_min)",
            use(town()), use(id), use(weekday), use(hours.from_min), use(hours.until_min);
    }
    for (const DayHours& hours : room.rules.exceptions) {
        session_.sql() << "INSERT INTO opening_exceptions "
                          "(town_id, room_id, on_date, from_min, until_min) "
                          "VALUES (:town, :room, :on_date, :from_min, :until_min)",
            use(town()), use(id), use(hours.day), use(hours.from_min), use(hours.until_min);
    }
}

void EstateWriter::write_groups(const char* table, const char* column, std::int64_t id,
                                const std::set<std::string>& groups) {
    clear(table, column, id);
    for (const auto& group : groups) {
        session_.sql() << "INSERT INTO " << table << " (town_id, group_id, " << column
                       << ") VALUES (:town, :group, :member)",
            use(town()), use(known_.groups.at(group)), use(id);
    }
}

}  // namespace creneau::estate
