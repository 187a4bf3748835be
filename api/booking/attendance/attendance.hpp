#pragma once

#include "api/booking/booking_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <string_view>

namespace creneau::booking {

/// Whether somebody came.
enum class Attendance : std::uint8_t {
    unknown,     ///< not over, not told yet or any more, or somebody got in by another right
    checked_in,  ///< a door of the room let its pass in, or a badge of its association
    no_show,  ///< it is over, and every door that could have let somebody in says that it did not
};

/// "unknown", "checked_in", "no_show".
[[nodiscard]] std::string_view word_of(Attendance attendance);

/// What the doors of its room told so far. That nobody came is said while the access log goes back
/// to it: a check-in outlives the log, what else a door granted does not.
[[nodiscard]] Attendance attendance_of(store::Session& session, TownId town, const Booking& booking,
                                       std::chrono::sys_seconds now);

}  // namespace creneau::booking
