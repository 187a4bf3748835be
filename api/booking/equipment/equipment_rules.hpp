#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/equipment/equipment_types.hpp"

#include <chrono>
#include <cstdint>
#include <span>
#include <vector>

namespace creneau::booking {

/// What is left of a stock for as long as it stays the same. Below zero where more is taken than
/// there is.
struct Stretch {
    Interval at;
    std::int64_t left = 0;

    friend bool operator==(const Stretch&, const Stretch&) = default;
};

/// What `taken` leaves of `stock` all through `during`, in order and without a hole.
[[nodiscard]] std::vector<Stretch> left_through(std::int64_t stock, const Interval& during,
                                                std::span<const Taking> taken);

/// The least of it at one instant.
[[nodiscard]] std::int64_t least_left(const std::vector<Stretch>& stretches);

/// Local dates, both included, on which a stock runs short.
struct ShortDates {
    std::chrono::local_days first;
    std::chrono::local_days last;
    std::int64_t left = 0;  ///< at the worst of them

    friend bool operator==(const ShortDates&, const ShortDates&) = default;
};

/// The orders one by one: known, at this site, each once and at least one of it. `known` is the
/// town's equipment.
[[nodiscard]] std::vector<Failure> check_orders(std::span<const EquipmentOrder> orders,
                                                std::span<const Equipment> known, SiteId site);

/// Whether `after` is had for what `before` takes: no further thing, and of none more.
[[nodiscard]] bool takes_no_more(std::span<const EquipmentOrder> before,
                                 std::span<const EquipmentOrder> after);

/// Fewer are left than were asked for on these dates, of which there is at least one.
[[nodiscard]] Failure equipment_short(const Equipment& equipment,
                                      const std::vector<ShortDates>& dates);

}  // namespace creneau::booking
