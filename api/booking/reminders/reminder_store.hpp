#pragma once

#include "api/booking/booking_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <vector>

namespace creneau::booking {

// SQL of reminders, each query within one town. A booking is due when it is approved, has not
// begun, begins within the time that the town says, with that of a letter for a booker on paper,
// and its booker was not reminded of that start.

struct DueReminder {
    BookingId booking{};
    /// A mail about the booking that says as much has left within that time already.
    bool told = false;
};

/// Is one due? Reads only.
[[nodiscard]] bool has_due_reminder(store::Session& session, TownId town,
                                    std::chrono::sys_seconds now);

/// Those that are due, by their start; at most fifty, so that no write waits for long.
[[nodiscard]] std::vector<DueReminder> select_due_reminders(store::Session& session, TownId town,
                                                            std::chrono::sys_seconds now);

/// Notes that the booker knows of the start that the booking has now.
void mark_reminded(store::Session& session, TownId town, BookingId booking);

}  // namespace creneau::booking
