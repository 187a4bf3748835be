#pragma once

#include "door-agent/journal/event.hpp"
#include "policy/badge.hpp"

#include <cstddef>
#include <map>
#include <tuple>
#include <vector>

namespace creneau::door {

/// Turns what happens into a bounded number of rows. The first of a kind (kind, door, reader,
/// reason, credential) is a row at once; its repeats within the minute become one row with their
/// count when the minute ends. Unsigned reads are counted only: one row a minute. Refusals beyond
/// `kRefusalsPerMinute` different ones in a minute become one `suppressed` row. No clock, no I/O.
class RowLimiter {
  public:
    static constexpr std::chrono::seconds kWindow{60};
    static constexpr std::size_t kRefusalsPerMinute = 30;

    /// The rows to write now because of `event`; `event.boot` is now.
    std::vector<Event> add(const Event& event);

    /// The rows of windows that have ended by `now`.
    std::vector<Event> due(BootTime now);

    /// Every row still owed; for a clean stop.
    std::vector<Event> flush();

  private:
    using Key = std::tuple<EventKind, std::string, std::string, std::string,
                           std::optional<PassMark>, std::optional<policy::BadgeRef>>;
    struct Window {
        BootTime ends{};
        Event last;
        std::int64_t owed = 0;
    };

    bool over_cap(const Event& event);
    static std::vector<Event> count(Window& window, const Event& event);

    std::map<Key, Window> windows_;
    BootTime cap_ends_{};
    std::size_t refusals_ = 0;
};

}  // namespace creneau::door
