#include "api/access/passes.hpp"

#include "api/access/access_rules.hpp"
#include "api/access/access_store.hpp"
#include "api/access/access_types.hpp"
#include "api/store/session.hpp"

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <sodium.h>

namespace creneau::access {

namespace {

constexpr std::size_t kPassIdBytes = 7;

std::int64_t random_pass_id() {
    // randombytes needs no key and works before and after; init only picks the faster generator.
    const int ready = sodium_init();
    assert(ready >= 0);
    static_cast<void>(ready);
    std::array<unsigned char, kPassIdBytes> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::int64_t id = 0;
    for (const unsigned char byte : bytes) {
        id = (id << 8) | byte;
    }
    return id;
}

std::int64_t fresh_pass_id(store::Session& session, TownId town) {
    std::int64_t id = random_pass_id();
    while (pass_id_is_used(session, town, id)) {
        id = random_pass_id();
    }
    return id;
}

/// The window of a grant, still without a pass id.
Credential credential_for(store::Session& session, const Grant& grant) {
    Credential credential;
    credential.scope = select_scope(session, grant.town, grant.zone);
    credential.not_before = grant.window.start;
    credential.duration_min = minutes_of(grant.window);
    return credential;
}

Pass add_credential(store::Session& session, TownId town, Pass pass, Credential credential) {
    credential.row = insert_credential(session, town, pass.row, credential);
    pass.credential = credential;
    return pass;
}

/// A new pass id over the grant's window.
Pass give_credential(store::Session& session, const Grant& grant, Pass pass) {
    Credential credential = credential_for(session, grant);
    credential.pass_id = fresh_pass_id(session, grant.town);
    return add_credential(session, grant.town, std::move(pass), credential);
}

/// Gives a credential to those of the booking's passes that get one; to a first one where it has
/// none. Answers the first that got one.
std::optional<Pass> issue_where(store::Session& session, const Grant& grant,
                                std::chrono::sys_seconds now, bool (*gets_one)(const Credential&)) {
    const auto existing = select_passes(session, grant.town, grant.booking);
    if (existing.empty()) {
        return add_pass(session, grant, now);
    }
    std::optional<Pass> first;
    for (const Pass& pass : existing) {
        if (!gets_one(pass.credential)) {
            continue;
        }
        auto issued = give_credential(session, grant, pass);
        if (!first) {
            first = std::move(issued);
        }
    }
    return first;
}

}  // namespace

void set_windows(store::Session& session, const Grant& grant) {
    delete_windows(session, grant.town, grant.booking);
    insert_window(session, {grant.town, grant.booking, grant.holder, grant.zone, grant.window});
}

void clear_windows(store::Session& session, TownId town, BookingRow booking) {
    delete_windows(session, town, booking);
}

std::optional<Pass> issue_pass(store::Session& session, const Grant& grant,
                               std::chrono::sys_seconds now) {
    return issue_where(session, grant, now,
                       [](const Credential& credential) { return !is_withheld(credential); });
}

std::optional<Pass> issue_held_back(store::Session& session, const Grant& grant,
                                    std::chrono::sys_seconds now) {
    return issue_where(session, grant, now, awaits_code);
}

Pass add_pass(store::Session& session, const Grant& grant, std::chrono::sys_seconds now) {
    Pass pass;
    pass.booking = grant.booking;
    pass.holder = grant.holder;
    pass.created_at = now;
    return give_credential(session, grant, insert_pass(session, grant.town, pass));
}

std::size_t revoke_passes_of(store::Session& session, TownId town, BookingRow booking,
                             const Revocation& revocation) {
    std::size_t revoked = 0;
    for (const Pass& pass : select_passes(session, town, booking)) {
        revoked += revoke_credentials(session, town, pass.row, revocation);
    }
    return revoked;
}

std::vector<PassRow> revoke_passes_held_by(store::Session& session, TownId town,
                                           const Holder& holder, const Revocation& revocation) {
    return revoke_credentials_of(session, town, holder, revocation);
}

bool revoke_pass(store::Session& session, TownId town, const Pass& pass,
                 const Revocation& revocation) {
    return revoke_credentials(session, town, pass.row, revocation) > 0;
}

Pass reissue_pass(store::Session& session, const Grant& grant, const Pass& pass,
                  std::chrono::sys_seconds now) {
    revoke_credentials(session, grant.town, pass.row, {now, RevokeReason::reissued});
    const Credential& last = pass.credential;
    Credential next = credential_for(session, grant);
    const bool same_window = last.scope == next.scope && last.not_before == next.not_before &&
                             last.duration_min == next.duration_min;
    if (same_window && last.revision < kLastRevision) {
        next.pass_id = last.pass_id;
        next.revision = last.revision + 1;
    } else {
        next.pass_id = fresh_pass_id(session, grant.town);
    }
    return add_credential(session, grant.town, pass, next);
}

std::optional<Pass> find_pass(store::Session& session, TownId town, PassRow row) {
    return select_pass(session, town, row);
}

std::vector<Pass> passes_of(store::Session& session, TownId town, BookingRow booking) {
    return select_passes(session, town, booking);
}

std::vector<ZoneDoor> doors_of(store::Session& session, TownId town, ZoneId zone) {
    return select_doors(session, town, zone);
}

}  // namespace creneau::access
