#include "api/access/access_store.hpp"

#include "api/access/access_rules.hpp"
#include "api/access/access_types.hpp"
#include "api/store/column.hpp"
#include "api/store/insert_row.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <cstddef>
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

/// The columns of a pass and its newest credential, and where they land.
struct PassColumns {
    static constexpr auto kSelect =
        "SELECT p.id, p.number, p.booking_id, p.holder_kind, p.holder_id, p.created_at,"
        " c.id, c.pass_id, c.revision, c.scope, c.not_before, c.duration_min,"
        " c.revoked_at, c.revoked_why"
        " FROM passes p JOIN credentials c ON c.pass_row_id = p.id"
        " AND c.id = (SELECT MAX(n.id) FROM credentials n WHERE n.pass_row_id = p.id)";

    std::int64_t row = 0, number = 0, booking = 0, holder_id = 0, created_at = 0;
    std::int64_t credential = 0, pass_id = 0, revision = 0, scope = 0, not_before = 0, minutes = 0;
    std::int64_t revoked_at = 0;
    soci::indicator revoked_there = soci::i_null;
    std::string holder_kind, revoked_why;

    void bind(soci::statement& statement) {
        for (auto* column : {&row, &number, &booking}) {
            statement.exchange(into(*column));
        }
        statement.exchange(into(holder_kind));
        for (auto* column : {&holder_id, &created_at, &credential, &pass_id, &revision, &scope,
                             &not_before, &minutes}) {
            statement.exchange(into(*column));
        }
        statement.exchange(into(revoked_at, revoked_there));
        statement.exchange(into(revoked_why));
    }

    Pass pass() const {
        Pass read;
        read.row = PassRow{row};
        read.number = number;
        read.booking = BookingRow{booking};
        read.holder = {store::present(holder_kind_of(holder_kind), "holder kind"), holder_id};
        read.created_at = instant(created_at);
        read.credential.row = CredentialRow{credential};
        read.credential.pass_id = pass_id;
        read.credential.revision = static_cast<int>(revision);
        read.credential.scope = static_cast<int>(scope);
        read.credential.not_before = instant(not_before);
        read.credential.duration_min = static_cast<int>(minutes);
        if (revoked_there == soci::i_ok) {
            read.credential.revoked_at = instant(revoked_at);
            read.credential.revoked_why = revoke_reason_of(revoked_why);
        }
        return read;
    }
};

std::vector<Pass> passes_where(store::Session& session, const std::string& condition,
                               std::int64_t town, std::int64_t value) {
    PassColumns columns;
    soci::statement statement(session.sql());
    columns.bind(statement);
    statement.exchange(use(town));
    statement.exchange(use(value));
    statement.alloc();
    statement.prepare(PassColumns::kSelect + condition);
    statement.define_and_bind();
    statement.execute();
    std::vector<Pass> passes;
    while (statement.fetch()) {
        passes.push_back(columns.pass());
    }
    return passes;
}

}  // namespace

void insert_window(store::Session& session, const WindowRow& row) {
    const std::int64_t town = raw(row.town);
    const std::int64_t booking = raw(row.booking);
    const std::int64_t zone = raw(row.zone);
    const std::int64_t start = unix_seconds(row.window.start);
    const std::int64_t end = unix_seconds(row.window.end);
    const std::string holder_kind(word_of(row.holder.kind));
    session.sql() << "INSERT INTO access_windows (town_id, source_kind, source_id, zone_id,"
                     " holder_kind, holder_id, start_at, end_at)"
                     " VALUES (:town, 'booking', :source, :zone, :kind, :holder, :start, :end)",
        use(town), use(booking), use(zone), use(holder_kind), use(row.holder.id), use(start),
        use(end);
}

void delete_windows(store::Session& session, TownId town, BookingRow booking) {
    const std::int64_t town_id = raw(town);
    const std::int64_t booking_id = raw(booking);
    session.sql() << "DELETE FROM access_windows"
                     " WHERE town_id = :town AND source_kind = 'booking' AND source_id = :source",
        use(town_id), use(booking_id);
}

Pass insert_pass(store::Session& session, TownId town, Pass pass) {
    const std::int64_t town_id = raw(town);
    const std::int64_t booking = raw(pass.booking);
    const std::int64_t created_at = unix_seconds(pass.created_at);
    std::int64_t number = 0;
    session.sql() << "SELECT COALESCE(MAX(number), 0) + 1 FROM passes WHERE town_id = :town",
        use(town_id), into(number);
    const std::string holder_kind(word_of(pass.holder.kind));
    pass.row = PassRow{
        store::insert_row(session,
                          "INSERT INTO passes (town_id, number, booking_id, holder_kind, holder_id,"
                          " created_at) VALUES (:town, :number, :booking, :kind, :holder, :at)",
                          use(town_id), use(number), use(booking), use(holder_kind),
                          use(pass.holder.id), use(created_at))};
    pass.number = number;
    return pass;
}

