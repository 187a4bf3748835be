#pragma once

#include "api/access/events/event_types.hpp"
#include "policy/policy.hpp"

#include <chrono>

namespace creneau::access {

/// A door lets a pass in this much before its window, and after it, at most: clocks differ.
inline constexpr std::chrono::seconds kClockAllowance = policy::kLargestSkew;

/// For so long an event is kept at most, whatever the town decides: the law's bound.
inline constexpr std::chrono::months kEventsKept{3};

/// Whether a journal can have such rows: words and numbers within their forms, sequences ascending,
/// at most kMostEvents.
[[nodiscard]] bool is_well_formed(const EventBatch& batch);

/// Whether somebody was let in, at an instant that may be believed.
[[nodiscard]] bool is_arrival(const JournalEvent& event);

/// From when an event's age counts: its own instant where the agent's clock was believed and it is
/// not ahead of `received_at`, else when it came.
[[nodiscard]] std::chrono::sys_seconds kept_since(const JournalEvent& event,
                                                  std::chrono::sys_seconds received_at);

}  // namespace creneau::access
