#pragma once

#include "api/signer/key_problem.hpp"
#include "api/signer/secret_key.hpp"
#include "policy/certificate.hpp"
#include "qr/pass.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>

#include <tl/expected.hpp>

namespace creneau::signer {

/// What a private key's file holds: 78 bytes, big-endian:
/// "CRKEY" 00 00 01, use (0 root, 1 pass, 2 policy, 3 command), key id, town (4), seed (32),
/// public key (32). The public key shows a file that was cut or altered.
struct PrivateKey {
    std::optional<policy::KeyUse> use;  ///< absent: a root
    std::uint8_t key_id = 0;            ///< 0 for a root
    qr::TownId town{};                  ///< 0 for a root
    SecretKey key;
};

/// Writes a new file, 0600, in one step. Throws std::system_error (EEXIST: never overwrites).
void create_private_key_file(const std::filesystem::path& path, const PrivateKey& key);

/// Refuses a file that others may read or that belongs to another user before reading it, and a
/// key that is damaged or weak. The bytes pass through locked memory only.
[[nodiscard]] tl::expected<PrivateKey, KeyProblem> read_private_key_file(
    const std::filesystem::path& path);

}  // namespace creneau::signer
