#include "api/audit/seal_store.hpp"

#include "api/audit/chain.hpp"
#include "api/audit/day.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::audit {

namespace {

using soci::into;
using soci::use;
using std::chrono::sys_seconds;
using store::instant;
using store::raw;
using store::unix_seconds;

/// What every query here binds.
struct Key {
    std::int64_t town;
    std::string log;

    explicit Key(const ChainOf& chain) : town(raw(chain.town)), log(word_of(chain.log)) {}
};

const char* const kSeals =
    "SELECT number, day, first_id, last_id, line_count, last_hash, previous_hash, hash, sealed_at,"
    " COALESCE(purged_at, 0), emptied FROM audit_seals WHERE town_id = :town AND log = :log ";

/// `rest` ends kSeals; its places are `first` and `limit`.
std::vector<KeptSeal> seals(store::Session& session, const ChainOf& chain, const std::string& rest,
                            std::int64_t first, std::int64_t limit) {
    const Key key(chain);
    std::int64_t sealed_at = 0;
    std::int64_t purged_at = 0;
    std::int64_t emptied = 0;
    KeptSeal row;
    Span& span = row.text.span;
    soci::statement statement =
        (session.sql().prepare << kSeals + rest, use(key.town), use(key.log), use(first),
         use(limit), into(row.text.number), into(span.day), into(span.first_id), into(span.last_id),
         into(span.count), into(row.text.last_hash), into(row.text.previous_hash), into(row.hash),
         into(sealed_at), into(purged_at), into(emptied));
    statement.execute();
    std::vector<KeptSeal> found;
    while (statement.fetch()) {
        row.text.sealed_at = instant(sealed_at);
        row.purged_at = purged_at != 0 ? std::optional(instant(purged_at)) : std::nullopt;
        row.emptied = emptied != 0;
        found.push_back(row);
    }
    return found;
}

std::optional<KeptSeal> first_of(const std::vector<KeptSeal>& found) {
    return found.empty() ? std::nullopt : std::optional(found.front());
}

/// The last id of the first `most` lines of a span; nothing where none is left.
std::optional<std::int64_t> last_of_first(store::Session& session, const ChainOf& chain,
                                          const Span& span, std::int64_t most) {
    const Key key(chain);
    std::int64_t last = 0;
    session.sql() << "SELECT COALESCE(MAX(id), 0) FROM (SELECT id FROM audit WHERE town_id = :town"
                     " AND log = :log AND id BETWEEN :first AND :last ORDER BY id LIMIT :most) f",
        use(key.town), use(key.log), use(span.first_id), use(span.last_id), use(most), into(last);
    return last != 0 ? std::optional(last) : std::nullopt;
}

}  // namespace

std::vector<KeptSeal> select_seals(store::Session& session, const ChainOf& chain,
                                   std::int64_t first, std::int64_t limit) {
    return seals(session, chain, "AND number >= :first ORDER BY number LIMIT :limit", first, limit);
}

std::optional<KeptSeal> select_last_seal(store::Session& session, const ChainOf& chain) {
    return first_of(
        seals(session, chain, "AND number >= :first ORDER BY number DESC LIMIT :limit", 0, 1));
}

std::optional<KeptSeal> select_earliest(store::Session& session, const ChainOf& chain) {
    return first_of(seals(session, chain,
                          "AND emptied = 0 AND number >= :first ORDER BY day, number LIMIT :limit",
                          0, 1));
}

void insert_seal(store::Session& session, const ChainOf& chain, const KeptSeal& seal) {
    const Key key(chain);
    const SealText& text = seal.text;
    const std::int64_t sealed_at = unix_seconds(text.sealed_at);
    session.sql() << "INSERT INTO audit_seals (town_id, log, number, day, first_id, last_id,"
                     " line_count, last_hash, previous_hash, hash, sealed_at) VALUES (:town, :log,"
                     " :number, :day, :first, :last, :count, :lines, :previous, :hash, :at)",
        use(key.town), use(key.log), use(text.number), use(text.span.day), use(text.span.first_id),
        use(text.span.last_id), use(text.span.count), use(text.last_hash), use(text.previous_hash),
        use(seal.hash), use(sealed_at);
}

std::string select_beginning(store::Session& session, const ChainOf& chain) {
    const auto first = first_of(select_seals(session, chain, 0, 1));
    const bool has_older = first && first->text.number == 0;
    return hash_of_beginning(chain, has_older ? first->text.span : Span{});
}

