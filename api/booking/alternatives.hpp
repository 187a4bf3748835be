#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/store/session.hpp"

#include <vector>

namespace creneau::booking {

/// What could not be had.
struct Wish {
    TownId town{};
    RoomId room{};
    Slot slot;
    std::int64_t attendees = 0;
    bool for_association = false;
    std::chrono::sys_seconds now;
};

inline constexpr std::size_t kMostAlternatives = 5;

/// Up to five slots that are free now: the same room nearby in time, then the same time in another
/// room of enough capacity, the smallest first. A read: run it after the refusal.
[[nodiscard]] std::vector<Alternative> find_alternatives(store::Session& session, const Wish& wish);

}  // namespace creneau::booking
