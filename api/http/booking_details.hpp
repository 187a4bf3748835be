#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/view_store.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <string>

#include <nlohmann/json.hpp>

namespace creneau::http {

/// A booking with its equipment and the papers it lacks, for those who may see it; the office reads
/// why rules were set aside for it.
[[nodiscard]] nlohmann::json details_of(store::Session& session, booking::TownId town,
                                        const people::Person& reader,
                                        const booking::BookingView& view,
                                        std::chrono::sys_seconds now);

/// Changes with the booking and with the papers that it lacks; `details` are its details_of().
[[nodiscard]] std::string etag_of(const booking::BookingView& view, const nlohmann::json& details);

}  // namespace creneau::http
