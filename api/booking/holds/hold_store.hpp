#pragma once

#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/booking/reach.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace creneau::booking {

// SQL of holds, each query within one town.

/// Inserts a hold and takes every space of `place`, its room, and its equipment over the slot with
/// the buffers of `place`; answers its id (`hold.id` and the names are not looked at). The spaces
/// have to be free and the equipment to be had.
[[nodiscard]] HoldId insert_hold(store::Session& session, TownId town, const Hold& hold,
                                 const Place& place);

/// How a hold ends.
struct HoldEnd {
    HoldStatus status = HoldStatus::released;
    std::chrono::sys_seconds at;
    std::optional<BookingId> booking{};  ///< what it became
};
/// Ends a hold that still holds, frees its spaces and gives its equipment back; false when it had
/// ended.
[[nodiscard]] bool end_hold(store::Session& session, TownId town, HoldId hold, const HoldEnd& end);

/// Says what a booked hold became.
void name_booking_of(store::Session& session, TownId town, HoldId hold, BookingId booking);

[[nodiscard]] std::optional<Hold> select_hold(store::Session& session, TownId town, HoldId hold);

struct HoldQuery {
    std::chrono::sys_seconds now;     ///< only what holds then
    std::optional<Reach> reach{};     ///< none: the whole town
    std::optional<RoomId> room{};     ///< only what takes a space of it
    std::optional<Interval> range{};  ///< and meets this
    std::optional<HoldId> after{};    ///< only what comes later in the list than this one
    std::int64_t limit = std::numeric_limits<std::int64_t>::max();
    std::optional<SiteId> site{};  ///< only its rooms'
};
/// The holds that hold, by deadline.
[[nodiscard]] std::vector<Hold> select_holds(store::Session& session, TownId town,
                                             const HoldQuery& query);

/// Those that have expired by `now` and still have their rows, by deadline.
[[nodiscard]] std::vector<Hold> select_expired(store::Session& session, TownId town,
                                               std::chrono::sys_seconds now);
[[nodiscard]] bool has_expired_hold(store::Session& session, TownId town,
                                    std::chrono::sys_seconds now);

}  // namespace creneau::booking
