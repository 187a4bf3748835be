#pragma once

#include "api/booking/booking_types.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <chrono>

namespace creneau::booking {

/// Ends the requests whose slot is over and which nobody decided on: refused by themselves, on a
/// ground that nobody chooses, with the usual mail, since its reader may contest it as any refusal.
/// At most fifty, the earliest first.
void lapse_requests(store::Session& session, TownId town, std::chrono::sys_seconds now);

/// The same as a write of its own, where there is anything to do; for a clock's tick.
void lapse_due_requests(store::Readers& readers, store::Writer& writer, TownId town,
                        std::chrono::sys_seconds now);

}  // namespace creneau::booking
