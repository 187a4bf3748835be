#include "api/http/booking_fields.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/request_booking.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/http/fields.hpp"
#include "api/http/request.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

namespace creneau::http {

namespace {

constexpr std::size_t kLongTime = 40;
constexpr std::chrono::days kLongestRange{92};

}  // namespace

booking::RequestBooking request_in(Fields& fields, const Request& request) {
    booking::RequestBooking order;
    order.town = request.town;
    order.actor = request.signed_in().id;
    order.booker = fields.optional_id<booking::PersonId>("booker_id");
    order.room = fields.id<booking::RoomId>("room_id");
    order.association = fields.optional_id<booking::AssociationId>("association_id");
    order.start = fields.text("start", kLongTime);
    order.end = fields.text("end", kLongTime);
    order.attendees = fields.integer("attendees", kAnyCount);
    order.purpose = fields.optional_text("purpose", Fields::kLongText).value_or("");
    order.layout = fields.optional_text("layout", Fields::kLongText).value_or("");
    order.now = request.now;
    return order;
}

std::optional<booking::LocalDate> date_of(Fields& fields, const std::string& name,
                                          const std::optional<std::string>& text) {
    const auto date = text ? booking::parse_date(*text) : std::nullopt;
    if (text && !date) {
        fields.refuse(fields.name_of(name), "not_a_date",
                      {"Une date est attendue : 2026-12-05.", "A date is expected: 2026-12-05."});
    }
    return date;
}

std::optional<booking::LocalDate> date_in(Fields& fields, const std::string& name) {
    const auto text = fields.text(name, kLongTime);
    return text.empty() ? std::nullopt : date_of(fields, name, text);
}

std::optional<booking::LocalDate> optional_date_in(Fields& fields, const std::string& name) {
    return date_of(fields, name, fields.edited_text(name, kLongTime));
}

std::string kind_in(Fields& fields) {
    const auto kind = fields.edited_text("kind", Fields::kLongText);
    if (!kind && !fields.refused("kind")) {
        fields.refuse("/kind", "required",
                      {"Indiquez un type de réservation, vide pour aucun.",
                       "Give a kind of booking, empty for none."});
    }
    return kind.value_or("");
}

void check_range(Fields& fields, const booking::Interval& range) {
    if (fields.refused("from") || fields.refused("to")) {
        return;
    }
    if (range.end <= range.start) {
        fields.refuse("to", "end_before_start",
                      {"La fin doit être après le début.", "The end must be after the start."});
    } else if (range.end - range.start > kLongestRange) {
        fields.refuse("to", "too_long", {"Au plus 92 jours.", "At most 92 days."});
    }
}

}  // namespace creneau::http
