#include "api/estate/known_store.hpp"

#include "api/estate/estate_types.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <set>
#include <string>
#include <utility>

#include <soci/soci.h>

namespace creneau::estate {
namespace {

using soci::into;
using soci::use;

/// Runs a query about one town and calls `row` after each row has landed in `columns`.
template <class Row, class... Columns>
void each_row(soci::session& sql, const std::string& query, long long town_id, Row row,
              Columns&... columns) {
    soci::statement statement(sql);
    statement.exchange(use(town_id));
    (statement.exchange(into(columns)), ...);
    statement.alloc();
    statement.prepare(query);
    statement.define_and_bind();
    for (bool more = statement.execute(true); more; more = statement.fetch()) {
        row();
    }
}

class Loader {
  public:
    Loader(soci::session& sql, Known& known)
        : sql_(sql),
          known_(known),
          estate_(known.estate),
          town_(store::present(known.town_id, "town")) {}

    void load() {
        sites();
        agents();
        doors();
        zones();
        spaces();
        rooms();
        ways_in();
        people();
        associations();
        erased();
        edited("people", known_.edited_people);
        edited("associations", known_.edited_associations);
    }

  private:
    template <class Thing>
    void add(ByKey<Thing>& things, Ids& ids, const char* kind, Thing thing) {
        ids[thing.key] = id_;
        std::string key = thing.key;
        std::string place = std::string("(database)/") + kind + "/" + key;
        things.emplace(std::move(key), Entry<Thing>{std::move(thing), std::move(place)});
    }

    void sites() {
        Site site;
        each_row(
            sql_,
            "SELECT id, key, name, address, time_zone, help_contact, help_hours FROM sites "
            "WHERE town_id = :town",
            town_, [&] { add(estate_.sites, known_.sites, "sites", site); }, id_, site.key,
            site.name, site.address, site.time_zone, site.help_contact, site.help_hours);
    }

    void agents() {
        DoorAgent agent;
        each_row(
            sql_,
            "SELECT a.id, a.key, s.key FROM door_agents a JOIN sites s ON s.id = a.site_id "
            "WHERE a.town_id = :town",
            town_, [&] { add(estate_.agents, known_.agents, "agents", agent); }, id_, agent.key,
            agent.site);
    }

    void doors() {
        Door door;
        long long unlock_ms = 0;
        int locked = 0;
        int enabled = 0;
        each_row(
            sql_,
            "SELECT d.id, d.key, s.key, coalesce(a.key, ''), d.name, d.locked, d.enabled, "
            "d.unlock_ms FROM doors d JOIN sites s ON s.id = d.site_id "
            "LEFT JOIN door_agents a ON a.id = d.agent_id WHERE d.town_id = :town",
            town_,
            [&] {
                door.locked = locked == 1;
                door.enabled = enabled == 1;
                door.unlock_ms = unlock_ms;
                add(estate_.doors, known_.doors, "doors", door);
            },
            id_, door.key, door.site, door.agent, door.name, locked, enabled, unlock_ms);
        std::string reader;
        std::string kind;
        each_row(
            sql_,
            "SELECT d.key, r.key, r.kind FROM door_readers r JOIN doors d ON d.id = r.door_id "
            "WHERE r.town_id = :town",
            town_, [&] { estate_.doors.at(key_).value.readers[reader] = kind; }, key_, reader,
            kind);
    }

    void zones() {
        Zone zone;
        each_row(
            sql_, "SELECT id, key, name FROM zones WHERE town_id = :town", town_,
            [&] { add(estate_.zones, known_.zones, "zones", zone); }, id_, zone.key, zone.name);
        list(
            "SELECT z.key, d.key FROM zone_doors m JOIN zones z ON z.id = m.zone_id "
            "JOIN doors d ON d.id = m.door_id WHERE m.town_id = :town",
            [&] { estate_.zones.at(key_).value.doors.insert(item_); });
    }

    void spaces() {
        Space space;
        each_row(
            sql_,
            "SELECT p.id, p.key, s.key, p.name FROM spaces p JOIN sites s ON s.id = p.site_id "
            "WHERE p.town_id = :town",
            town_, [&] { add(estate_.spaces, known_.spaces, "spaces", space); }, id_, space.key,
            space.site, space.name);
    }

    void rooms() {
        Room room;
        long long capacity = 0;
        long long before = 0;
        long long after = 0;
        int approval = 0;
        int pending = 0;
        int individuals = 0;
        each_row(
            sql_,
            "SELECT r.id, r.key, s.key, coalesce(z.key, ''), r.name, r.capacity, "
            "r.approval_needed, r.pending_blocks, r.individuals_may_book, r.margin_before_min, "
            "r.margin_after_min FROM rooms r JOIN sites s ON s.id = r.site_id "
            "LEFT JOIN zones z ON z.id = r.access_zone_id WHERE r.town_id = :town",
            town_,
            [&] {
                room.capacity = capacity;
                room.margin_before_min = before;
                room.margin_after_min = after;
                room.approval_needed = approval == 1;
                room.pending_blocks = pending == 1;
                room.individuals_may_book = individuals == 1;
                add(estate_.rooms, known_.rooms, "rooms", room);
            },
            id_, room.key, room.site, room.zone, room.name, capacity, approval, pending,
            individuals, before, after);
        list(
            "SELECT r.key, p.key FROM room_spaces m JOIN rooms r ON r.id = m.room_id "
            "JOIN spaces p ON p.id = m.space_id WHERE m.town_id = :town",
            [&] { estate_.rooms.at(key_).value.spaces.insert(item_); });
    }

