#pragma once

#include "policy/certificate.hpp"
#include "policy/error.hpp"
#include "policy/fingerprint.hpp"
#include "policy/policy_file.hpp"
#include "qr/pass.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::policy {

/// A signed command as it travels, at most.
inline constexpr std::size_t kLargestCommand = 4'096;

/// What a town orders a door to do now. It answers one question of one agent since one start of its
/// machine and is good for nothing else.
struct Command {
    qr::TownId town{};
    std::string agent;                            ///< its key, 1 to 64 bytes
    std::string boot;                             ///< the start of its machine, 1 to 64 bytes
    std::string door;                             ///< its key, 1 to 64 bytes
    std::uint64_t id = 0;                         ///< from 1
    std::vector<std::uint8_t> nonce;              ///< the agent's 16 bytes
    std::optional<std::chrono::sys_seconds> end;  ///< of free access; none: open once

    bool operator==(const Command&) const = default;
};

/// The command with the certificate of the key that signs it (policy/FORMAT.md, Commands). Calls
/// `sign` once and verifies what it returns. Refuses what open_command would refuse.
[[nodiscard]] tl::expected<std::vector<std::uint8_t>, PolicyError> build_command(
    const Command& command, const IssuedCertificate& certificate, const Signer& sign);

/// What an agent asked.
struct AskedCommand {
    std::vector<Fingerprint> roots;                       ///< pinned
    Command command;                                      ///< all of it but `end`
    std::optional<std::chrono::sys_seconds> trusted_now;  ///< absent while the clock is untrusted
};

/// The command, if it answers exactly that. No CBOR of it is read before its signature holds.
/// Whether the question is young enough, and whether it was answered before, is the caller's to
/// know. Thread-safe, no I/O.
[[nodiscard]] tl::expected<Command, PolicyError> open_command(std::span<const std::uint8_t> bytes,
                                                              const AskedCommand& asked);

}  // namespace creneau::policy
