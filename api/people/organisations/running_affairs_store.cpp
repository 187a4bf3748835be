#include "api/people/organisations/running_affairs_store.hpp"

#include "api/people/person.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>

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
};

}  // namespace

std::optional<PersonId> select_successor(store::Session& session, TownId town,
                                         AssociationId association, PersonId of) {
    const std::int64_t town_id = raw(town);
    const std::int64_t association_id = raw(association);
    const std::int64_t person = raw(of);
    std::int64_t successor = 0;
    session.sql() << "SELECT COALESCE(MIN(m.person_id), 0) FROM association_managers m"
                     " JOIN people p ON p.id = m.person_id AND p.enabled = 1"
                     " WHERE m.town_id = :town AND m.association_id = :association"
                     " AND m.person_id <> :person",
        use(town_id), use(association_id), use(person), into(successor);
    return successor == 0 ? std::nullopt : std::optional(PersonId{successor});
}

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
}

}  // namespace creneau::people
