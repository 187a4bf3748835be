#include "tests/api/access/doors_town.hpp"

#include <cstdint>
#include <string>

#include <soci/soci.h>

namespace creneau::access {

DoorsTown::DoorsTown() {
    session.execute(
        "INSERT INTO sites (id, town_id, key, name, address, time_zone, help_contact, help_hours)"
        " VALUES (1, 1, 'danton', 'LCR Danton', '1 rue Danton', 'Europe/Paris', '06', ''),"
        " (2, 1, 'maison', 'Maison', '2 place', 'Europe/Paris', '06', ''),"
        " (9, 2, 'autre', 'Autre', 'ailleurs', 'Europe/Paris', '07', '');"
        "INSERT INTO door_agents (id, town_id, site_id, key) VALUES (1, 1, 1, 'danton'),"
        " (2, 1, 2, 'maison'), (9, 2, 9, 'autre');"
        "INSERT INTO doors (id, town_id, site_id, agent_id, key, name, scope, locked, unlock_ms)"
        " VALUES (1, 1, 1, 1, 'gate', 'Portail', 1, 1, 5000),"
        " (2, 1, 1, 1, 'entrance', 'Entrée', 2, 1, 5000),"
        " (3, 1, 2, 2, 'maison', 'Porte', 3, 1, 5000),"
        " (9, 2, 9, 9, 'autre', 'Porte', 1, 1, 5000);"
        "INSERT INTO people (id, town_id, key, name, email, locale) VALUES"
        " (12, 1, 'sacha', 'Sacha', 'sacha@example.org', 'en'),"
        " (13, 1, 'there', 'Ici', 'ici@example.org', 'fr'),"
        " (14, 1, 'elsewhere', 'Ailleurs', 'ailleurs@example.org', 'fr'),"
        " (15, 1, 'noa', 'Noa', 'noa@example.org', 'fr'),"
        " (16, 1, 'dana', 'Dana', 'dana@example.org', 'fr'),"
        " (17, 1, 'hr', 'Personnel', 'hr@example.org', 'fr'),"
        " (19, 2, 'autre', 'Autre', 'autre@example.org', 'fr');"
        "INSERT INTO person_roles (town_id, person_id, role) VALUES"
        " (1, 12, 'access_administrator'), (1, 15, 'administrator'), (1, 16, 'data_protection'),"
        " (1, 17, 'human_resources'), (2, 19, 'access_administrator'), (2, 19, 'office');"
        "INSERT INTO person_roles (town_id, person_id, role, scope_kind, scope_id) VALUES"
        " (1, 13, 'office', 'site', 1), (1, 14, 'office', 'site', 2);"
        "INSERT INTO rooms (id, town_id, site_id, key, name, capacity) VALUES"
        " (1, 1, 1, 'danton', 'LCR Danton', 60);"
        "INSERT INTO bookings (id, town_id, room_id, booker_id, requested_by_id, status,"
        " local_start, local_end, start_at, end_at, attendees, purpose, requested_at) VALUES"
        " (1, 1, 1, 7, 7, 'approved', '2026-12-01T10:00', '2026-12-01T12:00', 1, 2, 2, 'x', 1);"
        "INSERT INTO passes (id, town_id, number, booking_id, holder_kind, holder_id, created_at)"
        " VALUES (1, 1, 1, 1, 'person', 7, 1), (2, 1, 7, 1, 'association', 300, 1);"
        "INSERT INTO credentials (town_id, pass_row_id, pass_id, revision, scope, not_before,"
        " duration_min) VALUES (1, 1, 1001, 0, 1, 1, 60), (1, 1, 1001, 1, 1, 1, 60),"
        " (1, 2, 1007, 0, 1, 1, 60);"
        "INSERT INTO badges (id, town_id, number_sealed, number_mark, holder_kind, holder_id,"
        " from_at, changed_at) VALUES (1, 1, 'a', 'a', 'person', 8, 1, 1),"
        " (2, 1, 'b', 'b', 'association', 300, 1, 1), (9, 2, 'c', 'c', 'person', 19, 1, 1)");
}

std::int64_t DoorsTown::number(const std::string& query) {
    std::int64_t value = 0;
    session.sql() << query, soci::into(value);
    return value;
}

std::string DoorsTown::text(const std::string& query) {
    std::string value;
    session.sql() << query, soci::into(value);
    return value;
}

}  // namespace creneau::access
