#pragma once

#include "api/booking/booking_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <vector>

namespace creneau::booking {

/// A closure that the clocks moved, and where it was.
struct MovedClosure {
    SiteId site{};
    std::vector<SpaceId> spaces;
    Interval before;
    Interval after;
};

/// Writes the instants that the local times of each closure not over yet name now, and takes those
/// that moved out of their spaces. One whose times name nothing any more stays as it was.
[[nodiscard]] std::vector<MovedClosure> lift_moved_closures(store::Session& session, TownId town,
                                                            std::chrono::sys_seconds now);

/// Closes again, around whatever is booked there, and offers what is closed no more.
void lay_closures(store::Session& session, TownId town, const std::vector<MovedClosure>& closures,
                  std::chrono::sys_seconds now);

}  // namespace creneau::booking