std::optional<sys_seconds> first_line_after(store::Session& session, const ChainOf& chain,
                                            std::int64_t id) {
    const Key key(chain);
    std::int64_t at = 0;
    session.sql() << "SELECT at FROM audit WHERE town_id = :town AND log = :log AND id > :id"
                     " ORDER BY id LIMIT 1",
        use(key.town), use(key.log), use(id), into(at);
    return session.sql().got_data() ? std::optional(instant(at)) : std::nullopt;
}

Run select_run(store::Session& session, const ChainOf& chain, std::int64_t id, sys_seconds from,
               sys_seconds until) {
    const Key key(chain);
    const std::int64_t low = unix_seconds(from);
    const std::int64_t high = unix_seconds(until);
    std::int64_t end = INT64_MAX;
    session.sql() << "SELECT id FROM audit WHERE town_id = :town AND log = :log AND id > :id"
                     " AND (at < :from OR at >= :until) ORDER BY id LIMIT 1",
        use(key.town), use(key.log), use(id), use(low), use(high), into(end);
    Run run;
    std::int64_t latest = 0;
    session.sql() << "SELECT MIN(id), MAX(id), COUNT(*), MAX(at) FROM audit WHERE town_id = :town"
                     " AND log = :log AND id > :id AND id < :end",
        use(key.town), use(key.log), use(id), use(end), into(run.span.first_id),
        into(run.span.last_id), into(run.span.count), into(latest);
    session.sql() << "SELECT hash FROM audit WHERE id = :id AND town_id = :town",
        use(run.span.last_id), use(key.town), into(run.last_hash);
    run.span.day = text_of(std::chrono::floor<std::chrono::days>(instant(latest)));
    return run;
}

void mark_purged(store::Session& session, const ChainOf& chain, std::int64_t number,
                 sys_seconds now) {
    const Key key(chain);
    const std::int64_t at = unix_seconds(now);
    session.sql() << "UPDATE audit_seals SET purged_at = :at WHERE town_id = :town AND log = :log"
                     " AND number = :number",
        use(at), use(key.town), use(key.log), use(number);
}

bool delete_lines(store::Session& session, const ChainOf& chain, const SealText& purged,
                  std::int64_t most) {
    const Key key(chain);
    const std::int64_t first = purged.span.first_id;
    const auto last = last_of_first(session, chain, purged.span, most);
    if (last) {
        // Where a booking was before it moved serves the daily mails of the days after.
        session.sql() << "DELETE FROM booking_departures WHERE town_id = :town AND audit_id IN"
                         " (SELECT id FROM audit WHERE town_id = :of AND log = :log"
                         " AND id BETWEEN :first AND :last)",
            use(key.town), use(key.town), use(key.log), use(first), use(*last);
        session.sql() << "DELETE FROM audit WHERE town_id = :town AND log = :log"
                         " AND id BETWEEN :first AND :last",
            use(key.town), use(key.log), use(first), use(*last);
    }
    const bool is_empty = !last_of_first(session, chain, purged.span, 1);
    if (is_empty) {
        session.sql() << "UPDATE audit_seals SET emptied = 1 WHERE town_id = :town AND log = :log"
                         " AND number = :number",
            use(key.town), use(key.log), use(purged.number);
    }
    return is_empty;
}

std::optional<std::int64_t> select_security_months(store::Session& session, TownId town) {
    const std::int64_t town_id = raw(town);
    std::int64_t months = 0;
    session.sql() << "SELECT months FROM retention WHERE town_id = :town AND kind = 'security_log'",
        use(town_id), into(months);
    return session.sql().got_data() ? std::optional(months) : std::nullopt;
}

std::int64_t select_audit_months(store::Session& session, TownId town) {
    const std::int64_t town_id = raw(town);
    std::int64_t months = 0;
    session.sql() << "SELECT audit_months FROM towns WHERE id = :town", use(town_id), into(months);
    return months;
}

std::vector<TownId> select_towns(store::Session& session) {
    std::int64_t id = 0;
    soci::statement statement =
        (session.sql().prepare << "SELECT id FROM towns ORDER BY id", into(id));
    statement.execute();
    std::vector<TownId> towns;
    while (statement.fetch()) {
        towns.push_back(TownId{id});
    }
    return towns;
}

}  // namespace creneau::audit
