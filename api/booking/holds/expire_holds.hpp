#pragma once

#include "api/booking/booking_types.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <chrono>

namespace creneau::booking {

/// Ends every hold of the town that has expired, the earliest first, and offers its slot to the
/// next in line; whose turn it was gets a mail. Each write that takes spaces begins with it: a
/// hold's rows outlive its deadline, and nobody may find a slot taken by them.
void release_expired(store::Session& session, TownId town, std::chrono::sys_seconds now);

/// The same as a write of its own, where there is anything to do; for a clock's tick.
void expire_holds(store::Readers& readers, store::Writer& writer, TownId town,
                  std::chrono::sys_seconds now);

}  // namespace creneau::booking
