#pragma once

#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::signer {

/// How often a signature may be asked for; both are token buckets.
struct RateLimits {
    std::int64_t passes_per_minute = 600;
    std::int64_t passes_per_credential_per_hour = 30;
};

/// What creneau-signer reads from the town's TOML file; the other tables belong to creneau-api.
struct SignerConfig {
    std::string town;  ///< key of the served town; empty: the only one in the database
    store::Database database;
    std::filesystem::path socket;
    std::filesystem::path keys;   ///< 0700: private keys, certificates
    std::filesystem::path state;  ///< signed.log and policy versions; beside `keys` unless set
    std::string client_group;     ///< besides the signer's own user, who may ask; may be empty
    std::vector<std::string> root_fingerprints;  ///< 64 hexadecimal digits each
    std::chrono::minutes longest_guest_pass = std::chrono::hours{24};
    RateLimits rate;
    /// Table [badges]: what the server laid out for the signer.
    std::filesystem::path badge_key_file = "/var/lib/creneau/badges.key";
};

/// One thing wrong in the file.
struct ConfigError {
    std::string place;   ///< "FILE:LINE: table.key"
    std::string detail;  ///< what is wrong and what would be right
};

/// Reads the file; every error at once.
[[nodiscard]] tl::expected<SignerConfig, std::vector<ConfigError>> load_signer_config(
    const std::filesystem::path& file);

}  // namespace creneau::signer
