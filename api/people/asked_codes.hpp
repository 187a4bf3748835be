#pragma once

#include "api/people/account_code_rules.hpp"
#include "api/people/attempts.hpp"
#include "api/people/ids.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <chrono>

namespace creneau::people {

/// Somebody asks for a code by mail, to sign in or for a new password. Writes the same for every
/// address, known or not: who it is, and whether a mail leaves, is found by answer_code_requests.
/// Returns how long the client's network must wait when it asked for too many; then nothing is
/// written.
[[nodiscard]] std::chrono::seconds ask_for_code(store::Session& session, const Attempt& attempt,
                                                CodeKind kind);

/// Mails the codes that were asked for since the last look: none to whom kMostLivingCodes of the
/// kind live already, and none to sign in to staff. Reads first, as it is called every second.
void answer_code_requests(store::Readers& readers, store::Writer& writer, TownId town,
                          std::chrono::sys_seconds now);

}  // namespace creneau::people
