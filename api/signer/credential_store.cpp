#include "api/signer/credential_store.hpp"

#include "api/store/session.hpp"
#include "qr/pass.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include <soci/soci.h>

namespace creneau::signer {

std::optional<CredentialRow> find_credential(store::Session& session, qr::TownId town,
                                             std::int64_t credential_id,
                                             std::chrono::sys_seconds now) {
    CredentialRow row;
    long long not_before = 0;
    long long once = 0;
    long long revoked = 0;
    long long town_id = static_cast<std::uint32_t>(town);
    long long id = credential_id;
    long long at = now.time_since_epoch().count();
    long long pass_id = 0;
    long long revision = 0;
    long long scope = 0;
    long long duration = 0;
    session.sql() << "SELECT c.pass_id, c.revision, c.scope, c.not_before, c.duration_min, c.once, "
                     "CASE WHEN c.revoked_at IS NULL AND m.id IS NULL THEN 0 ELSE 1 END, b.status "
                     "FROM credentials c "
                     "JOIN passes p ON p.id = c.pass_row_id AND p.town_id = c.town_id "
                     "JOIN bookings b ON b.id = p.booking_id AND b.town_id = c.town_id "
                     "LEFT JOIN staff_movements m ON p.holder_kind = 'person' "
                     "AND m.person_id = p.holder_id AND m.town_id = p.town_id "
                     "AND m.kind = 'departure' AND m.at <= :now "
                     "AND m.done_at IS NULL AND m.withdrawn_at IS NULL "
                     "WHERE c.id = :id AND c.town_id = :town",
        soci::use(at), soci::use(id), soci::use(town_id), soci::into(pass_id), soci::into(revision),
        soci::into(scope), soci::into(not_before), soci::into(duration), soci::into(once),
        soci::into(revoked), soci::into(row.booking_status);
    if (!session.sql().got_data()) {
        return std::nullopt;
    }
    row.id = credential_id;
    row.pass_id = pass_id;
    row.revision = revision;
    row.scope = scope;
    row.not_before = std::chrono::sys_seconds{std::chrono::seconds{not_before}};
    row.duration_min = duration;
    row.once = once != 0;
    row.revoked = revoked != 0;
    return row;
}

std::optional<qr::TownId> find_town(store::Session& session, const std::string& key) {
    long long id = 0;
    long long count = 0;
    if (key.empty()) {
        session.sql() << "SELECT COUNT(*), COALESCE(MIN(id), 0) FROM towns", soci::into(count),
            soci::into(id);
    } else {
        session.sql() << "SELECT COUNT(*), COALESCE(MIN(id), 0) FROM towns WHERE key = :key",
            soci::use(key), soci::into(count), soci::into(id);
    }
    if (count != 1 || !std::in_range<std::uint32_t>(id)) {
        return std::nullopt;
    }
    return qr::TownId{static_cast<std::uint32_t>(id)};
}

}  // namespace creneau::signer
