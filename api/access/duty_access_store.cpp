#include "api/access/duty_access_store.hpp"

#include "api/access/access_types.hpp"
#include "api/access/badge_access_rules.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::access {
namespace {

using soci::into;
using soci::use;
using store::instant;
using store::raw;

/// The earlier of two last dates, of which an empty one is none.
std::string earlier(const std::string& a, const std::string& b) {
    return a.empty() || b.empty() ? std::max(a, b) : std::min(a, b);
}

void read_duties(store::Session& session, std::int64_t town, DutyAccess& access) {
    std::int64_t person = 0;
    std::int64_t profile = 0;
    std::string from;
    std::string until;
    std::string staff_from;
    std::string staff_until;
    soci::statement rows =
        (session.sql().prepare
             << "SELECT d.person_id, x.profile_id, d.from_date, d.until_date, s.from_date,"
                " s.until_date FROM access_profile_duties x JOIN duties d"
                " ON d.town_id = x.town_id AND d.word = x.word"
                " JOIN staff s ON s.person_id = d.person_id AND s.town_id = d.town_id"
                " WHERE x.town_id = :town AND EXISTS (SELECT 1 FROM badges b"
                " WHERE b.town_id = d.town_id AND b.holder_kind = 'person'"
                " AND b.holder_id = d.person_id AND b.state = 'issued')"
                " ORDER BY d.person_id, x.profile_id, d.from_date, d.id",
         use(town), into(person), into(profile), into(from), into(until), into(staff_from),
         into(staff_until));
    rows.execute();
    while (rows.fetch()) {
        access.duties.push_back({{HolderKind::person, person},
                                 profile,
                                 std::max(from, staff_from),
                                 earlier(until, staff_until)});
    }
}

void read_zones(store::Session& session, std::int64_t town, std::int64_t agent,
                DutyAccess& access) {
    std::int64_t profile = 0;
    std::int64_t scope = 0;
    soci::statement rows =
        (session.sql().prepare
             << "SELECT x.profile_id, z.scope FROM access_profile_zones x"
                " JOIN zones z ON z.id = x.zone_id WHERE x.town_id = :town AND EXISTS"
                " (SELECT 1 FROM zone_doors m JOIN doors d ON d.id = m.door_id"
                " WHERE m.zone_id = x.zone_id AND d.agent_id = :agent)"
                " ORDER BY x.profile_id, z.scope",
         use(town), use(agent), into(profile), into(scope));
    rows.execute();
    while (rows.fetch()) {
        access.zones[profile].push_back(static_cast<std::uint16_t>(scope));
    }
}

void read_days(store::Session& session, std::int64_t town, std::int64_t agent, DutyAccess& access) {
    std::int64_t profile = 0;
    std::string date;
    std::int64_t start = 0;
    std::int64_t end = 0;
    soci::statement rows =
        (session.sql().prepare
             << "SELECT h.owner_id, h.local_date, h.start_at, h.end_at FROM hours_ahead h"
                " JOIN door_agents a ON a.id = :agent JOIN sites s ON s.id = a.site_id"
                " AND s.time_zone = h.time_zone WHERE h.town_id = :town"
                " AND h.owner_kind = 'profile' ORDER BY h.owner_id, h.start_at",
         use(agent), use(town), into(profile), into(date), into(start), into(end));
    rows.execute();
    while (rows.fetch()) {
        access.days[profile].push_back({date, {instant(start), instant(end)}});
    }
}

}  // namespace

DutyAccess select_duty_access(store::Session& session, TownId town, std::int64_t agent) {
    DutyAccess access;
    const std::int64_t town_id = raw(town);
    read_zones(session, town_id, agent, access);
    if (!access.zones.empty()) {
        read_duties(session, town_id, access);
        read_days(session, town_id, agent, access);
    }
    return access;
}

std::vector<FreeHours> select_free_hours(store::Session& session, TownId town, std::int64_t agent) {
    const std::int64_t town_id = raw(town);
    std::int64_t scope = 0;
    std::int64_t start = 0;
    std::int64_t end = 0;
    soci::statement rows =
        (session.sql().prepare
             << "SELECT d.scope, h.start_at, h.end_at FROM doors d JOIN door_agents a"
                " ON a.id = d.agent_id JOIN sites s ON s.id = a.site_id JOIN hours_ahead h"
                " ON h.town_id = d.town_id AND h.owner_kind = 'door' AND h.owner_id = d.id"
                " AND h.time_zone = s.time_zone WHERE d.town_id = :town AND d.agent_id = :agent"
                " ORDER BY d.scope, h.start_at",
         use(town_id), use(agent), into(scope), into(start), into(end));
    rows.execute();
    std::vector<FreeHours> free;
    while (rows.fetch()) {
        const auto door = static_cast<std::uint16_t>(scope);
        if (free.empty() || free.back().door != door) {
            free.push_back({door, {}});
        }
        free.back().intervals.push_back({instant(start), instant(end)});
    }
    return free;
}

}  // namespace creneau::access
