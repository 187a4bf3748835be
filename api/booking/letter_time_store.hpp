#pragma once

#include "api/booking/booking_types.hpp"
#include "api/store/session.hpp"

#include <chrono>

namespace creneau::booking {

/// How long what is written to a person takes to reach them: what the town says of letters, and
/// nothing for who has an e-mail address.
[[nodiscard]] std::chrono::minutes letter_time(store::Session& session, TownId town,
                                               PersonId person);

}  // namespace creneau::booking
