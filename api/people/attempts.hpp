#pragma once

#include "api/people/ids.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <string>

namespace creneau::people {

/// Somebody tries to prove that they are who has an address. The address may be nobody's: it is
/// throttled alike.
struct Attempt {
    TownId town{};
    std::string email;
    std::string client;  ///< the client's address: throttled as well as the account
    std::chrono::sys_seconds now;
};

/// What is left of the delay of the account and of the client's network, the longer of both.
[[nodiscard]] std::chrono::seconds delay_of(store::Session& session, const Attempt& attempt);

/// Counts a failure for both. Returns the delay that now holds.
[[nodiscard]] std::chrono::seconds record_failure(store::Session& session, const Attempt& attempt);

/// The account's failures no longer count: its person was there.
void forget_failures_of(store::Session& session, const Attempt& attempt);

/// The same for mails that anybody can have sent: counts one for the client's network, and says
/// how long it must wait when it has asked for too many; then nothing is counted.
[[nodiscard]] std::chrono::seconds count_asked_mail(store::Session& session,
                                                    const Attempt& attempt);

/// Counts a mail that a person sends to an address of their choice, and answers 0; beyond
/// kFreeHandings a day, how long they have to wait, and counts nothing.
[[nodiscard]] std::chrono::seconds count_handing(store::Session& session, TownId town,
                                                 PersonId person, std::chrono::sys_seconds now);

}  // namespace creneau::people
