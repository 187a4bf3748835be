#pragma once

#include "api/booking/booking_types.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <cstddef>

namespace creneau::booking {

/// Tells who manages a holder that a paper which bookings to come rest on ends within 30 or 7 days,
/// or has ended: each manager, else the association's own address; a person for themselves. Once a
/// paper and threshold, whatever restarts; one that was missed is not made up for when a nearer one
/// holds. Answers how many papers were told of.
std::size_t queue_paper_alerts(store::Session& session, TownId town, std::chrono::sys_seconds now);

/// The same as a write of its own, where there is anything to do; for a clock's tick.
void queue_due_paper_alerts(store::Readers& readers, store::Writer& writer, TownId town,
                            std::chrono::sys_seconds now);

}  // namespace creneau::booking
