#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/estate_store.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::booking {

// SQL of bookings, occupancies and the audit, each query within one town. Throws what the database
// throws, except where a fault is an answer.

/// Inserts a booking; answers its id (`booking.id` is not looked at).
[[nodiscard]] BookingId insert_booking(store::Session& session, TownId town,
                                       const Booking& booking);

[[nodiscard]] std::optional<Booking> select_booking(store::Session& session, TownId town,
                                                    BookingId booking);

/// Compare-and-swap: writes what of `after` may change, only while the row still has the status and
/// sequence of `before`. False when it has not.
[[nodiscard]] bool update_booking(store::Session& session, TownId town, const Booking& before,
                                  const Booking& after);

/// Whether equipment may have been written for a booking. `none` only spares a statement.
enum class Orders : std::uint8_t { none, maybe };

/// Takes every space of `place`, the booking's room, over its slot, and its equipment
/// (equipment_store.hpp) over the slot with the buffers of `place`. False when somebody has one of
/// the spaces: the caller must return at once, its savepoint is over. Throws where more equipment
/// is taken than there is: judge before; std::logic_error when the place is of another room.
[[nodiscard]] bool insert_occupancies(store::Session& session, TownId town, const Booking& booking,
                                      const Place& place, Orders orders = Orders::maybe);

/// Gives spaces and equipment back.
void delete_occupancies(store::Session& session, TownId town, BookingId booking);

/// What a look at occupancies leaves out: holds that have expired by then, and one booking.
struct Look {
    std::chrono::sys_seconds now;
    BookingId but_for{};
};

/// Whether something occupies a space of the room within the interval. A look only: what decides is
/// insert_occupancies.
[[nodiscard]] bool is_taken(store::Session& session, TownId town, RoomId room,
                            const Interval& interval, const Look& look);

[[nodiscard]] std::string select_association_name(store::Session& session, TownId town,
                                                  AssociationId association);

}  // namespace creneau::booking
