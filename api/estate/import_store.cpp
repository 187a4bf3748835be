#include "api/estate/import_store.hpp"

#include "api/estate/estate_types.hpp"
#include "api/store/present.hpp"

#include <chrono>
#include <cstdint>

#include <soci/soci.h>

namespace creneau::estate {
namespace {

using soci::into;
using soci::use;

// Doors and zones share the 16 bits of a signed scope.
constexpr long long kFirstDoor = 1;
constexpr long long kLastDoor = 32'767;
constexpr long long kFirstZone = 32'768;
constexpr long long kLastZone = 65'535;

const char* name_of(ScopeKind kind) {
    return kind == ScopeKind::door ? "door" : "zone";
}

}  // namespace

void EstateWriter::write(const Town& town) {
    long long id = 0;
    session_.sql()
        << "INSERT INTO towns (key, name, time_zone, service, email, phone, "
           "offer_stands_min, pass_ahead_min, reminder_ahead_min, letter_ahead_min, school_zone, "
           "holiday_law, "
           "service_address, silence_means, silence_months, silence_days, "
           "silence_decision, appeal_fr, appeal_en, audit_months, audit_decision, "
           "settle_days) "
           "VALUES (:key, :name, :time_zone, :service, :email, :phone, "
           ":offer, :pass, :reminder, :letter, :school, :law, "
           ":address, :means, :months, :days, :decision, :appeal_fr, :appeal_en, :audit, "
           ":audit_by, :settle) "
           "ON CONFLICT (key) DO UPDATE SET name = excluded.name, "
           "time_zone = excluded.time_zone, service = excluded.service, "
           "email = excluded.email, phone = excluded.phone, "
           "offer_stands_min = excluded.offer_stands_min, "
           "pass_ahead_min = excluded.pass_ahead_min, "
           "reminder_ahead_min = excluded.reminder_ahead_min, "
           "letter_ahead_min = excluded.letter_ahead_min, "
           "school_zone = excluded.school_zone, holiday_law = excluded.holiday_law, "
           "service_address = excluded.service_address, "
           "silence_means = excluded.silence_means, "
           "silence_months = excluded.silence_months, "
           "silence_days = excluded.silence_days, "
           "silence_decision = excluded.silence_decision, "
           "appeal_fr = excluded.appeal_fr, appeal_en = excluded.appeal_en, "
           "audit_months = excluded.audit_months, audit_decision = excluded.audit_decision, "
           "settle_days = excluded.settle_days "
           "RETURNING id",
        use(town.key), use(town.name), use(town.time_zone), use(town.service), use(town.email),
        use(town.phone), use(town.offer_stands_min), use(town.pass_ahead_min),
        use(town.reminder_ahead_min), use(town.letter_ahead_min), use(town.school_zone),
        use(town.holiday_law), use(town.service_address), use(town.silence_means),
        use(town.silence_months), use(town.silence_days), use(town.silence_decision),
        use(town.appeal_fr), use(town.appeal_en), use(town.audit_months), use(town.audit_decision),
        use(town.settle_days), into(id);
    known_.town_id = id;
}

const std::int64_t& EstateWriter::town() const {
    return store::present(known_.town_id, "town");
}

void EstateWriter::write(const Site& site) {
    long long id = 0;
    session_.sql() << "INSERT INTO sites "
                      "(town_id, key, name, address, time_zone, help_contact, help_hours) "
                      "VALUES (:town, :key, :name, :address, :time_zone, :contact, :hours) "
                      "ON CONFLICT (town_id, key) DO UPDATE SET name = excluded.name, "
                      "address = excluded.address, time_zone = excluded.time_zone, "
                      "help_contact = excluded.help_contact, help_hours = excluded.help_hours "
                      "RETURNING id",
        use(town()), use(site.key), use(site.name), use(site.address), use(site.time_zone),
        use(site.help_contact), use(site.help_hours), into(id);
    known_.sites[site.key] = id;
}

void EstateWriter::write(const DoorAgent& agent) {
    long long id = 0;
    session_.sql() << "INSERT INTO door_agents (town_id, site_id, key) "
                      "VALUES (:town, :site, :key) "
                      "ON CONFLICT (town_id, key) DO UPDATE SET site_id = excluded.site_id "
                      "RETURNING id",
        use(town()), use(known_.sites.at(agent.site)), use(agent.key), into(id);
    known_.agents[agent.key] = id;
}

void EstateWriter::write(const Door& door) {
    const long long agent = door.agent.empty() ? 0 : known_.agents.at(door.agent);
    const long long scope = scope_of(ScopeKind::door, door.key);
    const int locked = door.locked ? 1 : 0;
    const int enabled = door.enabled ? 1 : 0;
    long long id = 0;
    session_.sql() << "INSERT INTO doors "
                      "(town_id, site_id, agent_id, key, name, scope, locked, unlock_ms, enabled) "
                      "VALUES (:town, :site, NULLIF(CAST(:agent AS BIGINT), 0), :key, :name, "
                      ":scope, :locked, :unlock_ms, :enabled) "
                      "ON CONFLICT (town_id, key) DO UPDATE SET site_id = excluded.site_id, "
                      "agent_id = excluded.agent_id, name = excluded.name, "
                      "locked = excluded.locked, unlock_ms = excluded.unlock_ms, "
                      "enabled = excluded.enabled RETURNING id",
        use(town()), use(known_.sites.at(door.site)), use(agent), use(door.key), use(door.name),
        use(scope), use(locked), use(door.unlock_ms), use(enabled), into(id);
    known_.doors[door.key] = id;
    clear("door_readers", "door_id", id);
    for (const auto& [key, kind] : door.readers) {
        session_.sql() << "INSERT INTO door_readers (town_id, door_id, key, kind) "
                          "VALUES (:town, :door, :key, :kind)",
            use(town()), use(id), use(key), use(kind);
    }
}

void EstateWriter::write(const Zone& zone) {
    const long long scope = scope_of(ScopeKind::zone, zone.key);
    long long id = 0;
    session_.sql() << "INSERT INTO zones (town_id, key, name, scope) "
                      "VALUES (:town, :key, :name, :scope) "
                      "ON CONFLICT (town_id, key) DO UPDATE SET name = excluded.name "
                      "RETURNING id",
        use(town()), use(zone.key), use(zone.name), use(scope), into(id);
    known_.zones[zone.key] = id;
    clear("zone_doors", "zone_id", id);
    for (const auto& door : zone.doors) {
        session_.sql() << "INSERT INTO zone_doors (town_id, zone_id, door_id) "
                          "VALUES (:town, :zone, :door)",
            use(town()), use(id), use(known_.doors.at(door));
    }
}

void EstateWriter::write(const Space& space) {
    long long id = 0;
    session_.sql() << "INSERT INTO spaces (town_id, site_id, key, name) "
                      "VALUES (:town, :site, :key, :name) "
                      "ON CONFLICT (town_id, key) DO UPDATE SET site_id = excluded.site_id, "
                      "name = excluded.name RETURNING id",
        use(town()), use(known_.sites.at(space.site)), use(space.key), use(space.name), into(id);
    known_.spaces[space.key] = id;
}

void EstateWriter::write(const Room& room) {
    const long long zone = room.zone.empty() ? 0 : known_.zones.at(room.zone);
    const int approval = room.approval_needed ? 1 : 0;
    const int pending = room.pending_blocks ? 1 : 0;
    const int individuals = room.individuals_may_book ? 1 : 0;
    long long id = 0;
    session_.sql()
        << "INSERT INTO rooms (town_id, site_id, access_zone_id, key, name, capacity, "
           "approval_needed, pending_blocks, individuals_may_book, margin_before_min, "
           "margin_after_min) VALUES (:town, :site, NULLIF(CAST(:zone AS BIGINT), 0), :key, "
           ":name, :capacity, :approval, :pending, :individuals, :before, :after) "
           "ON CONFLICT (town_id, key) DO UPDATE SET site_id = excluded.site_id, "
           "access_zone_id = excluded.access_zone_id, name = excluded.name, "
           "capacity = excluded.capacity, approval_needed = excluded.approval_needed, "
           "pending_blocks = excluded.pending_blocks, "
           "individuals_may_book = excluded.individuals_may_book, "
           "margin_before_min = excluded.margin_before_min, "
           "margin_after_min = excluded.margin_after_min RETURNING id",
        use(town()), use(known_.sites.at(room.site)), use(zone), use(room.key), use(room.name),
        use(room.capacity), use(approval), use(pending), use(individuals),
        use(room.margin_before_min), use(room.margin_after_min), into(id);
    known_.rooms[room.key] = id;
    clear("room_spaces", "room_id", id);
    for (const auto& space : room.spaces) {
        session_.sql() << "INSERT INTO room_spaces (town_id, room_id, space_id) "
                          "VALUES (:town, :room, :space)",
            use(town()), use(id), use(known_.spaces.at(space));
    }
    clear("room_ways_in", "room_id", id);
    for (const WayIn& way : room.ways_in) {
        session_.sql() << "INSERT INTO room_ways_in "
                          "(town_id, room_id, way, from_date, until_date, note_fr, note_en) "
                          "VALUES (:town, :room, :way, :from_date, NULLIF(:until_date, ''), "
                          ":note_fr, :note_en)",
            use(town()), use(id), use(way.way), use(way.from), use(way.until), use(way.note_fr),
            use(way.note_en);
    }
    write_rules(room, id);
}

void EstateWriter::write(const Person& person) {
    const int enabled = person.enabled ? 1 : 0;
    const int has_email = person.email.empty() ? 0 : 1;
    const std::string& email = person.email.empty() ? person.key : person.email;
    long long id = 0;
    session_.sql() << "INSERT INTO people (town_id, key, name, email, locale, enabled, has_email, "
                      "postal_address) VALUES (:town, :key, :name, :email, :locale, :enabled, "
                      ":has_email, :address) "
                      "ON CONFLICT (town_id, key) DO UPDATE SET name = excluded.name, "
                      "email = excluded.email, locale = excluded.locale, "
                      "enabled = excluded.enabled, has_email = excluded.has_email, "
                      "postal_address = excluded.postal_address, edited_at = NULL, "
                      "version = people.version + 1 RETURNING id",
        use(town()), use(person.key), use(person.name), use(email), use(person.locale),
        use(enabled), use(has_email), use(person.postal_address), into(id);
    known_.people[person.key] = id;
    const bool was_staff = is_staff(id);
    // What somebody gave stays: the file says what it gives itself.
    session_.sql() << "DELETE FROM person_roles WHERE town_id = :town AND person_id = :person "
                      "AND given_by_id IS NULL",
        use(town()), use(id);
    for (const auto& role : person.roles) {
        session_.sql() << "INSERT INTO person_roles (town_id, person_id, role) "
                          "VALUES (:town, :person, :role) "
                          "ON CONFLICT (person_id, role, scope_kind, scope_id) DO NOTHING",
            use(town()), use(id), use(role);
    }
    if (!was_staff && is_staff(id)) {
        end_access(id);
    }
    write_groups("person_groups", "person_id", id, person.groups);
}

bool EstateWriter::has_administrator(std::chrono::sys_seconds now) {
    if (!known_.town_id) {
        return false;
    }
    const long long at = now.time_since_epoch().count();
    long long count = 0;
    session_.sql() << "SELECT COUNT(*) FROM person_roles r JOIN people p ON p.id = r.person_id "
                      "AND p.enabled = 1 AND p.has_email = 1 "
                      "AND (p.active_until IS NULL OR p.active_until > :now) "
                      "WHERE r.town_id = :town AND r.role = 'administrator' "
                      "AND r.scope_kind = 'town'",
        use(at), use(town()), into(count);
    return count > 0;
}

bool EstateWriter::is_staff(std::int64_t person) {
    long long count = 0;
    session_.sql() << "SELECT COUNT(*) FROM person_roles WHERE town_id = :town "
                      "AND person_id = :person AND (role <> 'booker' OR scope_kind <> 'town')",
        use(town()), use(person), into(count);
    return count > 0;
}

void EstateWriter::end_access(std::int64_t person) {
    for (const std::string& what :
         {std::string("sessions WHERE "), std::string("access_tokens WHERE "),
          std::string("account_codes WHERE kind = 'sign_in' AND ")}) {
        session_.sql() << "DELETE FROM " << what << "town_id = :town AND person_id = :person",
            use(town()), use(person);
    }
}

void EstateWriter::write(const Association& association) {
    long long id = 0;
    session_.sql() << "INSERT INTO associations (town_id, key, name, email) "
                      "VALUES (:town, :key, :name, :email) "
                      "ON CONFLICT (town_id, key) DO UPDATE SET name = excluded.name, "
                      "email = excluded.email, edited_at = NULL, "
                      "version = associations.version + 1 RETURNING id",
        use(town()), use(association.key), use(association.name), use(association.email), into(id);
    known_.associations[association.key] = id;
    clear("association_managers", "association_id", id);
    for (const auto& manager : association.managers) {
        session_.sql() << "INSERT INTO association_managers (town_id, association_id, person_id) "
                          "VALUES (:town, :association, :person)",
            use(town()), use(id), use(known_.people.at(manager));
    }
    write_groups("association_groups", "association_id", id, association.groups);
}

void EstateWriter::free_email(const Person& person) {
    long long id = 0;
    session_.sql() << "UPDATE people SET email = '(changing) ' || key "
                      "WHERE town_id = :town AND key = :key RETURNING id",
        use(town()), use(person.key), into(id);
    end_access(id);
    session_.sql() << "DELETE FROM account_codes WHERE town_id = :town AND person_id = :person",
        use(town()), use(id);
}

std::int64_t EstateWriter::scope_numbers_left(ScopeKind kind) {
    const long long last = kind == ScopeKind::door ? kLastDoor : kLastZone;
    return last - last_scope_number(kind);
}

std::int64_t EstateWriter::last_scope_number(ScopeKind kind) {
    const long long none = (kind == ScopeKind::door ? kFirstDoor : kFirstZone) - 1;
    const std::string name = name_of(kind);
    const long long town = known_.town_id.value_or(0);
    long long last = 0;
    session_.sql() << "SELECT coalesce(max(number), CAST(:none AS BIGINT)) FROM scope_numbers "
                      "WHERE town_id = :town AND kind = :kind",
        use(none), use(town), use(name), into(last);
    return last;
}

std::int64_t EstateWriter::scope_of(ScopeKind kind, const std::string& key) {
    const std::string name = name_of(kind);
    long long number = 0;
    session_.sql() << "SELECT number FROM scope_numbers "
                      "WHERE town_id = :town AND kind = :kind AND key = :key",
        use(town()), use(name), use(key), into(number);
    if (!session_.sql().got_data()) {
        number = last_scope_number(kind) + 1;
        session_.sql() << "INSERT INTO scope_numbers (town_id, number, kind, key) "
                          "VALUES (:town, :number, :kind, :key)",
            use(town()), use(number), use(name), use(key);
    }
    return number;
}

void EstateWriter::clear(const char* table, const char* column, std::int64_t id) {
    session_.sql() << "DELETE FROM " << table << " WHERE " << column << " = :id", use(id);
}

}  // namespace creneau::estate
