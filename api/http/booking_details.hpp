#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/view_store.hpp"
#include "api/store/session.hpp"

#include <nlohmann/json.hpp>

namespace creneau::http {

/// A booking with its equipment, for those who may see it.
[[nodiscard]] nlohmann::json details_of(store::Session& session, booking::TownId town,
                                        const booking::BookingView& view);

}  // namespace creneau::http
