#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/buffer_rules.hpp"
#include "api/booking/equipment/equipment_types.hpp"
#include "api/store/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace creneau::booking {

// SQL of equipment, each query within one town. What a booking takes is written and deleted with
// its occupancies (booking_store.hpp), so that no path changes one without the other.

/// What may be taken at a site, movable things included, or in the whole town; by name.
[[nodiscard]] std::vector<Equipment> list_equipment(store::Session& session, TownId town,
                                                    std::optional<SiteId> site = {});

[[nodiscard]] std::optional<Equipment> find_equipment(store::Session& session, TownId town,
                                                      EquipmentId equipment);

/// Whose stock, when, and whose takings do not count.
struct TakingsQuery {
    EquipmentId equipment{};
    Interval during;
    BookingId but_for{};
};
/// What bookings take off a stock at some instant of an interval.
[[nodiscard]] std::vector<Taking> takings_of(store::Session& session, TownId town,
                                             const TakingsQuery& query);

/// Setup and teardown that a booking's equipment is taken for: those that its room had when it was
/// taken. Nothing when it takes none.
[[nodiscard]] std::optional<Buffers> kept_buffers(store::Session& session, TownId town,
                                                  BookingId booking, const Interval& slot);

/// What a booking asked for, by equipment.
[[nodiscard]] std::vector<EquipmentOrder> orders_of(store::Session& session, TownId town,
                                                    BookingId booking);

/// Writes what a booking asks for in place of what it did; for bookings that occupy nothing now.
void set_orders(store::Session& session, TownId town, BookingId booking,
                const std::vector<EquipmentOrder>& orders);

/// One thing that a booking asked for.
struct EquipmentLine {
    EquipmentOrder order;
    std::string name;
    bool is_movable = false;
};
/// The same with its names, by name.
[[nodiscard]] std::vector<EquipmentLine> equipment_lines(store::Session& session, TownId town,
                                                         BookingId booking);

}  // namespace creneau::booking
