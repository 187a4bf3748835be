#include "api/access/badge_store.hpp"

#include "api/access/access_types.hpp"
#include "api/access/badge_access_rules.hpp"
#include "api/access/badge_types.hpp"
#include "api/store/column.hpp"
#include "api/store/insert_row.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::access {

namespace {

using soci::into;
using soci::use;
using store::instant;
using store::raw;
using store::unix_seconds;

std::optional<std::chrono::sys_seconds> instant_or_none(std::int64_t seconds) {
    return seconds == 0 ? std::nullopt : std::optional(instant(seconds));
}

/// The columns of a badge, and where they land. Instants of ours are positive: 0 stands for NULL.
struct BadgeColumns {
    static constexpr auto kNames =
        " b.id, b.holder_kind, b.holder_id, b.state, b.from_at, COALESCE(b.until_at, 0),"
        " b.changed_at, b.version";

    std::int64_t id = 0, holder = 0, from = 0, until = 0, changed = 0, version = 0;
    std::string holder_kind, state;

    void bind(soci::statement& statement) {
        statement.exchange(into(id));
        statement.exchange(into(holder_kind));
        statement.exchange(into(holder));
        statement.exchange(into(state));
        for (auto* column : {&from, &until, &changed, &version}) {
            statement.exchange(into(*column));
        }
    }

    Badge badge() const {
        return {BadgeId{id},
                {store::present(holder_kind_of(holder_kind), "holder kind"), holder},
                store::present(badge_state_of(state), "state of a badge"),
                instant(from),
                instant_or_none(until),
                instant(changed),
                version};
    }
};

std::vector<Badge> badges_where(store::Session& session, const std::string& tail,
                                const std::vector<std::int64_t>& numbers) {
    BadgeColumns columns;
    soci::statement statement(session.sql());
    columns.bind(statement);
    for (const std::int64_t& number : numbers) {
        statement.exchange(use(number));
    }
    statement.alloc();
    statement.prepare(std::string("SELECT") + BadgeColumns::kNames + " FROM badges b WHERE " +
                      tail);
    statement.define_and_bind();
    statement.execute();
    std::vector<Badge> badges;
    while (statement.fetch()) {
        badges.push_back(columns.badge());
    }
    return badges;
}

}  // namespace

std::optional<BadgeId> insert_badge(store::Session& session, TownId town, const NewBadge& badge) {
    const std::int64_t town_id = raw(town);
    std::int64_t taken = 0;
    session.sql() << "SELECT COUNT(*) FROM badges WHERE town_id = :town AND number_mark = :mark"
                     " AND state <> 'returned'",
        use(town_id), use(badge.number_mark), into(taken);
    if (taken > 0) {
        return std::nullopt;
    }
    const std::string kind(word_of(badge.badge.holder.kind));
    const std::int64_t from = unix_seconds(badge.badge.from);
    const std::int64_t changed = unix_seconds(badge.badge.changed_at);
    auto until = store::Nullable::at(badge.badge.until);
    return BadgeId{store::insert_row(
        session,
        "INSERT INTO badges (town_id, number_sealed, number_mark, holder_kind, holder_id, from_at,"
        " until_at, changed_at) VALUES (:town, :sealed, :mark, :kind, :holder, :from, :until,"
        " :changed)",
        use(town_id), use(badge.number_sealed), use(badge.number_mark), use(kind),
        use(badge.badge.holder.id), use(from), use(until.value, until.there), use(changed))};
}

std::optional<Badge> select_badge(store::Session& session, TownId town, BadgeId id) {
    auto found = badges_where(session, "b.town_id = :town AND b.id = :id", {raw(town), raw(id)});
    return found.empty() ? std::nullopt : std::optional(found.front());
}

std::optional<std::string> select_badge_number(store::Session& session, TownId town, BadgeId id) {
    const std::int64_t town_id = raw(town);
    const std::int64_t badge = raw(id);
    std::string sealed;
    session.sql() << "SELECT number_sealed FROM badges WHERE town_id = :town AND id = :id",
        use(town_id), use(badge), into(sealed);
    return session.sql().got_data() ? std::optional(sealed) : std::nullopt;
}

std::vector<Badge> select_badges(store::Session& session, TownId town, const BadgePage& page) {
    return badges_where(session, "b.town_id = :town AND b.id > :after ORDER BY b.id LIMIT :limit",
                        {raw(town), page.after, page.limit});
}