CredentialRow insert_credential(store::Session& session, TownId town, PassRow pass,
                                const Credential& credential) {
    const std::int64_t town_id = raw(town);
    const std::int64_t pass_id = raw(pass);
    const std::int64_t start = unix_seconds(credential.not_before);
    return CredentialRow{store::insert_row(
        session,
        "INSERT INTO credentials (town_id, pass_row_id, pass_id, revision, scope,"
        " not_before, duration_min)"
        " VALUES (:town, :pass, :pass_id, :revision, :scope, :start, :minutes)",
        use(town_id), use(pass_id), use(credential.pass_id), use(credential.revision),
        use(credential.scope), use(start), use(credential.duration_min))};
}

std::size_t revoke_credentials(store::Session& session, TownId town, PassRow pass,
                               const Revocation& revocation) {
    const std::int64_t at = unix_seconds(revocation.at);
    const std::string why(word_of(revocation.why));
    const std::int64_t withholds = is_withheld(revocation.why) ? 1 : 0;
    const std::int64_t town_id = raw(town);
    const std::int64_t pass_row = raw(pass);
    soci::statement statement =
        (session.sql().prepare
             << "UPDATE credentials SET revoked_at = COALESCE(revoked_at, CAST(:at AS BIGINT)),"
                " revoked_why = :why"
                " WHERE town_id = :town AND pass_row_id = :pass"
                " AND (revoked_at IS NULL OR"
                " (CAST(:withholds AS BIGINT) = 1 AND revoked_why = 'lost'))",
         use(at), use(why), use(town_id), use(pass_row), use(withholds));
    statement.execute(true);
    return static_cast<std::size_t>(statement.get_affected_rows());
}

std::vector<PassRow> revoke_credentials_of(store::Session& session, TownId town,
                                           const Holder& holder, const Revocation& revocation) {
    const std::int64_t town_id = raw(town);
    const std::int64_t at = unix_seconds(revocation.at);
    const std::string why(word_of(revocation.why));
    const std::string kind(word_of(holder.kind));
    std::int64_t pass = 0;
    soci::statement statement =
        (session.sql().prepare
             << "UPDATE credentials SET revoked_at = COALESCE(revoked_at, CAST(:at AS BIGINT)),"
                " revoked_why = :why WHERE town_id = :town"
                " AND (revoked_at IS NULL OR revoked_why = 'lost') AND pass_row_id IN"
                " (SELECT id FROM passes WHERE town_id = :same AND holder_kind = :kind"
                " AND holder_id = :holder) RETURNING pass_row_id",
         use(at), use(why), use(town_id), use(town_id), use(kind), use(holder.id), into(pass));
    statement.execute();
    std::vector<PassRow> revoked;
    while (statement.fetch()) {
        revoked.push_back(PassRow{pass});
    }
    return revoked;
}

bool pass_id_is_used(store::Session& session, TownId town, std::int64_t pass_id) {
    const std::int64_t town_id = raw(town);
    std::int64_t count = 0;
    session.sql() << "SELECT COUNT(*) FROM credentials WHERE town_id = :town AND pass_id = :pass",
        use(town_id), use(pass_id), into(count);
    return count > 0;
}

std::optional<Pass> select_pass(store::Session& session, TownId town, PassRow row) {
    auto passes =
        passes_where(session, " WHERE p.town_id = :town AND p.id = :pass", raw(town), raw(row));
    return passes.empty() ? std::nullopt : std::optional(passes.front());
}

std::vector<Pass> select_passes(store::Session& session, TownId town, BookingRow booking) {
    return passes_where(session,
                        " WHERE p.town_id = :town AND p.booking_id = :booking ORDER BY p.id",
                        raw(town), raw(booking));
}

int select_scope(store::Session& session, TownId town, ZoneId zone) {
    const std::int64_t town_id = raw(town);
    const std::int64_t zone_id = raw(zone);
    std::int64_t scope = 0;
    session.sql() << "SELECT scope FROM zones WHERE town_id = :town AND id = :zone", use(town_id),
        use(zone_id), into(scope);
    return static_cast<int>(scope);
}

std::vector<ZoneDoor> select_doors(store::Session& session, TownId town, ZoneId zone) {
    const std::int64_t town_id = raw(town);
    const std::int64_t zone_id = raw(zone);
    std::int64_t locked = 0;
    std::int64_t in_service = 0;
    std::int64_t readers = 0;
    std::string name;
    soci::statement statement =
        (session.sql().prepare
             << "SELECT d.name, d.locked,"
                " CASE WHEN d.enabled = 1 AND d.disabled_at IS NULL AND d.agent_id IS NOT NULL "
                "THEN 1 ELSE 0 END,"
                " (SELECT COUNT(*) FROM door_readers r WHERE r.door_id = d.id AND r.kind = 'qr')"
                " FROM zone_doors z JOIN doors d ON d.id = z.door_id"
                " WHERE z.town_id = :town AND z.zone_id = :zone ORDER BY d.id",
         use(town_id), use(zone_id), into(name), into(locked), into(in_service), into(readers));
    statement.execute();
    std::vector<ZoneDoor> doors;
    while (statement.fetch()) {
        doors.push_back({name, locked == 1, in_service == 1, readers > 0});
    }
    return doors;
}

}  // namespace creneau::access
