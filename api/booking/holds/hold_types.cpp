#include "api/booking/holds/hold_types.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/request_booking.hpp"

#include <chrono>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <utility>

namespace creneau::booking {

RequestBooking request_of(const Claim& claim, TownId town, PersonId actor,
                          std::chrono::sys_seconds now) {
    RequestBooking request;
    request.town = town;
    request.actor = actor;
    request.booker = claim.booker;
    request.room = claim.room;
    request.association = claim.association;
    request.start = claim.slot.local_start;
    request.end = claim.slot.local_end;
    request.attendees = claim.attendees;
    request.purpose = claim.purpose;
    request.layout = claim.layout;
    request.equipment = claim.equipment;
    request.now = now;
    return request;
}

Claim claim_of(const RequestBooking& request, Slot slot) {
    return {request.room,    request.association, request.booker.value_or(request.actor),
            request.actor,   std::move(slot),     static_cast<int>(request.attendees),
            request.purpose, request.layout,      request.equipment};
}

std::string_view word_of(HoldStatus status) {
    switch (status) {
        case HoldStatus::held:
            return "held";
        case HoldStatus::booked:
            return "booked";
        case HoldStatus::released:
            return "released";
        case HoldStatus::expired:
            return "expired";
    }
    std::abort();
}

std::optional<HoldStatus> hold_status_of(std::string_view word) {
    for (const auto status :
         {HoldStatus::held, HoldStatus::booked, HoldStatus::released, HoldStatus::expired}) {
        if (word_of(status) == word) {
            return status;
        }
    }
    return std::nullopt;
}

}  // namespace creneau::booking