    void ways_in() {
        WayIn way;
        each_row(
            sql_,
            "SELECT r.key, w.way, w.from_date, coalesce(w.until_date, ''), w.note_fr, w.note_en "
            "FROM room_ways_in w JOIN rooms r ON r.id = w.room_id WHERE w.town_id = :town "
            "ORDER BY w.way, w.from_date",
            town_, [&] { estate_.rooms.at(key_).value.ways_in.push_back(way); }, key_, way.way,
            way.from, way.until, way.note_fr, way.note_en);
    }

    void people() {
        Person person;
        int enabled = 0;
        each_row(
            sql_,
            "SELECT id, key, name, CASE WHEN has_email = 1 THEN email ELSE '' END, locale, "
            "enabled, postal_address FROM people WHERE town_id = :town AND erased_at IS NULL",
            town_,
            [&] {
                person.enabled = enabled == 1;
                add(estate_.people, known_.people, "people", person);
            },
            id_, person.key, person.name, person.email, person.locale, enabled,
            person.postal_address);
        list(
            "SELECT p.key, r.role FROM person_roles r JOIN people p ON p.id = r.person_id "
            "WHERE r.town_id = :town AND r.given_by_id IS NULL",
            [&] { estate_.people.at(key_).value.roles.insert(item_); });
    }

    void erased() {
        each_row(
            sql_, "SELECT key FROM people WHERE town_id = :town AND erased_at IS NOT NULL", town_,
            [&] { known_.erased_people.insert(key_); }, key_);
    }

    void edited(const std::string& table, std::set<std::string>& keys) {
        each_row(
            sql_, "SELECT key FROM " + table + " WHERE town_id = :town AND edited_at IS NOT NULL",
            town_, [&] { keys.insert(key_); }, key_);
    }

    void associations() {
        Association association;
        each_row(
            sql_, "SELECT id, key, name, email FROM associations WHERE town_id = :town", town_,
            [&] { add(estate_.associations, known_.associations, "associations", association); },
            id_, association.key, association.name, association.email);
        list(
            "SELECT a.key, p.key FROM association_managers m "
            "JOIN associations a ON a.id = m.association_id JOIN people p ON p.id = m.person_id "
            "WHERE m.town_id = :town",
            [&] { estate_.associations.at(key_).value.managers.insert(item_); });
    }

    template <class Row>
    void list(const std::string& query, Row row) {
        each_row(sql_, query, town_, row, key_, item_);
    }

    soci::session& sql_;
    Known& known_;
    Estate& estate_;
    long long town_;
    long long id_ = 0;
    std::string key_;
    std::string item_;
};

bool any(soci::session& sql, const std::string& query, long long first, long long second) {
    long long count = 0;
    sql << query, use(first), use(second), into(count);
    return count != 0;
}

}  // namespace

Known load_known(store::Session& session, const std::string& town_key) {
    Known known;
    Town town;
    long long id = 0;
    auto& sql = session.sql();
    sql << "SELECT id, key, name, time_zone, service, email, phone, offer_stands_min,"
           " pass_ahead_min, reminder_ahead_min, letter_ahead_min, school_zone, holiday_law,"
           " service_address, silence_means, silence_months, silence_days, silence_decision,"
           " appeal_fr, appeal_en, audit_months, audit_decision, settle_days FROM towns WHERE key "
           "= :key",
        use(town_key), into(id), into(town.key), into(town.name), into(town.time_zone),
        into(town.service), into(town.email), into(town.phone), into(town.offer_stands_min),
        into(town.pass_ahead_min), into(town.reminder_ahead_min), into(town.letter_ahead_min),
        into(town.school_zone), into(town.holiday_law), into(town.service_address),
        into(town.silence_means), into(town.silence_months), into(town.silence_days),
        into(town.silence_decision), into(town.appeal_fr), into(town.appeal_en),
        into(town.audit_months), into(town.audit_decision), into(town.settle_days);
    if (sql.got_data()) {
        known.town_id = id;
        known.estate.town = town;
        Loader(sql, known).load();
        load_known_rules(session, known);
    }
    return known;
}

RoomUse use_of_room(store::Session& session, std::int64_t room_id, std::chrono::sys_seconds now) {
    auto& sql = session.sql();
    const long long at = now.time_since_epoch().count();
    RoomUse room;
    room.occupied = any(sql,
                        "SELECT count(*) FROM bookings b JOIN occupancies o "
                        "ON o.source_kind = 'booking' AND o.source_id = b.id "
                        "WHERE b.room_id = :room AND b.end_at > :never",
                        room_id, 0);
    room.occupied =
        room.occupied || any(sql,
                             "SELECT count(*) FROM holds WHERE room_id = :room AND status = 'held' "
                             "AND expires_at > :now",
                             room_id, at);
    room.has_pending = any(sql,
                           "SELECT count(*) FROM bookings WHERE room_id = :room "
                           "AND status = 'pending' AND end_at > :never",
                           room_id, 0);
    room.has_open_windows = any(sql,
                                "SELECT count(*) FROM bookings b JOIN access_windows w "
                                "ON w.source_kind = 'booking' AND w.source_id = b.id "
                                "WHERE b.room_id = :room AND w.end_at > :now",
                                room_id, at);
    return room;
}

}  // namespace creneau::estate
