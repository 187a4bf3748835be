#pragma once

#include "api/signer/credential_store.hpp"
#include "api/signer/key_directory.hpp"
#include "api/signer/secret_key.hpp"
#include "api/signer/signer_client.hpp"
#include "qr/pass.hpp"

#include <chrono>
#include <cstdint>
#include <optional>

#include <tl/expected.hpp>

namespace creneau::signer {

/// Pure: why this row may not be signed at `now`, if anything forbids it.
[[nodiscard]] std::optional<SignError> why_not_sign(const CredentialRow& row,
                                                    std::chrono::minutes longest_guest_pass,
                                                    std::chrono::sys_seconds now);

/// Fields of the row under this key; over_cap or failed when a number does not fit the format.
[[nodiscard]] tl::expected<qr::PassFields, SignError> fields_of(const CredentialRow& row,
                                                                std::uint8_t key_id);

/// Body and signature. The same fields, town and key give the same bytes.
[[nodiscard]] tl::expected<qr::PassBytes, qr::PassError> sign_pass_bytes(
    const qr::PassFields& fields, qr::TownId town, const SecretKey& key);

}  // namespace creneau::signer
