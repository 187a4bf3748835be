#pragma once

#include "api/booking/booking_types.hpp"
#include "api/store/session.hpp"

#include <string>
#include <vector>

namespace creneau::booking {

/// What bookings of a town are for: upkeep, events, …; the town's file names them.
struct BookingKind {
    std::string key;
    std::string name_fr;
    std::string name_en;
};

/// By key.
[[nodiscard]] std::vector<BookingKind> select_kinds(store::Session& session, TownId town);

}  // namespace creneau::booking
