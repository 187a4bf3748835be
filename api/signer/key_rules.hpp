#pragma once

#include "api/signer/key_directory.hpp"
#include "api/signer/signer_client.hpp"
#include "policy/certificate.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::signer {

/// Largest clock error a door allows for: a certificate is of use that long past its end.
inline constexpr std::chrono::seconds kDoorSkew{300};
/// A key is published this long before it signs, so that doors that are seldom online know it.
inline constexpr std::chrono::days kPublishAhead{30};
/// The alarm rings this long before the last certificate of a use ends.
inline constexpr std::chrono::days kAlarmAhead{30};

/// What `keys list` says of a key.
enum class KeyState : std::uint8_t {
    requested,
    published,
    signing,
    retired,
    withdrawn,
    ended,
    refused
};

std::string_view word_of(KeyState state);
KeyState state_of(const Key& key, std::chrono::sys_seconds now);

/// A half-open interval of UTC instants.
struct Window {
    std::chrono::sys_seconds start;
    std::chrono::sys_seconds end;
};

/// The key for a pass: the newest whose certificate holds now and covers the window; else the
/// first of those that are published for later. Doors compare the certificate with the instant of
/// the read, so a pass for next month may be signed by next month's key.
/// Refuses with no_key, too_early or over_cap.
[[nodiscard]] tl::expected<const Key*, SignError> choose_pass_key(const KeySet& keys,
                                                                  const Window& window,
                                                                  std::chrono::sys_seconds now);

/// The newest policy key whose certificate holds now; null when there is none.
[[nodiscard]] const Key* choose_policy_key(const KeySet& keys, std::chrono::sys_seconds now);
/// The same of command keys.
[[nodiscard]] const Key* choose_command_key(const KeySet& keys, std::chrono::sys_seconds now);

/// The certificates of pass keys that doors need: not withdrawn, not ended; future ones too.
[[nodiscard]] std::vector<policy::IssuedCertificate> published_pass_certificates(
    const KeySet& keys, std::chrono::sys_seconds now);

/// A key id that no living key has, preferring one never used; absent when there is none.
[[nodiscard]] std::optional<std::uint8_t> free_key_id(const KeySet& keys,
                                                      std::chrono::sys_seconds now);

/// One line for each use whose last certificate ends within 30 days, or that has none (command
/// keys only once there was one).
[[nodiscard]] std::vector<std::string> alarms(const KeySet& keys, std::chrono::sys_seconds now);

}  // namespace creneau::signer
