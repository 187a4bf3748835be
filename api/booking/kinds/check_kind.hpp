#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/store/session.hpp"

#include <string>
#include <vector>

namespace creneau::booking {

/// Whether the town has that kind of booking; an empty key is none, and good. The field is `kind`.
[[nodiscard]] std::vector<Failure> check_kind(store::Session& session, TownId town,
                                              const std::string& key);

}  // namespace creneau::booking
