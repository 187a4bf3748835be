#pragma once

#include "qr/pass.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::signer {

/// Every key of the table [signer] in the file that creneau-api and creneau-signer both read.
inline constexpr std::array<std::string_view, 8> kSignerTable{"socket",
                                                              "keys",
                                                              "state",
                                                              "client_group",
                                                              "root_fingerprints",
                                                              "longest_guest_pass_min",
                                                              "passes_per_minute",
                                                              "passes_per_credential_per_hour"};

/// Why no signature came. Each has a stable word (`word_of`), the same in the protocol and in logs.
enum class SignError : std::uint8_t {
    unreachable,    ///< nobody answers on the socket, or not in time: ask again later
    rate,           ///< asked too often, for this credential or altogether: ask again later
    too_early,      ///< the window lies past every certificate: ask again after a key rotation
    no_key,         ///< no living key for this use: keys must be requested, signed and imported
    failed,         ///< the signer could not read its database or write its log: ask again later
    unknown_row,    ///< no such credential or command in this town
    not_approved,   ///< its booking is pending, refused or cancelled
    revoked,        ///< the credential is revoked
    ended,          ///< its window has ended, or its agent asked too long ago
    over_cap,       ///< its window is longer than a guest's pass or than the certificate allows
    unknown_agent,  ///< no such door agent in this town
    bad_policy,     ///< the doors, zones or revocations of this agent do not make a valid policy
    malformed,      ///< the signer did not understand the request
};

/// The stable word, for example "not_approved".
std::string_view word_of(SignError error);

/// True when asking again later may succeed without anybody changing the row.
bool may_succeed_later(SignError error);

/// The API's way to the signer: one short connection to its Unix socket for each call.
/// Holds no key and no open descriptor. Any thread may call a const object.
class Client {
  public:
    /// Bound on a whole call (connect, ask, answer).
    explicit Client(std::filesystem::path socket,
                    std::chrono::milliseconds patience = std::chrono::seconds{5});

    /// The 83 bytes of a credential, by its row id. The signer re-reads the row itself. The same
    /// row gives the same bytes while its key lives. Never store or log the result.
    [[nodiscard]] tl::expected<qr::PassBytes, SignError> sign_pass(
        std::int64_t credential_id) const;

    /// The signed policy file (policy/FORMAT.md) of the agent with this key ("danton"), with the
    /// agent's nonce of 16 bytes in it or none.
    [[nodiscard]] tl::expected<std::vector<std::uint8_t>, SignError> export_policy(
        std::string_view agent_key, const std::vector<std::uint8_t>& nonce = {}) const;

    /// The signed command (policy/FORMAT.md, Commands) of this row, once its agent has asked for
    /// it. The signer re-reads the row itself; `ended`: the agent asked too long ago.
    [[nodiscard]] tl::expected<std::vector<std::uint8_t>, SignError> sign_command(
        std::int64_t command_id) const;

    /// Whole lines of keys.log (api/signer/key_log.hpp) from byte `after` on, some at a time; empty
    /// where there are no more. `unknown_row`: the log is shorter than that.
    [[nodiscard]] tl::expected<std::string, SignError> key_log(std::int64_t after) const;

  private:
    [[nodiscard]] tl::expected<std::vector<std::uint8_t>, SignError> call(
        const std::string& request) const;

    std::filesystem::path socket_;
    std::chrono::milliseconds patience_;
};

}  // namespace creneau::signer
