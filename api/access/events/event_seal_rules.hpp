#pragma once

#include "api/access/events/event_store.hpp"
#include "api/access/events/event_types.hpp"

#include <chrono>
#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace creneau::access {

// What a day of the access log is sealed by: api/audit/FORMAT.md.

/// 16 random bytes, hexadecimal.
[[nodiscard]] std::string new_shown_salt();
/// Digest of what was shown. Without the salt nobody finds out which pass or badge it was.
[[nodiscard]] std::string shown_mark(const std::string& salt, const ShownCredential& shown);

/// A row as the database has it.
struct LoggedRow {
    std::int64_t seal = 0;  ///< the run of seals that covers it
    std::int64_t journal = 0;
    JournalEvent event;  ///< but for pass and badge; its door is a key
    std::int64_t door = 0;
    ShownCredential shown;
    std::string shown_salt;
    std::string shown_mark;
    std::chrono::sys_seconds received_at;
    std::chrono::sys_seconds kept_since;
};

/// The rows of one run that happened on one day: they are purged together.
struct SealedDay {
    std::int64_t run = 0;
    std::chrono::sys_days day;
    friend auto operator<=>(const SealedDay&, const SealedDay&) = default;
};

/// Takes rows in the order of their runs, journals and sequences.
class EventDigests {
  public:
    EventDigests();
    ~EventDigests();
    EventDigests(const EventDigests&) = delete;
    EventDigests& operator=(const EventDigests&) = delete;

    void add(const LoggedRow& row);
    /// 48 hexadecimal digits for each day that has rows.
    [[nodiscard]] std::map<SealedDay, std::string> digests() const;

  private:
    struct State;
    std::map<SealedDay, std::unique_ptr<State>> states_;
};

}  // namespace creneau::access
