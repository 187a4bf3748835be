#include "api/booking/closures/closure_store.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/closures/closure_types.hpp"
#include "api/store/column.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <soci/soci.h>

namespace creneau::booking {

namespace {

using soci::into;
using soci::use;
using store::instant;
using store::raw;
using store::unix_seconds;

// Ids of ours are positive: 0 stands for NULL.
constexpr auto kSelect =
    "SELECT c.id, c.site_id, COALESCE(c.room_id, 0), c.start_at, c.end_at, c.created_at,"
    " c.created_by_id, c.kind, c.reason, c.local_start, c.local_end, s.time_zone"
    " FROM closures c JOIN sites s ON s.id = c.site_id"
    " WHERE c.town_id = :town AND c.removed_at IS NULL";

struct ClosureColumns {
    std::int64_t id = 0, site = 0, room = 0, start = 0, end = 0, created_at = 0, created_by = 0;
    std::string kind, reason, local_start, local_end, time_zone;

    void bind(soci::statement& statement) {
        for (auto* column : {&id, &site, &room, &start, &end, &created_at, &created_by}) {
            statement.exchange(into(*column));
        }
        for (auto* column : {&kind, &reason, &local_start, &local_end, &time_zone}) {
            statement.exchange(into(*column));
        }
    }

    Closure closure() const {
        Closure read;
        read.id = ClosureId{id};
        read.site = SiteId{site};
        if (room != 0) {
            read.room = RoomId{room};
        }
        read.kind = store::present(closure_kind_of(kind), "kind of a closure");
        read.reason = reason;
        read.slot = {local_start, local_end, {instant(start), instant(end)}};
        read.time_zone = time_zone;
        read.created_at = instant(created_at);
        read.created_by = PersonId{created_by};
        return read;
    }
};

std::vector<Closure> closures_where(store::Session& session, const std::string& tail,
                                    const std::vector<std::int64_t>& numbers) {
    ClosureColumns columns;
    soci::statement statement(session.sql());
    columns.bind(statement);
    for (const std::int64_t& number : numbers) {
        statement.exchange(use(number));
    }
    statement.alloc();
    statement.prepare(kSelect + tail);
    statement.define_and_bind();
    statement.execute();
    std::vector<Closure> closures;
    while (statement.fetch()) {
        closures.push_back(columns.closure());
    }
    return closures;
}

std::vector<SpaceId> spaces_where(store::Session& session, const std::string& query, TownId town,
                                  std::int64_t of) {
    const std::int64_t town_id = raw(town);
    std::int64_t space = 0;
    std::vector<SpaceId> spaces;
    soci::statement statement =
        (session.sql().prepare << query, use(town_id), use(of), into(space));
    statement.execute();
    while (statement.fetch()) {
        spaces.push_back(SpaceId{space});
    }
    return spaces;
}

}  // namespace

ClosureId insert_closure(store::Session& session, TownId town, const Closure& closure) {
    const std::int64_t town_id = raw(town);
    const std::int64_t site = raw(closure.site);
    const std::int64_t room = raw(closure.room.value_or(RoomId{}));
    const std::string kind(word_of(closure.kind));
    const std::int64_t start = unix_seconds(closure.slot.at.start);
    const std::int64_t end = unix_seconds(closure.slot.at.end);
    const std::int64_t created_at = unix_seconds(closure.created_at);
    const std::int64_t created_by = raw(closure.created_by);
    std::int64_t id = 0;
    session.sql() << "INSERT INTO closures (town_id, site_id, room_id, kind, reason, local_start,"
                     " local_end, start_at, end_at, created_at, created_by_id) VALUES (:town,"
                     " :site, NULLIF(CAST(:room AS BIGINT), 0), :kind, :reason, :lstart, :lend,"
                     " :start, :end, :created, :by) RETURNING id",
        use(town_id), use(site), use(room), use(kind), use(closure.reason),
        use(closure.slot.local_start), use(closure.slot.local_end), use(start), use(end),
        use(created_at), use(created_by), into(id);
    for (const SpaceId space : closure.spaces) {
        const std::int64_t space_id = raw(space);
        session.sql() << "INSERT INTO closure_spaces (town_id, closure_id, space_id)"
                         " VALUES (:town, :closure, :space)",
            use(town_id), use(id), use(space_id);
    }
    return ClosureId{id};
}

bool remove_closure_row(store::Session& session, TownId town, ClosureId closure,
                        const Removal& removal) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(closure);
    const std::int64_t at = unix_seconds(removal.at);
    const std::int64_t by = raw(removal.by);
    soci::statement statement =
        (session.sql().prepare << "UPDATE closures SET removed_at = :at, removed_by_id = :by"
                                  " WHERE town_id = :town AND id = :id AND removed_at IS NULL",
         use(at), use(by), use(town_id), use(id));
    statement.execute(true);
    return statement.get_affected_rows() == 1;
}

std::optional<Closure> select_closure(store::Session& session, TownId town, ClosureId closure) {
    auto found = closures_where(session, " AND c.id = :id", {raw(town), raw(closure)});
    if (found.empty()) {
        return std::nullopt;
    }
    found.front().spaces = spaces_of(session, town, closure);
    return std::move(found.front());
}

std::vector<Closure> select_closures(store::Session& session, TownId town,
                                     const ClosureQuery& query) {
    std::string tail = " AND c.end_at > :from AND c.start_at < :to";
    std::vector<std::int64_t> numbers{raw(town), unix_seconds(query.range.start),
                                      unix_seconds(query.range.end)};
    if (query.site) {
        tail += " AND c.site_id = :site";
        numbers.push_back(raw(*query.site));
    }
    if (query.room) {
        tail +=
            " AND EXISTS (SELECT 1 FROM closure_spaces k JOIN room_spaces r"
            " ON r.space_id = k.space_id WHERE k.closure_id = c.id AND r.room_id = :room)";
        numbers.push_back(raw(*query.room));
    }
    if (query.after) {
        tail +=
            " AND (c.start_at, c.id) >"
            " (SELECT e.start_at, e.id FROM closures e WHERE e.town_id = c.town_id AND e.id = "
            ":after)";
        numbers.push_back(raw(*query.after));
    }
    numbers.push_back(query.limit);
    return closures_where(session, tail + " ORDER BY c.start_at, c.id LIMIT :limit", numbers);
}

std::vector<SpaceId> spaces_of(store::Session& session, TownId town, ClosureId closure) {
    return spaces_where(session,
                        "SELECT space_id FROM closure_spaces WHERE town_id = :town"
                        " AND closure_id = :closure ORDER BY space_id",
                        town, raw(closure));
}

std::vector<SpaceId> spaces_of(store::Session& session, TownId town, SiteId site) {
    return spaces_where(session,
                        "SELECT id FROM spaces WHERE town_id = :town AND site_id = :site"
                        " ORDER BY id",
                        town, raw(site));
}

std::optional<SiteId> site_of(store::Session& session, TownId town, SpaceId space) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(space);
    std::int64_t site = 0;
    session.sql() << "SELECT site_id FROM spaces WHERE town_id = :town AND id = :space",
        use(town_id), use(id), into(site);
    return session.sql().got_data() ? std::optional(SiteId{site}) : std::nullopt;
}

}  // namespace creneau::booking
