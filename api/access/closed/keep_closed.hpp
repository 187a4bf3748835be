#pragma once

#include "api/access/access_types.hpp"
#include "api/access/closed/closed_ledger.hpp"
#include "api/store/readers.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace creneau::access {

/// Throws std::runtime_error when a line of the ledger says nothing that can be read, and as read()
/// does: what it closed nobody knows, so that no door may be served from a database that a backup
/// brought back.
void require_readable(const ClosedLedger& ledger);

/// Closes whatever the ledger says is closed and the database does not, since a backup was
/// restored: passes, badges, door agents, sites, doors and numbers of scopes. Does nothing the
/// second time. A line of the town's security log says how much it was. `only`: of that town; none:
/// of all.
/// @returns how much was closed. Throws where the ledger cannot be read or a write fails.
std::size_t replay_closed(store::Writer& writer, const ClosedLedger& ledger,
                          std::optional<TownId> only, std::chrono::sys_seconds now);

/// Writes into the ledger what has been closed since. Replay before the first look: what the
/// database says to have opened again counts. One thread.
class ClosedWatch {
  public:
    explicit ClosedWatch(const ClosedLedger& ledger) : ledger_(ledger) {}

    /// Call it every second. Looks where something has changed that policies are made from, and
    /// every ten seconds. Throws std::system_error where the ledger cannot be written; the next
    /// look says the same.
    void tick(store::Readers& readers, TownId town, std::chrono::sys_seconds now);

  private:
    void look(store::Readers& readers, TownId town, std::chrono::sys_seconds now);

    const ClosedLedger& ledger_;
    std::chrono::sys_seconds since_{};  ///< the first look is at everything
    std::int64_t serial_ = -1;
    bool is_failing_ = false;
    std::chrono::sys_seconds next_{};
};

}  // namespace creneau::access