bool change_badge(store::Session& session, TownId town, const Badge& badge) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(badge.id);
    const std::string state(word_of(badge.state));
    const std::int64_t changed = unix_seconds(badge.changed_at);
    soci::statement statement =
        (session.sql().prepare << "UPDATE badges SET state = :state, changed_at = :at,"
                                  " version = version + 1 WHERE town_id = :town AND id = :id"
                                  " AND version = :version",
         use(state), use(changed), use(town_id), use(id), use(badge.version));
    statement.execute(true);
    return statement.get_affected_rows() == 1;
}

std::vector<BadgeId> revoke_badges_of(store::Session& session, TownId town, const Holder& holder,
                                      std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::string kind(word_of(holder.kind));
    const std::int64_t at = unix_seconds(now);
    std::int64_t id = 0;
    soci::statement statement =
        (session.sql().prepare << "UPDATE badges SET state = 'revoked', changed_at = :at,"
                                  " version = version + 1 WHERE town_id = :town"
                                  " AND state = 'issued' AND holder_kind = :kind"
                                  " AND holder_id = :holder RETURNING id",
         use(at), use(town_id), use(kind), use(holder.id), into(id));
    statement.execute();
    std::vector<BadgeId> revoked;
    while (statement.fetch()) {
        revoked.push_back(BadgeId{id});
    }
    return revoked;
}

std::vector<HeldBadge> select_held_badges(store::Session& session, TownId town) {
    const std::int64_t town_id = raw(town);
    BadgeColumns columns;
    std::string sealed;
    std::int64_t enabled = 0;
    std::int64_t from = 0;
    std::int64_t until = 0;
    soci::statement statement(session.sql());
    columns.bind(statement);
    statement.exchange(into(sealed));
    statement.exchange(into(enabled));
    statement.exchange(into(from));
    statement.exchange(into(until));
    statement.exchange(use(town_id));
    statement.alloc();
    statement.prepare(std::string("SELECT") + BadgeColumns::kNames +
                      ", b.number_sealed, COALESCE(p.enabled, a.enabled, 0),"
                      " COALESCE(p.active_from, 0), COALESCE(p.active_until, 0) FROM badges b"
                      " LEFT JOIN people p ON b.holder_kind = 'person' AND p.id = b.holder_id"
                      " AND p.town_id = b.town_id"
                      " LEFT JOIN associations a ON b.holder_kind = 'association'"
                      " AND a.id = b.holder_id AND a.town_id = b.town_id"
                      " WHERE b.town_id = :town AND b.state = 'issued' ORDER BY b.id");
    statement.define_and_bind();
    statement.execute();
    std::vector<HeldBadge> held;
    while (statement.fetch()) {
        held.push_back(
            {columns.badge(), sealed, enabled == 1, instant_or_none(from), instant_or_none(until)});
    }
    return held;
}

std::vector<HolderWindow> select_badge_windows(store::Session& session, TownId town,
                                               const AgentWindows& of) {
    const std::int64_t town_id = raw(town);
    const std::int64_t from = unix_seconds(of.during.start);
    const std::int64_t until = unix_seconds(of.during.end);
    std::string kind;
    std::int64_t holder = 0;
    std::int64_t scope = 0;
    std::int64_t start = 0;
    std::int64_t end = 0;
    soci::statement rows =
        (session.sql().prepare
             << "SELECT w.holder_kind, w.holder_id, z.scope, w.start_at, w.end_at"
                " FROM access_windows w JOIN zones z ON z.id = w.zone_id"
                " WHERE w.town_id = :town AND w.end_at > :from AND w.start_at < :until"
                " AND EXISTS (SELECT 1 FROM zone_doors m JOIN doors d ON d.id = m.door_id"
                " WHERE m.zone_id = w.zone_id AND d.agent_id = :agent)"
                " AND EXISTS (SELECT 1 FROM badges b WHERE b.town_id = w.town_id"
                " AND b.holder_kind = w.holder_kind AND b.holder_id = w.holder_id"
                " AND b.state = 'issued') ORDER BY w.id",
         use(town_id), use(from), use(until), use(of.agent), into(kind), into(holder), into(scope),
         into(start), into(end));
    rows.execute();
    std::vector<HolderWindow> windows;
    while (rows.fetch()) {
        windows.push_back({{store::present(holder_kind_of(kind), "holder kind"), holder},
                           static_cast<std::uint16_t>(scope),
                           {instant(start), instant(end)}});
    }
    return windows;
}

}  // namespace creneau::access
