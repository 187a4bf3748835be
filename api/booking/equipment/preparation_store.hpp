#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/equipment/preparation.hpp"
#include "api/store/session.hpp"

#include <vector>

namespace creneau::booking {

/// The pending and approved bookings of a site that its rooms are prepared for or cleared after at
/// some instant of `range`, by the instant their setup begins, still without their equipment.
[[nodiscard]] std::vector<Preparation> select_preparations(store::Session& session, TownId town,
                                                           SiteId site, const Interval& range);

}  // namespace creneau::booking
