#pragma once

#include "api/mail/facts.hpp"
#include "api/mail/mailer.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace creneau::mail {

/// Why there are no bytes for a credential.
enum class PassFault : std::uint8_t {
    unavailable,    ///< ask again later: signer not reachable, over its rate, no living key
    too_early,      ///< its window lies past every certificate: ask again shortly before it
    opens_nothing,  ///< revoked, over, or of a booking that is no longer approved
    unknown,        ///< no such credential: asking again changes nothing
};

/// `reason` is fit for a log.
struct PassRefusal {
    PassFault fault = PassFault::unavailable;
    std::string reason;
};

/// How an attempt to send one mail ended.
struct SendOutcome {
    enum class Kind : std::uint8_t {
        sent,
        letter,      ///< for the office to print: its reader has no e-mail address
        superseded,  ///< what it says no longer holds
        postponed,   ///< try again soon
        refused,     ///< the server said no for good: trying again soon changes nothing
        hopeless,    ///< this row can never be sent
        stopped,     ///< the process ends
    };
    Kind kind = Kind::sent;
    std::string reason{};
    std::optional<std::chrono::sys_seconds> pass_due{};  ///< its code follows by itself then
};

/// What becomes of a mail whose code is refused, that a server refused, or whose row is wrong.
[[nodiscard]] SendOutcome outcome_of(const PassRefusal& refusal);
[[nodiscard]] SendOutcome outcome_of(const SendError& error);
[[nodiscard]] SendOutcome outcome_of(const FactsError& error);

}  // namespace creneau::mail
