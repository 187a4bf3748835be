#pragma once

#include "api/audit/chain.hpp"
#include "api/audit/seal_store.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace creneau::audit {

/// For so long the security log is kept where the town says nothing else (`retention`).
inline constexpr std::chrono::months kSecurityKept{12};
/// A day is sealed when it has been over for this long: what came in before midnight is written.
inline constexpr std::chrono::minutes kSealedAfter{5};
/// At most so many lines are deleted in a write.
inline constexpr std::int64_t kMostPurged = 2000;

/// Whether a day of the chain is to be sealed, or one to be purged; a few look-ups.
[[nodiscard]] bool has_due_days(store::Session& session, const ChainOf& chain,
                                std::chrono::sys_seconds now);

/// Seals the first day that is over and not sealed; nothing where none is. On the writer.
std::optional<KeptSeal> seal_day(store::Session& session, const ChainOf& chain,
                                 std::chrono::sys_seconds now);

/// Deletes lines of the earliest day that was kept long enough, and logs the day's end (security:
/// audit_purged) when it begins; its seal, as it is now. Nothing where no day is due. On the
/// writer.
std::optional<KeptSeal> purge_day(store::Session& session, const ChainOf& chain,
                                  std::chrono::sys_seconds now);

/// The first day of the chain that is not purged, "2026-12-05".
[[nodiscard]] std::string kept_from(store::Session& session, const ChainOf& chain,
                                    std::chrono::sys_seconds now);

}  // namespace creneau::audit
