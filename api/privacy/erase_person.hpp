#pragma once

#include "api/people/ids.hpp"
#include "api/privacy/erasure_ledger.hpp"
#include "api/privacy/erasure_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <string>

#include <tl/expected.hpp>

namespace creneau::privacy {

struct ErasePerson {
    people::TownId town{};
    people::PersonId actor{};  ///< rights are read again in the transaction
    people::PersonId person{};
    std::string reason;  ///< of kErasureReasons
    std::chrono::sys_seconds now;
};

/// Erases somebody: the account ends, and nothing in the database says who they were but their id,
/// which bookings and audit lines keep. Refused while something needs them, with everything that
/// does. Running affairs of an association go on in the name of another manager.
///
/// The last step writes the ledger's line, before the transaction commits. Should the commit fail,
/// the decision stands there all the same: to ask again, and replay_erasures(), both finish it.
/// Somebody who is erased already is answered as they are. Throws std::system_error where the
/// ledger cannot be written; then nothing is erased.
[[nodiscard]] tl::expected<ErasedPerson, EraseRefusal> erase_person(store::Session& session,
                                                                    const ErasureLedger& ledger,
                                                                    const ErasePerson& order);

enum class UnusedEnd : std::uint8_t { none, announced, erased };

/// Ends the account of somebody whom nothing needs and whom the town has heard nothing of since
/// `before`, as the clock does it: a mail announces it first, and who was told long enough ago is
/// erased. Nothing where that is not so any more. The ledger's line comes last, as above.
[[nodiscard]] UnusedEnd end_unused(store::Session& session, const ErasureLedger& ledger,
                                   const ErasePerson& order, std::chrono::sys_seconds before);

/// What an erasure does to the database, whatever stands in its way; for a person who is there and
/// not erased. Writes the audit's lines; `actor` and `reason` are theirs.
void erase_now(store::Session& session, const ErasePerson& order, bool by_person);

}  // namespace creneau::privacy
