#pragma once

#include "api/access/access_types.hpp"
#include "api/access/doors/door_types.hpp"
#include "api/access/events/event_store.hpp"
#include "api/store/session.hpp"

#include <chrono>

namespace creneau::access {

/// Notes that somebody came for the booking whose pass was let in at `door`, a door of its room,
/// within its window; of a badge, for the booking of its association whose window began last. A
/// badge of a person is for no booking.
void note_check_in(store::Session& session, TownId town, DoorId door, const ShownCredential& shown,
                   std::chrono::sys_seconds at);

}  // namespace creneau::access
