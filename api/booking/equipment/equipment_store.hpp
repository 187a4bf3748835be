#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/buffer_rules.hpp"
#include "api/booking/equipment/equipment_types.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace creneau::booking {

// SQL of equipment, each query within one town. What a booking or a hold takes is written and
// deleted with its occupancies (booking_store.hpp, hold_store.hpp), so that no path changes one
// without the other.

/// What may be taken at a site, movable things included, or in the whole town; by name.
[[nodiscard]] std::vector<Equipment> list_equipment(store::Session& session, TownId town,
                                                    std::optional<SiteId> site = {});

[[nodiscard]] std::optional<Equipment> find_equipment(store::Session& session, TownId town,
                                                      EquipmentId equipment);

/// Whose stock, when, and what does not count: holds that have expired by `now`, and one booking.
struct TakingsQuery {
    EquipmentId equipment{};
    Interval during;
    std::chrono::sys_seconds now;
    BookingId but_for{};
};
/// What bookings and holds take off a stock at some instant of an interval.
[[nodiscard]] std::vector<Taking> takings_of(store::Session& session, TownId town,
                                             const TakingsQuery& query);

/// Setup and teardown that a booking's equipment is taken for: those that its room had when it was
/// taken. Nothing when it takes none.
[[nodiscard]] std::optional<Buffers> kept_buffers(store::Session& session, TownId town,
                                                  BookingId booking, const Interval& slot);

/// Whose orders of equipment. A wait asks and takes nothing.
using OrderOwner = std::variant<BookingId, HoldId, WaitId>;

/// What was asked for, by equipment.
[[nodiscard]] std::vector<EquipmentOrder> orders_of(store::Session& session, TownId town,
                                                    const OrderOwner& owner);

/// Writes what is asked for in place of what was; for owners that take nothing now.
void set_orders(store::Session& session, TownId town, const OrderOwner& owner,
                const std::vector<EquipmentOrder>& orders);

/// One thing that was asked for.
struct EquipmentLine {
    EquipmentOrder order;
    std::string name;
    bool is_movable = false;
};
/// The same with its names, by name.
[[nodiscard]] std::vector<EquipmentLine> equipment_lines(store::Session& session, TownId town,
                                                         const OrderOwner& owner);

/// Takes what a booking or a hold asked for over `during`, buffers included; `expires_at` is the
/// hold's. Throws where that is more than there is: judge before.
void take_equipment(store::Session& session, TownId town, const OrderOwner& owner,
                    const Interval& during,
                    std::optional<std::chrono::sys_seconds> expires_at = {});

/// Gives back all that it takes.
void give_equipment_back(store::Session& session, TownId town, const OrderOwner& owner);

}  // namespace creneau::booking
