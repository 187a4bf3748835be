#pragma once

#include "api/arrivals/movement_types.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <cstddef>

namespace creneau::arrivals {

/// Makes lasting what holds from the instants of arrivals and departures on, each once whatever
/// restarts; `now` is when that is done. Nobody waits for it: Person::is_active(), policies and the
/// signer compare the instants themselves. A departure closes the account with its sessions, codes
/// and tokens, the badges, the passes that the person held, roles and delegations; bookings stay.
/// Each movement is a write of its own, so that one which fails holds back no other. Answers how
/// many were carried out. For a clock's tick.
std::size_t carry_out_due_movements(store::Readers& readers, store::Writer& writer, TownId town,
                                    std::chrono::sys_seconds now);

}  // namespace creneau::arrivals
