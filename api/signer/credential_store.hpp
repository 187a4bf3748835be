#pragma once

#include "api/store/session.hpp"
#include "qr/pass.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace creneau::signer {

/// A credential as it stands in the database, with the status of its booking.
struct CredentialRow {
    std::int64_t id = 0;
    std::int64_t pass_id = 0;
    std::int64_t revision = 0;
    std::int64_t scope = 0;
    std::chrono::sys_seconds not_before;
    std::int64_t duration_min = 0;
    bool once = false;
    bool revoked = false;
    std::string booking_status;
};

/// Absent when this town has no such credential. That of somebody whose departure has come is
/// revoked, though it was not carried out yet.
std::optional<CredentialRow> find_credential(store::Session& session, qr::TownId town,
                                             std::int64_t credential_id,
                                             std::chrono::sys_seconds now);

/// The town with this key; the only town when `key` is empty. Absent when there is none, or when
/// the key is empty and there are several.
std::optional<qr::TownId> find_town(store::Session& session, const std::string& key);

}  // namespace creneau::signer
