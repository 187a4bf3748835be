#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/holds/hold_types.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace creneau::booking {

enum class WaitStatus : std::uint8_t {
    waiting,
    offered,  ///< a hold stands for it
    booked,
    left,    ///< given up
    lapsed,  ///< the offer ran out unused, or the slot began without one
};

/// The lines that one person may join, without those that a round joined for them.
inline constexpr int kMostWaits = 500;

/// Somebody's place in the line for a slot.
struct Wait {
    WaitId id{};
    Claim claim;
    WaitStatus status = WaitStatus::waiting;
    std::chrono::sys_seconds asked_at;
    bool in_round = false;       ///< a round left it waiting: asked for in time
    std::int64_t ahead = 0;      ///< how many wait longer for some of the slot in that room
    std::optional<HoldId> hold;  ///< while it is offered
    std::string room_name;
    std::string time_zone;  ///< of the site
    std::string booker_name;
    std::string association_name;  ///< empty for an individual
};

/// The stable words of the database and the API.
std::string_view word_of(WaitStatus status);
std::optional<WaitStatus> wait_status_of(std::string_view word);

}  // namespace creneau::booking
