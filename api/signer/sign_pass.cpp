#include "api/signer/sign_pass.hpp"

#include "api/signer/credential_store.hpp"
#include "api/signer/secret_key.hpp"
#include "api/signer/signer_client.hpp"
#include "qr/pass.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>

#include <tl/expected.hpp>

namespace creneau::signer {

std::optional<SignError> why_not_sign(const CredentialRow& row,
                                      std::chrono::minutes longest_guest_pass,
                                      std::chrono::sys_seconds now) {
    if (row.booking_status != "approved") {
        return SignError::not_approved;
    }
    if (row.revoked) {
        return SignError::revoked;
    }
    // Before any sum: a longer duration could overflow it.
    if (row.duration_min < 1 || row.duration_min > longest_guest_pass.count()) {
        return SignError::over_cap;
    }
    if (row.not_before + std::chrono::minutes{row.duration_min} <= now) {
        return SignError::ended;
    }
    return std::nullopt;
}

tl::expected<qr::PassFields, SignError> fields_of(const CredentialRow& row, std::uint8_t key_id) {
    if (row.pass_id < 0 || !std::in_range<std::uint8_t>(row.revision) ||
        !std::in_range<std::uint16_t>(row.duration_min) ||
        !std::in_range<std::uint16_t>(row.scope)) {
        return tl::unexpected(SignError::failed);
    }
    return qr::PassFields{
        .key_id = key_id,
        .pass_id = qr::PassId{static_cast<std::uint64_t>(row.pass_id)},
        .revision = static_cast<std::uint8_t>(row.revision),
        .not_before = row.not_before,
        .duration_min = static_cast<std::uint16_t>(row.duration_min),
        .scope = static_cast<std::uint16_t>(row.scope),
        .use = row.once ? qr::Use::once_per_door : qr::Use::many,
    };
}

tl::expected<qr::PassBytes, qr::PassError> sign_pass_bytes(const qr::PassFields& fields,
                                                           qr::TownId town, const SecretKey& key) {
    return qr::encode_body(fields).map([&](const qr::BodyBytes& body) {
        return qr::join(body, key.sign(qr::signing_input(town, body)));
    });
}

}  // namespace creneau::signer
