#pragma once

#include "api/people/ids.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace creneau::access {

/// Seals what came on the days that are over: a line of the security log for each day on which
/// something of it happened, since those rows are purged together. Looks first; writes in runs.
/// Answers how many rows it sealed. Throws where a write is lost.
std::int64_t seal_due_events(store::Readers& readers, store::Writer& writer, people::TownId town,
                             std::chrono::sys_seconds now);

/// What became of the access log since it was sealed.
struct VerifiedEvents {
    std::int64_t days = 0;              ///< seals whose rows are as they were
    std::int64_t purged = 0;            ///< seals whose rows were kept for long enough
    std::int64_t unsealed = 0;          ///< rows that came since the last seal
    std::int64_t older = 0;             ///< rows that are older than seals: nothing proves them
    std::optional<std::string> broken;  ///< the first day that is not as it was sealed
};
/// Computes each day anew. The lines that seal them are the audit's to verify. Reads only.
[[nodiscard]] VerifiedEvents verify_events(store::Session& session, people::TownId town,
                                           std::chrono::sys_seconds now);

}  // namespace creneau::access
