#pragma once

#include "policy/badge.hpp"
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

/// The check that decided: for explanations, not for the public. Those of a pass stand in the order
/// in which they are made; those that only badges and free access know follow them.
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
    door_state,  ///< neither disabled nor locked down
    scope,
    clock,
    policy_age,
    time,
    revocation,
    revision,
    use,
    badge_known,  ///< the policy names a badge of that number
    assurance,    ///< hard enough to copy for this door
    hours,
    passback,
    none,  ///< every check passed
};

/// Stable word, such as "key_window".
[[nodiscard]] std::string_view word_for(Check check);

/// Text of a QR as its reader delivered it.
struct PassText {
    std::string_view text;
};

/// Nothing was shown: is the door open to everybody?
struct NoCredential {};

/// What was shown to a reader.
using Credential = std::variant<PassText, qr::PassBytes, BadgeNumber, NoCredential>;

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
    Check check = Check::shape;                ///< the check that refused, or none
    std::optional<qr::PassFields> pass;        ///< only when the signature verified
    std::optional<BadgeRef> badge;             ///< only when the policy names it
    std::chrono::milliseconds unlock_time{0};  ///< how long to unlock; 0 where not allowed
    bool soft_passback = false;                ///< allowed, and entered here a short time ago
    MemoryChanges changes;
};

/// Pure: no clock, no I/O, deny first, unknown is deny.
/// Pass: order of checks as in enum Check. A read whose signature did not verify is `malformed`
/// (not a pass at all) or `bad_signature` (no key this door knows can have signed it for this
/// town), and leaves no trace in memory.
/// Badge: badge_known, door_known, door_state, revocation, assurance, scope, clock, policy_age,
/// time, hours, passback. `unknown_credential` means that the policy names no such number.
/// NoCredential: door_known, door_state, clock, policy_age, hours.
[[nodiscard]] Decision decide(const Policy& policy, const Memory& memory,
                              const Presented& presented);

/// The same of a pass whose signature is taken for granted: for the town, which has its row and not
/// its code. `presented.credential` is not looked at.
[[nodiscard]] Decision decide_signed(const Policy& policy, const Memory& memory,
                                     const qr::PassFields& pass, const Presented& presented);

/// Until when the door stands open for everybody; nothing when it does not now. Free access ends
/// with the policy's expiry, a lockdown, a disabled door or an untrusted clock: ask again before
/// each renewal of the lease.
[[nodiscard]] std::optional<std::chrono::sys_seconds> free_until(const Policy& policy,
                                                                 const Memory& memory,
                                                                 const Presented& presented);

}  // namespace creneau::policy
