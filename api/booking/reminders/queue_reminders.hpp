#pragma once

#include "api/booking/booking_types.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <chrono>

namespace creneau::booking {

/// Reminds the bookers whose slot is as near as the town says, each once of a start: with the code
/// of the booking's living pass, or with the papers that hold it back. Who heard of the booking
/// within that time is not told again.
void queue_reminders(store::Session& session, TownId town, std::chrono::sys_seconds now);

/// The same as a write of its own, where there is anything to do; for a clock's tick.
void queue_due_reminders(store::Readers& readers, store::Writer& writer, TownId town,
                         std::chrono::sys_seconds now);

}  // namespace creneau::booking
