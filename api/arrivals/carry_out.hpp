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
/// Answers how many movements were carried out.
std::size_t carry_out_movements(store::Session& session, TownId town, std::chrono::sys_seconds now);

/// The same as a write of its own, where there is anything to do; for a clock's tick.
void carry_out_due_movements(store::Readers& readers, store::Writer& writer, TownId town,
                             std::chrono::sys_seconds now);

}  // namespace creneau::arrivals
