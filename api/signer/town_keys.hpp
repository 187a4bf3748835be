#pragma once

#include "api/signer/key_directory.hpp"
#include "api/signer/key_problem.hpp"
#include "policy/certificate.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::signer {

/// The key commands of the town's own machine. Each holds the directory's lock while it works,
/// changes files in one step each and in an order that leaves the old or the new state wherever it
/// is interrupted. Each answers the text to print; throws std::system_error when a file cannot be
/// written.

/// Makes a key in the directory (created 0700) and its request file. The proposed window begins a
/// day ago for the first key of a use, so that passes already running can be signed, and 30 days
/// ahead for the next ones, so that doors know them in time.
[[nodiscard]] tl::expected<std::string, KeyProblem> request_key(KeyDirectory& keys,
                                                                policy::KeyUse use,
                                                                const std::filesystem::path& out,
                                                                std::chrono::sys_seconds now);

/// What changes what doors believe.
enum class KeyStep : std::uint8_t { import, retire, withdraw };

/// Whether two people want this of the key with that id.
using Confirmed = std::function<bool(KeyStep step, std::uint8_t key)>;

/// Told of a step before anything changes; what it throws stops the step.
using Noted = std::function<void(KeyStep step, std::uint8_t key)>;

struct ImportCertificate {
    std::filesystem::path certificate;
    /// Files with fingerprints to pin. Only while none is pinned, or when they are the same.
    std::vector<std::filesystem::path> trust_roots;
    Confirmed confirmed;  ///< none: nobody wants it
    Noted noted = {};     ///< none: nobody listens
};

/// Verifies a certificate against the pinned roots and puts it beside its key. Where another key of
/// that use lives, two people have to want it; the first key of a use comes before anybody could.
[[nodiscard]] tl::expected<std::string, KeyProblem> import_certificate(
    KeyDirectory& keys, const ImportCertificate& what, std::chrono::sys_seconds now);

/// A table of the keys, the problems and the alarms.
std::string list_keys(KeyDirectory& keys, std::chrono::sys_seconds now);

struct RetireKey {
    std::uint8_t id = 0;
    bool withdraw = false;
    Confirmed confirmed;  ///< none: nobody wants it
    Noted noted = {};     ///< none: nobody listens
};

/// Overwrites and deletes the private key. Its certificate stays published until it ends, since
/// every pass it signed ends by then; `withdraw` stops that too: those passes open no more. Two
/// people have to want it, but of a key that never had a certificate.
[[nodiscard]] tl::expected<std::string, KeyProblem> retire_key(KeyDirectory& keys,
                                                               const RetireKey& what,
                                                               std::chrono::sys_seconds now);

}  // namespace creneau::signer
