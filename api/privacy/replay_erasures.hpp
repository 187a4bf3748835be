#pragma once

#include "api/people/ids.hpp"
#include "api/privacy/erasure_ledger.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <vector>

namespace creneau::privacy {

/// What the ledger and the database say of one another.
struct Comparison {
    std::vector<Erasure> not_erased;              ///< in the ledger, and not erased here
    std::vector<people::PersonId> not_in_ledger;  ///< erased here, of a known town
    std::vector<Erasure> foreign;  ///< of a town, or of a person of another town, that is not ours
    std::size_t in_ledger = 0;
    std::size_t unreadable = 0;

    [[nodiscard]] bool agrees() const {
        return not_erased.empty() && not_in_ledger.empty() && foreign.empty() && unreadable == 0;
    }
};
[[nodiscard]] Comparison compare_erasures(store::Session& session, const ErasureLedger& ledger);

/// Throws std::runtime_error when a line of the ledger says nothing that can be read, and as read()
/// does: whom it named nobody knows, so that nothing may be served from a database that a backup
/// brought back.
void require_readable(const ErasureLedger& ledger);

/// Erases whoever stands in the ledger and is not erased in the database: a backup was restored, or
/// a commit failed. What stands in the way is not asked again, as it was when that was decided. Who
/// is not in the database at all gets a row that says nothing, so that nobody else gets their id.
/// Does nothing the second time. `only`: of that town, whose writer this is; none: of all. A few
/// reads when there is nothing to do.
/// @returns how many were erased. Throws where the ledger cannot be read or a write fails.
std::size_t replay_erasures(store::Readers& readers, store::Writer& writer,
                            const ErasureLedger& ledger, std::optional<people::TownId> only,
                            std::chrono::sys_seconds now);

}  // namespace creneau::privacy
