#pragma once

#include "api/access/access_types.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/view_store.hpp"
#include "api/http/object_text.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"

#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {

// Bookings, slots, passes and refusals as the API answers them.

/// Instants and the local times of the site.
[[nodiscard]] nlohmann::json to_json(const booking::Slot& slot);

/// An interval in both forms, in a time zone.
[[nodiscard]] nlohmann::json to_json(const booking::Interval& interval, const std::string& zone);
/// The same members into an object that is under way.
void write(ObjectText& object, const booking::Interval& interval, const std::string& zone);

/// All of a booking: for those who may see it.
[[nodiscard]] nlohmann::json to_json(const booking::BookingView& view);
/// The same members into an object that is under way.
void write(ObjectText& object, const booking::BookingView& view);

/// A pass without its code.
[[nodiscard]] nlohmann::json to_json(const access::Pass& pass, std::chrono::sys_seconds now);

/// Failing rules as members of an answer: field, code and detail in the reader's language.
[[nodiscard]] nlohmann::json to_json(const std::vector<booking::Failure>& failures,
                                     Language language);

/// Slots that are offered in place of one that is not to be had.
[[nodiscard]] nlohmann::json to_json(const std::vector<booking::Alternative>& offers);

/// The status and problem of a refusal, every failing rule named.
[[nodiscard]] Response refused(const Request& request, const booking::BookingError& error);

}  // namespace creneau::http
