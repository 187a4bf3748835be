#pragma once

#include "api/access/access_types.hpp"
#include "api/access/events/event_seal_rules.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace creneau::access {

// SQL of seals of the access log, each query within one town.

inline constexpr const char* kLogSealed = "access_log_sealed";

/// A line of the security log that seals a day of the access log.
struct EventSeal {
    SealedDay of;
    std::string digest;
};
/// In the order in which they were made.
[[nodiscard]] std::vector<EventSeal> select_event_seals(store::Session& session, TownId town);
/// The number of the last run; 0 without one.
[[nodiscard]] std::int64_t select_last_run(store::Session& session, TownId town);

/// Whether rows that came before `until` are not sealed.
[[nodiscard]] bool has_unsealed(store::Session& session, TownId town,
                                std::chrono::sys_seconds until);
/// Puts those, the oldest `most` of them, into a run; how many.
std::int64_t put_into_run(store::Session& session, TownId town, std::int64_t run,
                          std::chrono::sys_seconds until, std::int64_t most);

/// The digests of each day that is sealed, or of a run alone.
[[nodiscard]] std::map<SealedDay, std::string> digest_rows(store::Session& session, TownId town,
                                                           std::optional<std::int64_t> run);

/// How many rows are not sealed yet, and how many are older than seals.
struct UnsealedRows {
    std::int64_t waiting = 0;
    std::int64_t older = 0;
};
[[nodiscard]] UnsealedRows count_unsealed(store::Session& session, TownId town);

/// The shortest time that rows were kept for, as far as the security log reaches: in months.
[[nodiscard]] std::int64_t select_shortest_period(store::Session& session, TownId town,
                                                  std::int64_t usual);

}  // namespace creneau::access
