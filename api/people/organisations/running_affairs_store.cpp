#include "api/people/organisations/running_affairs_store.hpp"

#include "api/people/person.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>
#include <soci/soci.h>

namespace creneau::people {

namespace {

using soci::into;
using soci::use;
using store::raw;
using store::unix_seconds;

// Each of :successor, :town, :association and :person.
constexpr const char* kHandedOver[] = {
    "UPDATE series SET booker_id = :successor WHERE town_id = :town"
    " AND association_id = :association AND booker_id = :person AND ended_on IS NULL",
    "UPDATE holds SET booker_id = :successor WHERE town_id = :town"
    " AND association_id = :association AND booker_id = :person AND status = 'held'",
    "UPDATE waits SET booker_id = :successor WHERE town_id = :town"
    " AND association_id = :association AND booker_id = :person"
    " AND status IN ('waiting', 'offered')",
    "UPDATE round_wishes SET booker_id = :successor WHERE town_id = :town"
    " AND association_id = :association AND booker_id = :person"
    " AND round_id IN (SELECT id FROM rounds WHERE status <> 'published')",
    "UPDATE outbox SET person_id = :successor WHERE town_id = :town AND state = 'waiting'"
    " AND booking_id IN (SELECT id FROM bookings WHERE association_id = :association)"
    " AND person_id = :person"
    " AND id NOT IN (SELECT outbox_id FROM passing_addresses)",
    "UPDATE outbox SET person_id = :successor WHERE town_id = :town AND state = 'waiting'"
    " AND series_id IN (SELECT id FROM series WHERE association_id = :association)"
    " AND person_id = :person",
};

constexpr auto kOrphaned =
    "SELECT x.association_id, x.booker_id FROM ("
    "SELECT association_id, booker_id FROM bookings WHERE town_id = :town"
    " AND status IN ('pending', 'approved') AND end_at > :now"
    " UNION SELECT association_id, booker_id FROM series WHERE town_id = :of_series"
    " AND ended_on IS NULL"
    " UNION SELECT association_id, booker_id FROM holds WHERE town_id = :of_holds"
    " AND status = 'held'"
    " UNION SELECT association_id, booker_id FROM waits WHERE town_id = :of_waits"
    " AND status IN ('waiting', 'offered')"
    " UNION SELECT w.association_id, w.booker_id FROM round_wishes w"
    " JOIN rounds r ON r.id = w.round_id AND r.status <> 'published' WHERE w.town_id = :of_wishes"
    ") x WHERE x.association_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM association_managers m"
    " JOIN people p ON p.id = m.person_id AND p.enabled = 1"
    " AND COALESCE(p.active_from, 0) <= :from AND (p.active_until IS NULL OR p.active_until > :at)"
    " WHERE m.association_id = x.association_id AND m.person_id = x.booker_id)"
    " ORDER BY x.association_id, x.booker_id";

}  // namespace

std::optional<PersonId> select_successor(store::Session& session, TownId town,
                                         AssociationId association, std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t association_id = raw(association);
    const std::int64_t at = unix_seconds(now);
    std::int64_t successor = 0;
    session.sql() << "SELECT COALESCE(MIN(m.person_id), 0) FROM association_managers m"
                     " JOIN people p ON p.id = m.person_id AND p.enabled = 1"
                     " AND COALESCE(p.active_from, 0) <= :now"
                     " AND (p.active_until IS NULL OR p.active_until > :same)"
                     " WHERE m.town_id = :town AND m.association_id = :association",
        use(at), use(at), use(town_id), use(association_id), into(successor);
    return successor == 0 ? std::nullopt : std::optional(PersonId{successor});
}

std::vector<OrphanedAffair> select_orphaned(store::Session& session, TownId town,
                                            const std::optional<AssociationId>& association,
                                            std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t at = unix_seconds(now);
    std::int64_t id = 0;
    std::int64_t booker = 0;
    soci::statement statement =
        (session.sql().prepare << kOrphaned, use(town_id), use(at), use(town_id), use(town_id),
         use(town_id), use(town_id), use(at), use(at), into(id), into(booker));
    statement.execute();
    std::vector<OrphanedAffair> orphaned;
    while (statement.fetch()) {
        if (!association || raw(*association) == id) {
            orphaned.push_back({AssociationId{id}, PersonId{booker}});
        }
    }
    return orphaned;
}

std::vector<AssociationId> select_managed(store::Session& session, TownId town, PersonId person) {
    const std::int64_t town_id = raw(town);
    const std::int64_t person_id = raw(person);
    std::int64_t id = 0;
    soci::statement statement =
        (session.sql().prepare << "SELECT association_id FROM association_managers"
                                  " WHERE town_id = :town AND person_id = :person"
                                  " ORDER BY association_id",
         use(town_id), use(person_id), into(id));
    statement.execute();
    std::vector<AssociationId> managed;
    while (statement.fetch()) {
        managed.push_back(AssociationId{id});
    }
    return managed;
}

namespace {

/// Mails that wait greet their reader, who is another one now.
void greet_successor(store::Session& session, std::int64_t town, std::int64_t person,
                     std::int64_t successor) {
    const auto greeting = [&](std::int64_t id) {
        std::string name;
        session.sql() << "SELECT name FROM people WHERE town_id = :town AND id = :id", use(town),
            use(id), into(name);
        std::string fact = "\"booker\":";
        fact += nlohmann::json(name).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        return fact;
    };
    const auto theirs = greeting(person);
    const auto new_one = greeting(successor);
    session.sql() << "UPDATE outbox SET facts = REPLACE(facts, :theirs, :new) WHERE town_id = :town"
                     " AND person_id = :successor AND state = 'waiting'",
        use(theirs), use(new_one), use(town), use(successor);
}

}  // namespace

void hand_over(store::Session& session, TownId town, const HandOver& order,
               std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t association = raw(order.association);
    const std::int64_t person = raw(order.from);
    const std::int64_t successor = raw(order.to);
    const std::int64_t at = unix_seconds(now);
    session.sql() << "UPDATE bookings SET booker_id = :successor, sequence = sequence + 1"
                     " WHERE town_id = :town AND association_id = :association"
                     " AND booker_id = :person AND status IN ('pending', 'approved')"
                     " AND end_at > :now",
        use(successor), use(town_id), use(association), use(person), use(at);
    for (const char* const statement : kHandedOver) {
        session.sql() << statement, use(successor), use(town_id), use(association), use(person);
    }
    greet_successor(session, town_id, person, successor);
}

}  // namespace creneau::people
