#pragma once

#include "api/people/account_key.hpp"
#include "api/people/attempts.hpp"
#include "api/people/person.hpp"
#include "api/people/second_factor/totp.hpp"
#include "api/people/session_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::people {

enum class EnrolError : std::uint8_t {
    proof_needed,  ///< by the password, within ten minutes and in this session
    not_started,   ///< no secret waits for its first code
    not_on,        ///< there is no second factor
    wrong,         ///< the code; it is counted, so that what was written is to be kept
    throttled,
};
struct EnrolRefusal {
    EnrolError error = EnrolError::proof_needed;
    std::chrono::seconds retry_after{};  ///< with wrong and throttled
};

/// Who is signed in gives themselves a second factor, or another one.
struct Enrolling {
    Attempt attempt;  ///< with the address of the person
    PersonId person{};
    SessionId session{};
};

/// What the person's app needs to know. It is shown once.
struct AppSetup {
    std::string secret;  ///< base 32
    std::string uri;     ///< the same for a QR code
};

/// Keeps a fresh secret that waits for its first code; the one that is on stays until then.
[[nodiscard]] tl::expected<AppSetup, EnrolRefusal> start_second_factor(store::Session& session,
                                                                       const AccountKey& key,
                                                                       const Enrolling& who,
                                                                       const TotpSecret& secret);

/// The first code of the app, and the codes that its person gets (new_recovery_codes()).
struct FirstCode {
    Enrolling who;
    std::string totp;
    std::vector<std::string> recovery_hashes;
};
/// Switches the waiting secret on when the code is its own. This session goes on as one with a
/// second factor, the others end; a mail tells the person.
[[nodiscard]] tl::expected<PersonId, EnrolRefusal> confirm_second_factor(store::Session& session,
                                                                         const AccountKey& key,
                                                                         const FirstCode& order);

/// Other recovery codes instead of all there were.
[[nodiscard]] tl::expected<PersonId, EnrolRefusal> renew_recovery_codes(
    store::Session& session, const Enrolling& who, const std::vector<std::string>& hashes);

}  // namespace creneau::people
