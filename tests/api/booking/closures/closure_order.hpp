#pragma once

#include "api/booking/closures/plan_closure.hpp"
#include "tests/api/booking/town_fixture.hpp"

namespace creneau::booking {

/// The office closes kDanton for works from 5 December 2026, 08:00, to 7 December, 08:00.
inline CloseRooms danton_closure(MeetPolicy meets = MeetPolicy::refuse) {
    CloseRooms order;
    order.town = kTown;
    order.actor = kOffice;
    order.room = kDanton;
    order.start = "2026-12-05T08:00";
    order.end = "2026-12-07T08:00";
    order.kind = ClosureKind::works;
    order.reason = "Reprise du parquet";
    order.meets = meets;
    order.now = kNow;
    return order;
}

}  // namespace creneau::booking
