#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/equipment/equipment_store.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <string>
#include <vector>

namespace creneau::booking {

/// What a stage manager needs to know of one booking: nothing of the people, and of an association
/// its name.
struct Preparation {
    BookingId booking{};
    RoomId room{};
    std::string room_name;
    Status status = Status::pending;
    Slot slot;
    Interval with_buffers;  ///< from the beginning of the setup to the end of the teardown
    std::int64_t attendees = 0;
    std::string layout_name;       ///< empty: as the room stands
    std::string association_name;  ///< empty for an individual
    std::vector<EquipmentLine> equipment;
};

/// What is to be prepared in a hall on a day.
struct DayPlan {
    Site site;
    LocalDate day{};
    std::vector<Preparation> items;
};

/// The plan of one site and local day. `not_allowed` to those who prepare nothing,
/// `unknown_booking` when there is no such site.
[[nodiscard]] Outcome<DayPlan> prepare_day(store::Session& session, TownId town,
                                           const people::Person& reader, SiteId site,
                                           const LocalDate& day);

}  // namespace creneau::booking
