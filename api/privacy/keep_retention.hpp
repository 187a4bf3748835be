#pragma once

#include "api/people/ids.hpp"
#include "api/people/person.hpp"
#include "api/privacy/retention_rules.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::privacy {

/// How long a kind of data is kept in a town.
struct Period {
    const DataKind* kind = nullptr;
    std::int64_t months = 0;
    std::string decision;  ///< empty: nobody decided, the usual one holds
};

/// Of every kind.
[[nodiscard]] std::vector<Period> list_periods(store::Session& session, people::TownId town);

enum class RetentionFault : std::uint8_t { not_allowed, unknown_kind, out_of_bounds };

struct SetRetention {
    people::TownId town{};
    people::PersonId actor{};  ///< rights are read again in the transaction
    std::string kind;
    std::int64_t months = 0;
    std::string decision;
    std::chrono::sys_seconds now;
};
/// From the next night on. Never beyond what the law bears.
[[nodiscard]] tl::expected<Period, RetentionFault> set_retention(store::Session& session,
                                                                 const SetRetention& order);

/// At most so many rows go in one write.
inline constexpr std::int64_t kMostInAWrite = 200;
/// At most so many writes for one kind in one night: what is left goes in the next ones.
inline constexpr std::size_t kMostWrites = 200;

/// Purges what was kept long enough, some rows a write so that nobody waits; a line of the security
/// log for each kind and write says how many (data_purged, the kind, the count as its subject).
/// @returns how many rows. Throws where a write fails.
std::int64_t purge_old_data(store::Readers& readers, store::Writer& writer, people::TownId town,
                            std::chrono::sys_seconds now);

/// Whether a purge is due: after a start, then once a night, between 1 and 4 o'clock UTC.
class NightlyPurge {
  public:
    [[nodiscard]] bool is_time(std::chrono::sys_seconds now);

  private:
    bool ran_ = false;
    std::chrono::sys_days ran_on_{};
};

}  // namespace creneau::privacy
