#include "api/access/badge_key.hpp"
#include "tests/api/http/rights/rights_town.hpp"

#include <cstdint>
#include <string>

namespace creneau::http {

void RightsTown::make_movements(const Maker& maker, Things& things) {
    const auto town = std::to_string(static_cast<std::int64_t>(maker.town));
    const auto whose = std::to_string(maker.office);
    session_->execute(
        "INSERT INTO staff_movements (town_id, person_id, kind, at, local_at, delay_h,"
        " announced_by_id, announced_at) VALUES (" +
        town + ", " + whose + ", 'arrival', 1800000000, '2027-01-15T09:00', 24, " + whose +
        ", 1);"
        "INSERT INTO movement_notices (town_id, movement_id, step)"
        " SELECT town_id, id, 'it' FROM staff_movements WHERE town_id = " +
        town +
        ";"
        "INSERT INTO movement_notices (town_id, movement_id, step)"
        " SELECT town_id, id, 'access' FROM staff_movements WHERE town_id = " +
        town +
        ";"
        "INSERT INTO badges (town_id, number_sealed, number_mark, holder_kind, holder_id, from_at,"
        " changed_at) VALUES (" +
        town + ", '" +
        access::BadgeKey(account_key_.code_bytes(access::kBadgeKeyWords)).seal("04a219b1") +
        "', '', 'person', " + whose + ", 1, 1)");
    const auto site = std::to_string(maker.site);
    session_->execute(
        "INSERT INTO lockdowns (town_id, site_id, ground, begun_at, begun_by_id) VALUES (" + town +
        ", " + site + ", 'drill', 1, " + whose + ")");
    things.ids["lockdown"] = number("SELECT id FROM lockdowns WHERE town_id = " + town);
    things.ids["door"] = number("SELECT MAX(id) FROM doors WHERE site_id = " + site);
    session_->execute(
        "INSERT INTO confirmations (town_id, kind, subject_id, asked_by_id, asked_at, ends_at,"
        " confirmed_by_id, confirmed_at) SELECT town_id, 'lockdown_end', id, begun_by_id, 1,"
        " 4000000000, (SELECT MAX(person_id) FROM person_roles WHERE role ="
        " 'access_administrator' AND scope_kind = 'town' AND person_id < 28), 1"
        " FROM lockdowns WHERE site_id = " +
        site);
    session_->execute(
        "INSERT INTO access_journals (town_id, agent_id, journal, last_sequence, last_hash)"
        " SELECT town_id, MAX(id), 'j', 1, '' FROM door_agents WHERE town_id = " +
        town +
        ";"
        "INSERT INTO access_events (town_id, journal_id, sequence, kind, reason, clock, door_id,"
        " reader, count, occurred_at, received_at, kept_since)"
        " SELECT j.town_id, j.id, 1, 'granted', 'granted_profile', 'trusted', MAX(d.id), '', 1,"
        " 1795262400, 1795262400, 1795262400 FROM access_journals j JOIN doors d"
        " ON d.town_id = j.town_id AND d.site_id = " +
        site + " WHERE j.town_id = " + town + " GROUP BY j.id, j.town_id");
    session_->execute(
        "INSERT INTO alarms (town_id, kind, agent_id, door_id, begun_at, heard_at)"
        " SELECT town_id, 'forced', agent_id, id, 1, 1 FROM doors WHERE id = " +
        std::to_string(things["door"]));
    session_->execute(
        "INSERT INTO door_commands (town_id, agent_id, door_id, ground, asked_by_id, asked_at,"
        " offered_to) SELECT town_id, agent_id, " +
        std::to_string(things["door"]) + ", 'other', " + whose +
        ", 1, 2 FROM access_journals WHERE town_id = " + town);
    things.ids["command"] = number("SELECT id FROM door_commands WHERE town_id = " + town);
    things.ids["alarm"] = number("SELECT id FROM alarms WHERE town_id = " + town);
    things.ids["ending"] = number("SELECT MAX(id) FROM confirmations");
    things.ids["movement"] = number("SELECT id FROM staff_movements WHERE town_id = " + town);
    things.ids["badge"] = number("SELECT id FROM badges WHERE town_id = " + town);
    session_->execute(
        "INSERT INTO door_agents (town_id, site_id, key, offered_key, offered_at)"
        " SELECT " +
        town + ", MIN(id), 'rights', '" + std::string(64, 'a') +
        "', 1 FROM sites WHERE town_id = " + town);
    things.ids["door_agent"] =
        number("SELECT id FROM door_agents WHERE key = 'rights' AND town_id = " + town);
    things.ids["zone"] = number("SELECT MIN(id) FROM zones WHERE town_id = " + town);
    session_->execute("INSERT INTO access_profiles (town_id, name) VALUES (" + town + ", 'Cours')");
    things.ids["access_profile"] = number("SELECT id FROM access_profiles WHERE town_id = " + town);
}

}  // namespace creneau::http
