#pragma once

#include "api/booking/affair.hpp"
#include "api/booking/check_wish.hpp"
#include "api/store/session.hpp"

namespace creneau::booking {

/// What a booking has, as a wish of the actor to move it: with its room, slot and equipment until
/// the caller says others.
[[nodiscard]] Wish wish_to_move(store::Session& session, const Affair& affair);

}  // namespace creneau::booking
