#pragma once

#include "api/arrivals/movement_types.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <cstddef>

namespace creneau::arrivals {

/// Writes to whom notices_due() names, and invites who arrives within five days to open their
/// account. Each is written to once whatever restarts. A step that nobody answers for counts as
/// acknowledged. Answers how many mails were queued.
std::size_t tell_concerned(store::Session& session, TownId town, std::chrono::sys_seconds now);

/// The same as a write of its own, where there is anything to do; for a clock's tick.
void tell_due_concerned(store::Readers& readers, store::Writer& writer, TownId town,
                        std::chrono::sys_seconds now);

/// Tells who was told of a movement that it does not take place.
void tell_withdrawn(store::Session& session, TownId town, const Movement& movement,
                    std::chrono::sys_seconds now);

}  // namespace creneau::arrivals
