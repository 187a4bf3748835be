#pragma once

#include "api/signer/key_problem.hpp"
#include "api/signer/secret_key.hpp"
#include "policy/certificate.hpp"
#include "qr/pass.hpp"
#include "qr/public_key.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace creneau::signer {

/// What a town asks a root to certify. The key's own signature over all of it proves that whoever
/// asks holds the private key, and that nothing was altered on the way.
struct KeyRequest {
    qr::TownId town{};
    policy::KeyUse use = policy::KeyUse::pass;
    std::uint8_t key_id = 0;
    qr::PublicKeyBytes public_key{};
    std::chrono::sys_seconds not_before{};  ///< proposed start of the certificate's window
    std::uint32_t generation = 1;           ///< proposed: that of the newest certificate

    bool operator==(const KeyRequest&) const = default;
};

/// The request as a JSON object for people and `keys sign`, signed by `key`.
std::string write_key_request(const KeyRequest& request, const SecretKey& key);

/// Reads a request and verifies its proof; `place` names the file in a problem.
[[nodiscard]] tl::expected<KeyRequest, KeyProblem> read_key_request(std::string_view text,
                                                                    const std::string& place);

/// "pass", "policy" or "command".
std::optional<policy::KeyUse> use_from(std::string_view word);

}  // namespace creneau::signer
