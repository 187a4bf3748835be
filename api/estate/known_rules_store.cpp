#include "api/estate/estate_types.hpp"
#include "api/estate/known_store.hpp"
#include "api/estate/rules_types.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::estate {
namespace {

using soci::into;
using soci::use;

/// Reads the rules of one town beside what is known of it.
class RulesLoader {
  public:
    RulesLoader(soci::session& sql, Known& known)
        : sql_(sql),
          known_(known),
          estate_(known.estate),
          town_(store::present(known.town_id, "town")) {}

    void load() {
        groups();
        members();
        numbers();
        hours("opening_hours", "CAST(h.weekday AS TEXT)", &RoomRules::week);
        hours("opening_exceptions", "h.on_date", &RoomRules::exceptions);
        layouts();
        room_groups();
        papers();
        quotas();
        equipment();
        booking_kinds();
    }

  private:
    /// Runs a query about the town and calls `row` after each row has landed in `columns`.
    template <class Row, class... Columns>
    void each_row(const std::string& query, Row row, Columns&... columns) {
        soci::statement statement(sql_);
        statement.exchange(use(town_));
        (statement.exchange(into(columns)), ...);
        statement.alloc();
        statement.prepare(query);
        statement.define_and_bind();
        for (bool more = statement.execute(true); more; more = statement.fetch()) {
            row();
        }
    }

    RoomRules& rules() { return estate_.rooms.at(key_).value.rules; }

    void groups() {
        Group group;
        each_row(
            "SELECT id, key, name FROM booker_groups WHERE town_id = :town",
            [&] {
                known_.groups[group.key] = id_;
                estate_.groups.emplace(group.key,
                                       Entry<Group>{group, "(database)/groups/" + group.key});
            },
            id_, group.key, group.name);
    }

    void members() {
        each_row(
            "SELECT a.key, g.key FROM association_groups m "
            "JOIN associations a ON a.id = m.association_id "
            "JOIN booker_groups g ON g.id = m.group_id WHERE m.town_id = :town",
            [&] { estate_.associations.at(key_).value.groups.insert(item_); }, key_, item_);
        each_row(
            "SELECT p.key, g.key FROM person_groups m JOIN people p ON p.id = m.person_id "
            "JOIN booker_groups g ON g.id = m.group_id WHERE m.town_id = :town",
            [&] { estate_.people.at(key_).value.groups.insert(item_); }, key_, item_);
    }

    void numbers() {
        RoomRules read;
        int associations = 1;
        int staff = 0;
        each_row(
            "SELECT r.key, n.associations_may_book, n.staff_may_book, n.create_least_min, "
            "n.create_most_min, n.change_least_min, n.change_most_min, n.cancel_least_min, "
            "n.length_least_min, n.length_most_min, n.grid_min, n.setup_min, n.teardown_min, "
            "n.residents_until_days, COALESCE(n.release_min, 0) FROM room_rules n JOIN rooms r ON "
            "r.id = n.room_id "
            "WHERE n.town_id = :town",
            [&] {
                read.associations_may_book = associations == 1;
                read.staff_may_book = staff == 1;
                rules() = read;
            },
            key_, associations, staff, read.create_least_min, read.create_most_min,
            read.change_least_min, read.change_most_min, read.cancel_least_min,
            read.length_least_min, read.length_most_min, read.grid_min, read.setup_min,
            read.teardown_min, read.residents_until_days, read.release_after_min);
    }

    void hours(const std::string& table, const std::string& day,
               std::vector<DayHours> RoomRules::* list) {
        DayHours hours;
        each_row(
            "SELECT r.key, " + day + ", h.from_min, h.until_min FROM " + table +
                " h JOIN rooms r ON r.id = h.room_id WHERE h.town_id = :town ORDER BY 1, 2, 3",
            [&] { (rules().*list).push_back(hours); }, key_, hours.day, hours.from_min,
            hours.until_min);
    }

    void layouts() {
        Layout layout;
        each_row(
            "SELECT r.key, l.key, l.name, l.capacity FROM room_layouts l "
            "JOIN rooms r ON r.id = l.room_id WHERE l.town_id = :town",
            [&] { rules().layouts.push_back(layout); }, key_, layout.key, layout.name,
            layout.capacity);
        for (auto& [key, entry] : estate_.rooms) {
            std::ranges::sort(entry.value.rules.layouts);  // an engine may order otherwise
        }
    }

    void room_groups() {
        std::string kind;
        each_row(
            "SELECT r.key, g.key, m.kind FROM room_groups m JOIN rooms r ON r.id = m.room_id "
            "JOIN booker_groups g ON g.id = m.group_id WHERE m.town_id = :town",
            [&] { (kind == "residents" ? rules().residents : rules().groups).insert(item_); }, key_,
            item_, kind);
    }

    void papers() {
        each_row(
            "SELECT r.key, p.kind FROM room_papers p JOIN rooms r ON r.id = p.room_id "
            "WHERE p.town_id = :town",
            [&] { rules().papers.insert(item_); }, key_, item_);
    }

    void quotas() {
        Quota quota;
        each_row(
            "SELECT id, key, name, holder, unit, most, period, season_month, season_day "
            "FROM quotas WHERE town_id = :town",
            [&] {
                known_.quotas[quota.key] = id_;
                estate_.quotas.emplace(quota.key,
                                       Entry<Quota>{quota, "(database)/quotas/" + quota.key});
            },
            id_, quota.key, quota.name, quota.holder, quota.unit, quota.most, quota.period,
            quota.season_month, quota.season_day);
        each_row(
            "SELECT q.key, r.key FROM quota_rooms m JOIN quotas q ON q.id = m.quota_id "
            "JOIN rooms r ON r.id = m.room_id WHERE m.town_id = :town",
            [&] { estate_.quotas.at(key_).value.rooms.insert(item_); }, key_, item_);
    }

    void equipment() {
        Equipment one;
        each_row(
            "SELECT e.id, e.key, COALESCE(s.key, ''), e.name, e.stock FROM equipment e "
            "LEFT JOIN sites s ON s.id = e.site_id WHERE e.town_id = :town",
            [&] {
                known_.equipment[one.key] = id_;
                estate_.equipment.emplace(one.key,
                                          Entry<Equipment>{one, "(database)/equipment/" + one.key});
            },
            id_, one.key, one.site, one.name, one.stock);
    }

    void booking_kinds() {
        BookingKind kind;
        each_row(
            "SELECT id, key, name, name_en FROM booking_kinds WHERE town_id = :town",
            [&] {
                known_.booking_kinds[kind.key] = id_;
                estate_.booking_kinds.emplace(
                    kind.key, Entry<BookingKind>{kind, "(database)/booking_kinds/" + kind.key});
            },
            id_, kind.key, kind.name, kind.name_en);
    }

    soci::session& sql_;
    Known& known_;
    Estate& estate_;
    std::int64_t town_;
    std::int64_t id_ = 0;
    std::string key_;
    std::string item_;
};

}  // namespace

void load_known_rules(store::Session& session, Known& known) {
    RulesLoader(session.sql(), known).load();
}

}  // namespace creneau::estate
