#include "api/people/second_factor/second_factor_store.hpp"

#include "api/people/ids.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::people {

namespace {

using soci::into;
using soci::use;
using store::raw;
using store::unix_seconds;

void delete_recovery_codes(store::Session& session, const FactorOwner& owner) {
    const auto town_id = raw(owner.town);
    const auto person_id = raw(owner.person);
    session.sql() << "DELETE FROM recovery_codes WHERE person_id = :person AND town_id = :town",
        use(person_id), use(town_id);
}

}  // namespace

std::optional<SecondFactorRow> find_second_factor(store::Session& session,
                                                  const FactorOwner& owner) {
    const auto town_id = raw(owner.town);
    const auto person_id = raw(owner.person);
    SecondFactorRow row;
    session.sql() << "SELECT COALESCE(sealed_secret, ''), COALESCE(pending_secret, ''), last_step"
                     " FROM second_factors WHERE person_id = :person AND town_id = :town",
        into(row.sealed), into(row.pending), into(row.last_step), use(person_id), use(town_id);
    return session.sql().got_data() ? std::optional(row) : std::nullopt;
}

bool has_second_factor(store::Session& session, const FactorOwner& owner) {
    const auto row = find_second_factor(session, owner);
    return row && row->is_on();
}

void keep_pending_secret(store::Session& session, const FactorOwner& owner,
                         const std::string& sealed) {
    const auto town_id = raw(owner.town);
    const auto person_id = raw(owner.person);
    session.sql() << "INSERT INTO second_factors (person_id, town_id, pending_secret)"
                     " VALUES (:person, :town, :sealed)"
                     " ON CONFLICT (person_id) DO UPDATE SET pending_secret ="
                     " excluded.pending_secret WHERE second_factors.town_id = excluded.town_id",
        use(person_id), use(town_id), use(sealed);
}

void switch_on_second_factor(store::Session& session, const FactorOwner& owner, std::int64_t step,
                             std::chrono::sys_seconds now) {
    const auto town_id = raw(owner.town);
    const auto person_id = raw(owner.person);
    const auto at = unix_seconds(now);
    session.sql() << "UPDATE second_factors SET sealed_secret = pending_secret,"
                     " pending_secret = NULL, last_step = :step, switched_on_at = :now"
                     " WHERE person_id = :person AND town_id = :town"
                     " AND pending_secret IS NOT NULL",
        use(step), use(at), use(person_id), use(town_id);
}

bool use_step(store::Session& session, const FactorOwner& owner, std::int64_t step) {
    const auto town_id = raw(owner.town);
    const auto person_id = raw(owner.person);
    std::int64_t used = 0;
    session.sql() << "UPDATE second_factors SET last_step = :step WHERE person_id = :person"
                     " AND town_id = :town AND last_step < :before RETURNING person_id",
        use(step), use(person_id), use(town_id), use(step), into(used);
    return session.sql().got_data();
}

bool delete_second_factor(store::Session& session, const FactorOwner& owner) {
    delete_recovery_codes(session, owner);
    const auto town_id = raw(owner.town);
    const auto person_id = raw(owner.person);
    std::int64_t deleted = 0;
    session.sql() << "DELETE FROM second_factors WHERE person_id = :person AND town_id = :town"
                     " RETURNING person_id",
        use(person_id), use(town_id), into(deleted);
    return session.sql().got_data();
}

void replace_recovery_codes(store::Session& session, const FactorOwner& owner,
                            const std::vector<std::string>& hashes) {
    delete_recovery_codes(session, owner);
    const auto town_id = raw(owner.town);
    const auto person_id = raw(owner.person);
    for (const auto& hash : hashes) {
        session.sql() << "INSERT INTO recovery_codes (town_id, person_id, code_hash)"
                         " VALUES (:town, :person, :hash)",
            use(town_id), use(person_id), use(hash);
    }
}

std::vector<RecoveryRow> find_recovery_codes(store::Session& session, const FactorOwner& owner) {
    const auto town_id = raw(owner.town);
    const auto person_id = raw(owner.person);
    RecoveryRow row;
    soci::statement statement =
        (session.sql().prepare << "SELECT id, code_hash FROM recovery_codes"
                                  " WHERE person_id = :person AND town_id = :town"
                                  " AND used_at IS NULL ORDER BY id",
         use(person_id), use(town_id), into(row.id), into(row.hash));
    statement.execute();
    std::vector<RecoveryRow> rows;
    while (statement.fetch()) {
        rows.push_back(row);
    }
    return rows;
}

bool use_recovery_code(store::Session& session, TownId town, std::int64_t id,
                       std::chrono::sys_seconds now) {
    const auto town_id = raw(town);
    const auto at = unix_seconds(now);
    std::int64_t used = 0;
    session.sql() << "UPDATE recovery_codes SET used_at = :now WHERE id = :id AND town_id = :town"
                     " AND used_at IS NULL RETURNING id",
        use(at), use(id), use(town_id), into(used);
    return session.sql().got_data();
}

}  // namespace creneau::people
