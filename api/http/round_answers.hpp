#pragma once

#include "api/booking/rounds/round_demand.hpp"
#include "api/booking/rounds/round_error.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/people/person.hpp"

#include <nlohmann/json.hpp>

namespace creneau::http {

// Rounds, wishes and refusals as the API answers them.

/// A round with what of its proposal the reader may see.
[[nodiscard]] nlohmann::json to_json(const booking::Round& round, const people::Person& reader);

/// A wish with what of its decision is in it.
[[nodiscard]] nlohmann::json to_json(const booking::RoundWish& wish, Language language);

/// What is wished for of a room, by weekday, and where wishes collide.
[[nodiscard]] nlohmann::json to_json(const booking::RoomDemand& demand);

/// The status and problem of a refusal, every failing rule named.
[[nodiscard]] Response refused(const Request& request, const booking::RoundError& error);

}  // namespace creneau::http
