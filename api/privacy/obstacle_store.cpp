#include "api/privacy/obstacle_store.hpp"

#include "api/audit/day.hpp"
#include "api/people/ids.hpp"
#include "api/privacy/erasure_types.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::privacy {

namespace {

using soci::into;
using soci::use;
using store::raw;
using store::unix_seconds;

struct Look {
    ObstacleKind kind;
    const char* ids;  // of :town, of :person, at :now
};

constexpr Look kLooks[] = {
    {ObstacleKind::booking_running,
     "SELECT id FROM bookings WHERE town_id = :town AND booker_id = :person"
     " AND association_id IS NULL AND status IN ('pending', 'approved') AND end_at > :now"},
    {ObstacleKind::hold_running,
     "SELECT id FROM holds WHERE town_id = :town AND booker_id = :person"
     " AND association_id IS NULL AND status = 'held' AND expires_at > :now"},
    {ObstacleKind::association_contact,
     "SELECT a.id FROM associations a JOIN people p ON p.town_id = a.town_id AND p.has_email = 1"
     " AND LOWER(p.email) = LOWER(a.email) WHERE a.town_id = :town AND p.id = :person AND "
     "a.enabled = 1 AND CAST(:now AS BIGINT) > 0"},
};

// Local dates: a day more or less matters to nobody here.
constexpr Look kStaffLooks[] = {
    {ObstacleKind::line_manager,
     "SELECT person_id FROM staff WHERE town_id = :town AND line_manager_id = :person"
     " AND (until_date = '' OR until_date >= :today)"},
    {ObstacleKind::staff_in_service,
     "SELECT person_id FROM staff WHERE town_id = :town AND person_id = :person"
     " AND (until_date = '' OR until_date >= :today)"},
};

struct Whose {
    std::int64_t town = 0;
    std::int64_t person = 0;
};

template <class When>
void add_found(store::Session& session, const Look& look, const Whose& whose, const When& when,
               std::vector<Obstacle>& obstacles) {
    std::int64_t id = 0;
    soci::statement statement =
        (session.sql().prepare << std::string(look.ids) + " ORDER BY 1 LIMIT 100", use(whose.town),
         use(whose.person), use(when), into(id));
    statement.execute();
    while (statement.fetch()) {
        obstacles.push_back({look.kind, id});
    }
}

}  // namespace

std::vector<Obstacle> select_obstacles(store::Session& session, people::TownId town,
                                       people::PersonId person, std::chrono::sys_seconds now) {
    std::vector<Obstacle> obstacles;
    const std::int64_t at = unix_seconds(now);
    const Whose whose{raw(town), raw(person)};
    const std::string today = audit::text_of(std::chrono::floor<std::chrono::days>(now));
    for (const Look& look : kLooks) {
        add_found(session, look, whose, at, obstacles);
    }
    for (const Look& look : kStaffLooks) {
        add_found(session, look, whose, today, obstacles);
    }
    return obstacles;
}

std::vector<RunningAssociation> select_running_associations(store::Session& session,
                                                            people::TownId town,
                                                            people::PersonId person,
                                                            std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t person_id = raw(person);
    const std::int64_t at = unix_seconds(now);
    std::int64_t id = 0;
    std::int64_t successor = 0;
    soci::statement statement =
        (session.sql().prepare
             << "SELECT a.id, COALESCE((SELECT MIN(m.person_id) FROM association_managers m"
                " JOIN people p ON p.id = m.person_id WHERE m.association_id = a.id"
                " AND p.enabled = 1 AND COALESCE(p.active_from, 0) <= :from"
                " AND (p.active_until IS NULL OR p.active_until > :until)"
                " AND m.person_id <> :self), 0) FROM associations a"
                " WHERE a.town_id = :town AND ((a.enabled = 1 AND EXISTS (SELECT 1"
                " FROM association_managers o WHERE o.association_id = a.id"
                " AND o.person_id = :manager)) OR EXISTS (SELECT 1 FROM bookings b"
                " WHERE b.association_id = a.id AND b.booker_id = :booker"
                " AND b.status IN ('pending', 'approved') AND b.end_at > :now)) ORDER BY a.id",
         use(at), use(at), use(person_id), use(town_id), use(person_id), use(person_id), use(at),
         into(id), into(successor));
    statement.execute();
    std::vector<RunningAssociation> associations;
    while (statement.fetch()) {
        associations.push_back(
            {people::AssociationId{id},
             successor == 0 ? std::nullopt : std::optional(people::PersonId{successor})});
    }
    return associations;
}

}  // namespace creneau::privacy
