#pragma once

#include "api/booking/rounds/manage_rounds.hpp"
#include "api/booking/rounds/pin_wish.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/booking/rounds/state_wish.hpp"
#include "api/http/fields.hpp"
#include "api/http/request.hpp"

namespace creneau::http {

// The members of requests about rounds. Meaningless unless `fields` is ok afterwards.

/// All of a new round.
[[nodiscard]] booking::Round round_in(Fields& fields);
/// What is to change of one; `change` is for the caller to fill in.
[[nodiscard]] booking::EditRound round_edit_in(Fields& fields);

/// All of a new wish.
[[nodiscard]] booking::WishForm wish_in(Fields& fields);
[[nodiscard]] booking::EditWish wish_edit_in(Fields& fields);

/// Where a wish is settled, or that it gets nothing.
[[nodiscard]] booking::PinWish pin_in(Fields& fields);

}  // namespace creneau::http
