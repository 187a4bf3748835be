#pragma once

#include "api/people/ids.hpp"
#include "api/privacy/keep_retention.hpp"
#include "api/privacy/retention_store.hpp"
#include "api/store/readers.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace creneau::privacy {

/// At most so many rows go in one write.
inline constexpr std::int64_t kMostInAWrite = 200;

/// Purges what was kept long enough, once a night between 1 and 4 o'clock UTC; where two nights
/// were missed, or none was ever there, at once. Rows are found by reading, each place from its
/// beginning to its end once a night, and purged by one write a tick, so that mails and movements
/// leave in between. A line of the security log for each kind and write says how many (data_purged,
/// the kind, the count as its subject), and one that it is done (purge_done): that one survives a
/// start.
/// One thread.
class NightlyPurge {
  public:
    /// Call it every second. False when there is nothing left to do tonight. Throws where a write
    /// fails; it is taken up again in an hour.
    bool tick(store::Readers& readers, store::Writer& writer, people::TownId town,
              std::chrono::sys_seconds now);

  private:
    struct FoundRows {
        DueRows due;
        std::vector<std::int64_t> ids;
    };
    /// A night's work.
    struct Night {
        std::vector<Period> periods;
        std::size_t at = 0;      ///< the period that is purged next
        std::size_t place = 0;   ///< where its rows are looked for
        std::int64_t after = 0;  ///< the last row seen there
        std::int64_t purged = 0;
    };

    [[nodiscard]] bool is_due(std::chrono::sys_seconds now) const;
    /// The next rows of the night, found by reading; none when all places were looked at.
    [[nodiscard]] std::optional<FoundRows> find_next(store::Readers& readers, people::TownId town,
                                                     std::chrono::sys_seconds now);
    void finish(store::Writer& writer, people::TownId town, std::chrono::sys_seconds now);

    bool knows_last_ = false;
    std::optional<std::chrono::sys_seconds> last_;  ///< when it was done
    std::chrono::sys_seconds not_before_{};
    std::optional<Night> night_;
};

}  // namespace creneau::privacy
