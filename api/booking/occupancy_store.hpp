#pragma once

#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::booking {

// SQL of what occupies spaces, whoever it is for; bookings take theirs in booking_store.hpp.

/// What a reader of busy times wants to know of.
struct Sight {
    std::chrono::sys_seconds now;  ///< holds that have expired by then are not seen
    bool closures = true;
};

/// What meets `range` on one space, in order: seeks the predecessor, scans forward.
[[nodiscard]] std::vector<Interval> select_busy(store::Session& session, SpaceId space,
                                                const Interval& range, const Sight& sight);

/// Whether a booking, as distinct from a closure or hold, occupies a space of the room within the
/// interval.
[[nodiscard]] bool is_booked(store::Session& session, TownId town, RoomId room,
                             const Interval& interval, const Look& look);

/// Until when a hold keeps a space of the room within the interval: the latest deadline, in local
/// time of its site. Nothing when none does.
[[nodiscard]] std::optional<std::string> held_until(store::Session& session, TownId town,
                                                    RoomId room, const Interval& interval,
                                                    const Look& look);

/// What occupies spaces besides bookings.
struct Source {
    std::string_view kind;  ///< "closure" or "hold"
    std::int64_t id = 0;
    std::optional<std::chrono::sys_seconds> expires_at{};  ///< of a hold
};

/// Takes one space for `source`; it has to be free.
void occupy(store::Session& session, TownId town, SpaceId space, const Interval& interval,
            const Source& source);

/// Gives up what closures occupy of the room's spaces within the interval, each row whole. Answers
/// the interval and all that was given up around it, for keep_closed() to give back.
[[nodiscard]] Interval vacate_closures(store::Session& session, TownId town, RoomId room,
                                       const Interval& interval);

/// Gives up what `source` occupies of the room's spaces within the interval, and nothing beside it.
void vacate_within(store::Session& session, TownId town, const Source& source, RoomId room,
                   const Interval& interval);

/// Gives up all that `source` occupies.
void vacate(store::Session& session, TownId town, const Source& source);

}  // namespace creneau::booking
