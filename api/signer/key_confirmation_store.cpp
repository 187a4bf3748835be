#include "api/signer/key_confirmation_store.hpp"

#include "api/store/session.hpp"
#include "qr/pass.hpp"

#include <chrono>
#include <cstdint>
#include <string>

#include <soci/soci.h>

namespace creneau::signer {

bool is_confirmed(store::Session& session, qr::TownId town, const WantedOfKey& wanted,
                  std::chrono::sys_seconds now) {
    const std::int64_t town_id = static_cast<std::uint32_t>(town);
    const std::int64_t key = wanted.key;
    const std::int64_t at = now.time_since_epoch().count();
    const std::string kind(wanted.kind);
    std::int64_t people = 0;
    session.sql()
        << "SELECT COUNT(DISTINCT p.id) FROM confirmations c"
           " JOIN people p ON p.town_id = c.town_id AND p.id IN (c.asked_by_id, c.confirmed_by_id)"
           " JOIN towns t ON t.id = c.town_id"
           " JOIN person_roles r ON r.town_id = c.town_id AND r.person_id = p.id"
           " AND r.scope_kind = 'town' AND r.role IN ('administrator', 'access_administrator')"
           " WHERE c.town_id = :town AND c.id = :id AND c.kind = :kind AND c.subject_id = :key"
           " AND c.confirmed_at IS NOT NULL AND c.asked_at <= :now AND c.ends_at > :same_now"
           " AND p.enabled = 1 AND p.erased_at IS NULL"
           " AND (p.active_from IS NULL OR p.active_from <= :again_now)"
           " AND (p.active_until IS NULL OR p.active_until > :last_now)"
           " AND p.let_in_at + t.settle_days * 86400 <= :settled_now AND NOT EXISTS"
           " (SELECT 1 FROM person_roles g WHERE g.town_id = p.town_id AND g.person_id = p.id"
           " AND g.given_by_id IS NOT NULL AND g.given_at + t.settle_days * 86400 > :given_now)",
        soci::use(town_id), soci::use(wanted.confirmation), soci::use(kind), soci::use(key),
        soci::use(at), soci::use(at), soci::use(at), soci::use(at), soci::use(at), soci::use(at),
        soci::into(people);
    return people == 2;
}

}  // namespace creneau::signer
