#pragma once

#include "api/access/access_types.hpp"
#include "api/booking/booking_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace creneau::booking {

/// Why it is not proved that nobody came: what is not known counts as somebody there.
enum class Doubt : std::uint8_t {
    no_doors,         ///< no locked door is known, or the booking has no window behind them
    no_way_in,        ///< it has no pass and its holder no badge, or a pass of it was taken away
    other_way_in,     ///< a key is lent that day, or somebody opens
    came,             ///< somebody came for the slot
    changed_late,     ///< decided, moved, or anything else written about it, since it began
    door_out,         ///< a door is disabled, or nobody's that has enrolled
    agent_silent,     ///< an agent, its clock or the town itself was not there all through
    rows_missing,     ///< an agent has rows that are not here
    door_used,        ///< something was read at a door, or an agent had something to tell
    stayed_on,        ///< a slot behind the same doors ended too shortly before
    door_moved,       ///< a door is not locked and at rest, or was not for long enough
    free_access,      ///< a door stood open for all by its hours, or shortly before
    ordered,          ///< a door was ordered to open from afar
    alarm,            ///< a door or its agent had an alarm
    decided_on_door,  ///< a site was locked down or somebody changed a door
};

/// "no_doors", …
[[nodiscard]] std::string_view word_of(Doubt doubt);

/// What a proof is about: from the first instant that the booking's pass is let in, until now.
struct Proof {
    TownId town{};
    const Booking& booking;
    access::ZoneId zone{};
    std::chrono::sys_seconds from;
    std::chrono::sys_seconds due;  ///< every agent told all until then
    std::chrono::sys_seconds now;
};

/// The first doubt; none: nobody came. Hold the agents where it is acted on (release_store.hpp).
[[nodiscard]] std::optional<Doubt> doubt_about(store::Session& session, const Proof& proof);

}  // namespace creneau::booking
