#pragma once

#include "policy/memory.hpp"
#include "policy/policy.hpp"
#include "qr/pass.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

namespace creneau::policy {

/// Why a door opens or stays locked: the words of journal, API and screens.
enum class Reason : std::uint8_t {
    granted_booking,
    granted_profile,
    granted_free_access,
    granted_command,
    unknown_credential,
    revoked,
    not_yet_valid,
    expired,
    wrong_door,
    outside_hours,
    lockdown,
    door_disabled,
    superseded_revision,
    already_used,
    passback,
    papers_missing,
    policy_expired,
    clock_untrusted,
    bad_signature,
    malformed,
    throttled,
};

/// Stable word, such as "granted_booking".
[[nodiscard]] std::string_view word_for(Reason reason);

/// The check that decided, in the order the checks are made: for explanations, not for the public.
enum class Check : std::uint8_t {
    shape,               ///< 200 digits
    range,               ///< below 2^664
    fields,              ///< version and reserved values
    key_known,           ///< a certified pass key has this id
    key_window,          ///< now is in the certificate's window
    pass_in_key_window,  ///< the pass's window is inside the certificate's
    longest_pass,        ///< not longer than the certificate allows
    signature,
    door_known,
    door_enabled,
    scope,
    clock,
    policy_age,
    time,
    revocation,
    revision,
    use,
    none,  ///< every check passed
};

/// Stable word, such as "key_window".
[[nodiscard]] std::string_view word_for(Check check);

/// Text of a QR as its reader delivered it.
struct PassText {
    std::string_view text;
};

/// What was shown to a reader.
using Credential = std::variant<PassText, qr::PassBytes>;

/// Can the wall clock be believed? Holdover: not synchronised, drift within its budget.
enum class ClockTrust : std::uint8_t { trusted, holdover, untrusted };

struct ClockState {
    ClockTrust trust = ClockTrust::untrusted;
    std::chrono::seconds drift{0};  ///< possible error, added to the skew up to 300 s in all
    /// Age of the policy by the boot clock, a lower bound: winding the clock back gains nothing.
    std::chrono::seconds policy_age_at_least{0};
};

/// Who is at which door, when.
struct Presented {
    Credential credential;
    std::uint16_t door = 0;  ///< its scope number
    std::chrono::sys_seconds at{};
    ClockState clock;
};

struct Decision {
    bool allow = false;
    Reason reason = Reason::malformed;
    Check check = Check::shape;          ///< the check that refused, or none
    std::optional<qr::PassFields> pass;  ///< only when the signature verified
    MemoryChanges changes;
};

/// Pure: no clock, no I/O, deny first, unknown is deny. Order of checks as in enum Check. A read
/// whose signature did not verify is `malformed` (not a pass at all) or `bad_signature` (no key
/// this door knows can have signed it for this town), and leaves no trace in memory.
[[nodiscard]] Decision decide(const Policy& policy, const Memory& memory,
                              const Presented& presented);

}  // namespace creneau::policy
