#include "api/booking/attendance/attendance.hpp"

#include "api/access/events/event_rules.hpp"
#include "api/access/events/event_seal_store.hpp"
#include "api/audit/day.hpp"
#include "api/booking/attendance/attendance_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/release/release_store.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <string_view>

namespace creneau::booking {

namespace {

/// The access log has every row of the booking's windows still, which begin within a day of it.
bool is_in_log(store::Session& session, TownId town, const Booking& booking,
               std::chrono::sys_seconds now) {
    const std::chrono::months kept(
        access::select_shortest_period(session, access_id(town), access::kEventsKept.count()));
    return booking.slot.at.start - std::chrono::days{1} >= audit::kept_from(now, kept);
}

}  // namespace

std::string_view word_of(Attendance attendance) {
    switch (attendance) {
        case Attendance::unknown:
            return "unknown";
        case Attendance::checked_in:
            return "checked_in";
        case Attendance::no_show:
            return "no_show";
    }
    return "unknown";
}

Attendance attendance_of(store::Session& session, TownId town, const Booking& booking,
                         std::chrono::sys_seconds now) {
    if (booking.status != Status::approved) {
        return Attendance::unknown;
    }
    if (has_check_in(session, town, booking)) {
        return Attendance::checked_in;
    }
    if (is_released(session, town, booking)) {
        return Attendance::no_show;
    }
    const DoorsTold doors = count_doors_told(session, town, booking);
    const bool all_told = doors.doors > 0 && doors.told == doors.doors;
    const bool nobody_came = all_told && !has_other_way_in(session, town, booking) &&
                             !is_anybody_seen(session, town, booking) &&
                             is_in_log(session, town, booking, now);
    return nobody_came ? Attendance::no_show : Attendance::unknown;
}

}  // namespace creneau::booking
