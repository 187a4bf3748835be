#pragma once

#include <chrono>
#include <string>

#include <cctz/time_zone.h>
#include <libical/ical.h>

namespace creneau::documents {

/// A VTIMEZONE that is right from `start` to `end` and for the two changes of offset after, one
/// observance a change, no recurrence rule. The caller owns it.
[[nodiscard]] icalcomponent* zone_component(const cctz::time_zone& zone, const std::string& name,
                                            std::chrono::sys_seconds start,
                                            std::chrono::sys_seconds end);

/// The fields of a local time, without zone.
[[nodiscard]] icaltimetype ical_time(const cctz::civil_second& at);

}  // namespace creneau::documents
