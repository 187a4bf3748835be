#include "api/booking/closures/opening_store.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/closures/closure_types.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <optional>

#include <soci/soci.h>

namespace creneau::booking {

namespace {

using soci::into;
using soci::use;
using store::instant;
using store::raw;
using store::unix_seconds;

}  // namespace

void insert_opening(store::Session& session, TownId town, ClosureId closure) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(closure);
    session.sql() << "INSERT INTO closure_openings (town_id, closure_id) VALUES (:town, :closure)",
        use(town_id), use(id);
}

std::optional<Opening> select_opening(store::Session& session, TownId town,
                                      std::optional<ClosureId> closure) {
    const std::int64_t town_id = raw(town);
    const std::int64_t wanted = raw(closure.value_or(ClosureId{}));
    std::int64_t id = 0;
    std::int64_t start = 0;
    std::int64_t end = 0;
    std::int64_t asked_to = 0;
    session.sql() << "SELECT c.id, c.start_at, c.end_at, o.asked_to FROM closure_openings o"
                     " JOIN closures c ON c.id = o.closure_id WHERE o.town_id = :town"
                     " AND (c.id = :closure OR 0 = :any) ORDER BY o.closure_id LIMIT 1",
        use(town_id), use(wanted), use(wanted), into(id), into(start), into(end), into(asked_to);
    if (!session.sql().got_data()) {
        return std::nullopt;
    }
    return Opening{ClosureId{id}, {instant(start), instant(end)}, WaitId{asked_to}};
}

void set_asked_to(store::Session& session, TownId town, ClosureId closure, WaitId asked_to) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(closure);
    const std::int64_t wait = raw(asked_to);
    session.sql() << "UPDATE closure_openings SET asked_to = :wait"
                     " WHERE town_id = :town AND closure_id = :closure",
        use(wait), use(town_id), use(id);
}

void ask_again_from(store::Session& session, TownId town, WaitId wait, const Claim& claim) {
    const std::int64_t town_id = raw(town);
    const std::int64_t room = raw(claim.room);
    const std::int64_t start = unix_seconds(claim.slot.at.start);
    const std::int64_t end = unix_seconds(claim.slot.at.end);
    const std::int64_t last = raw(wait) - 1;
    session.sql() << "UPDATE closure_openings SET asked_to = :wait WHERE town_id = :town"
                     " AND asked_to > :last AND EXISTS (SELECT 1 FROM closures c"
                     " JOIN closure_spaces k ON k.closure_id = c.id"
                     " JOIN room_spaces r ON r.space_id = k.space_id"
                     " WHERE c.id = closure_openings.closure_id AND r.room_id = :room"
                     " AND c.end_at > :start AND c.start_at < :end)",
        use(last), use(town_id), use(last), use(room), use(start), use(end);
}

void delete_opening(store::Session& session, TownId town, ClosureId closure) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(closure);
    session.sql() << "DELETE FROM closure_openings WHERE town_id = :town AND closure_id = :closure",
        use(town_id), use(id);
}

}  // namespace creneau::booking
