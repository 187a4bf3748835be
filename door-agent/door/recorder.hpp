#pragma once

#include "door-agent/door/time_keeper.hpp"
#include "door-agent/journal/journal_writer.hpp"
#include "door-agent/journal/row_limiter.hpp"

#include <string>

namespace creneau::door {

/// Sends events to the journal, stamped and limited to a bounded number of rows. One thread.
class Recorder {
  public:
    explicit Recorder(JournalWriter& journal) : journal_(&journal) {}

    /// An event of `kind` at the time of `look`; the rest is for the caller to fill in.
    [[nodiscard]] static Event event(EventKind kind, std::string reason, const TimeLook& look);

    /// Writes the rows that `event` makes due; returns at once.
    void record(const Event& event, policy::MemoryChanges changes = {});
    /// Writes the rows of minutes that have ended.
    void tick(BootTime now);
    /// Writes every row still owed.
    void flush();

  private:
    void post(std::vector<Event> rows, policy::MemoryChanges changes);

    JournalWriter* journal_;
    RowLimiter limiter_;
};

}  // namespace creneau::door
