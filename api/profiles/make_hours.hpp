#pragma once

#include "api/profiles/hours_store.hpp"
#include "api/profiles/profile_types.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <chrono>

namespace creneau::profiles {

/// Makes the instants of one timetable for the next 40 days, in the time zone of every site.
void make_hours_of(store::Session& session, TownId town, const OwnedTimetable& of,
                   std::chrono::sys_seconds now);

/// The same of every timetable of the town.
void make_hours(store::Session& session, TownId town, std::chrono::sys_seconds now);

/// The same as a write of its own, on each new local day of the town and once a calendar or a site
/// has changed; for a clock's tick.
void make_due_hours(store::Readers& readers, store::Writer& writer, TownId town,
                    std::chrono::sys_seconds now);

}  // namespace creneau::profiles
