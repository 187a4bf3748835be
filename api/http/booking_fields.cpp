#include "api/http/booking_fields.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/request_booking.hpp"
#include "api/http/fields.hpp"
#include "api/http/request.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

namespace creneau::http {

namespace {

constexpr IntegerRange kId{1, std::numeric_limits<std::int64_t>::max()};
// Wider than any rule: what is too much is for the rules to say, with what would pass.
constexpr std::size_t kLongText = 20'000;
constexpr std::size_t kLongTime = 40;
constexpr IntegerRange kAnyCount{-1'000'000'000, 1'000'000'000};

template <class Id>
std::optional<Id> optional_id(Fields& fields, const std::string& name) {
    const auto number = fields.optional_integer(name, kId);
    return number ? std::optional(Id{*number}) : std::nullopt;
}

}  // namespace

booking::RequestBooking request_in(Fields& fields, const Request& request) {
    booking::RequestBooking order;
    order.town = request.town;
    order.actor = request.signed_in().id;
    order.booker = optional_id<booking::PersonId>(fields, "booker_id");
    order.room = booking::RoomId{fields.integer("room_id", kId)};
    order.association = optional_id<booking::AssociationId>(fields, "association_id");
    order.start = fields.text("start", kLongTime);
    order.end = fields.text("end", kLongTime);
    order.attendees = fields.integer("attendees", kAnyCount);
    order.purpose = fields.optional_text("purpose", kLongText).value_or("");
    order.layout = fields.optional_text("layout", kLongText).value_or("");
    order.kind = fields.optional_text("kind", kLongText).value_or("");
    order.now = request.now;
    return order;
}

}  // namespace creneau::http
