#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/closures/closure_types.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <cstdint>
#include <optional>

namespace creneau::booking {

/// So many waits are asked in one write, which everybody else's has to wait for.
inline constexpr std::int64_t kMostAsked = 100;

/// Asks the next of the line for what a removed closure still occupies, the longest waiting first:
/// who can have their slot now gets an offer, and whoever asks meanwhile finds it taken. Once all
/// have been asked, the closure gives up what is left. Without a closure, the one removed first.
/// False when there is none.
bool open_closure(store::Session& session, TownId town, std::chrono::sys_seconds now,
                  std::optional<ClosureId> closure = {});

/// The same for all of them, a few writes in a call: what is left, the next tick of the clock does.
/// Reads where there is nothing to do.
void open_closures(store::Readers& readers, store::Writer& writer, TownId town,
                   std::chrono::sys_seconds now);

}  // namespace creneau::booking
