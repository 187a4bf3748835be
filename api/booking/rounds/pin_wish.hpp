#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/rounds/round_error.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/booking/rounds/state_wish.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace creneau::booking {

/// The office settles a wish: a place, or none with a reason.
struct PinWish {
    ChangeWish change;
    bool gets_nothing = false;
    std::optional<RoomId> room;               ///< none: the room wished first
    std::optional<std::chrono::weekday> day;  ///< and the hours wished where none are said
    std::optional<std::string> start;
    std::optional<std::string> end;
    std::optional<int> end_day_offset;
    std::string reason;
};
/// Proposals keep to it. Refused where it is both a place and none, where the room surely refuses
/// the wish, or where another wish is settled into the same place.
[[nodiscard]] RoundOutcome<RoundWish> pin_wish(store::Session& session, const PinWish& order);

/// The engine decides on it again.
[[nodiscard]] RoundOutcome<RoundWish> unpin_wish(store::Session& session, const ChangeWish& change);

}  // namespace creneau::booking
