#include "api/http/booking_routes.hpp"

#include "api/booking/approve_booking.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/cancel_booking.hpp"
#include "api/booking/change.hpp"
#include "api/booking/grounds.hpp"
#include "api/booking/kinds/kind_store.hpp"
#include "api/booking/kinds/sort_booking.hpp"
#include "api/booking/lapses/lapse_ground.hpp"
#include "api/booking/list_bookings.hpp"
#include "api/booking/move_booking.hpp"
#include "api/booking/refuse_booking.hpp"
#include "api/booking/request_booking.hpp"
#include "api/booking/view_store.hpp"
#include "api/http/booking_answers.hpp"
#include "api/http/booking_details.hpp"
#include "api/http/booking_fields.hpp"
#include "api/http/conditional.hpp"
#include "api/http/equipment_fields.hpp"
#include "api/http/fields.hpp"
#include "api/http/item_page.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/store/session.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace creneau::http {

namespace {

using Answered = tl::expected<Response, Response>;
using ChangeBooking =
    std::function<booking::Outcome<booking::Booking>(store::Session&, const booking::Change&)>;

constexpr std::size_t kLongTime = 40;

booking::BookingId id_of(const Request& request) {
    return booking::BookingId{request.number("id")};
}

/// The booking as the actor sees it, with its ETag; from within the transaction that changed it.
Response booking_response(store::Session& session, const Request& request, booking::BookingId id) {
    const auto view =
        booking::find_booking(session, request.town, request.signed_in(), id, request.now);
    if (!view) {
        return not_found(request);
    }
    const auto details = details_of(session, request.town, request.signed_in(), *view, request.now);
    auto response = json_response(200, details);
    response.headers.emplace_back("ETag", etag_of(*view, details));
    return response;
}

bool is_stale(store::Session& session, const Request& request) {
    if (!request.header("if-match")) {
        return false;
    }
    const auto view = booking::find_booking(session, request.town, request.signed_in(),
                                            id_of(request), request.now);
    return view &&
           if_match(request, etag_of(*view, details_of(session, request.town, request.signed_in(),
                                                       *view, request.now))) == IfMatch::stale;
}

/// Work that changes the booking of the path.
Work change_work(const Request& request, ChangeBooking change_booking) {
    return
        [request, change_booking = std::move(change_booking)](store::Session& session) -> Answered {
            if (is_stale(session, request)) {
                return tl::unexpected(stale(request));
            }
            const auto outcome = change_booking(
                session, {request.town, request.signed_in().id, id_of(request), {}, request.now});
            if (!outcome) {
                return tl::unexpected(refused(request, outcome.error()));
            }
            return booking_response(session, request, outcome->id);
        };
}

Step request_booking(const Request& request) {
    auto fields = Fields::of_body(request);
    auto order = request_in(fields, request);
    order.kind = fields.optional_text("kind", Fields::kLongText).value_or("");
    order.equipment = equipment_in(fields).value_or(order.equipment);
    order.override_reason = fields.optional_text("override_reason", Fields::kLongText).value_or("");
    if (!fields.ok()) {
        return fields.problem();
    }
    return Work([request, order](store::Session& session) -> Answered {
        const auto outcome = booking::request_booking(session, order);
        if (!outcome) {
            return tl::unexpected(refused(request, outcome.error()));
        }
        auto response = booking_response(session, request, outcome->id);
        response.status = 201;
        response.headers.emplace_back(
            "Location",
            "/api/v1/bookings/" + std::to_string(static_cast<std::int64_t>(outcome->id)));
        return response;
    });
}

Step approve(const Request& request) {
    auto fields = Fields::of_body(request);
    const auto reason = fields.optional_text("override_reason", Fields::kLongText).value_or("");
    if (!fields.ok()) {
        return fields.problem();
    }
    return change_work(request, [reason](store::Session& session, booking::Change change) {
        change.override_reason = reason;
        return booking::approve_booking(session, change);
    });
}

Step refuse(const Request& request) {
    auto fields = Fields::of_body(request);
    booking::RefuseBooking refusal;
    refusal.ground = fields.text("ground", Fields::kLongText);
    refusal.text = fields.optional_text("text", Fields::kLongText).value_or("");
    if (!fields.ok()) {
        return fields.problem();
    }
    return change_work(request, [refusal](store::Session& session, const booking::Change& change) {
        return booking::refuse_booking(session, {change, refusal.ground, refusal.text});
    });
}

Step cancel(const Request& request) {
    auto fields = Fields::of_body(request);
    const auto reason = fields.optional_text("reason", Fields::kLongText).value_or("");
    const auto text = fields.optional_text("text", Fields::kLongText).value_or("");
    if (!fields.ok()) {
        return fields.problem();
    }
    return change_work(request,
                       [reason, text](store::Session& session, const booking::Change& change) {
                           return booking::cancel_booking(session, {change, reason, text});
                       });
}

Step sort(const Request& request) {
    auto fields = Fields::of_body(request);
    const auto kind = kind_in(fields);
    if (!fields.ok()) {
        return fields.problem();
    }
    return change_work(request, [kind](store::Session& session, const booking::Change& change) {
        return booking::sort_booking(session, {change, kind});
    });
}

Response kinds(const Request& request, store::Session& session) {
    auto items = nlohmann::json::array();
    for (const auto& kind : booking::select_kinds(session, request.town)) {
        items.push_back({{"key", kind.key},
                         {"name", request.language == Language::en ? kind.name_en : kind.name_fr}});
    }
    return json_response(200, {{"items", std::move(items)}});
}

Step move(const Request& request) {
    auto fields = Fields::of_body(request);
    booking::MoveBooking order;
    order.room = fields.optional_id<booking::RoomId>("room_id");
    order.start = fields.text("start", kLongTime);
    order.end = fields.text("end", kLongTime);
    order.layout = fields.edited_text("layout", Fields::kLongText);
    order.attendees = fields.optional_integer("attendees", kAnyCount);
    order.purpose = fields.edited_text("purpose", Fields::kLongText);
    order.equipment = equipment_in(fields);
    const auto reason = fields.optional_text("override_reason", Fields::kLongText).value_or("");
    if (!fields.ok()) {
        return fields.problem();
    }
    return change_work(request,
                       [order, reason](store::Session& session, const booking::Change& change) {
                           booking::MoveBooking complete = order;
                           complete.change = change;
                           complete.change.override_reason = reason;
                           return booking::move_booking(session, complete);
                       });
}

std::optional<booking::Status> status_in(Fields& fields) {
    const auto word = fields.optional_text("status", kLongTime);
    const auto status = word ? booking::status_of(*word) : std::nullopt;
    if (word && !status) {
        fields.refuse("status", "unknown_status",
                      {"Attendu : pending, approved, refused ou cancelled.",
                       "Expected: pending, approved, refused or cancelled."});
    }
    return status;
}

Response list(const Request& request, store::Session& session) {
    auto fields = Fields::of_query(request);
    booking::BookingQuery query;
    query.town = request.town;
    query.mine = fields.optional_boolean("mine").value_or(false);
    if (fields.optional_boolean("to_decide").value_or(false)) {
        query.decidable_at = request.now;
    }
    query.status = status_in(fields);
    query.limit =
        fields.optional_integer("limit", {1, booking::kLongestPage}).value_or(query.limit);
    query.before = fields.optional_id<booking::BookingId>("cursor");
    if (!fields.ok()) {
        return fields.problem();
    }
    return page_response(
        booking::list_bookings(session, request.signed_in(), query), query.limit,
        [](const booking::BookingView& view) { return view.booking.id; },
        [](const booking::BookingView& view) { return to_json(view); });
}

Response show(const Request& request, store::Session& session) {
    const auto view = booking::find_booking(session, request.town, request.signed_in(),
                                            id_of(request), request.now);
    if (!view) {
        return refused(request, view.error());
    }
    const auto details = details_of(session, request.town, request.signed_in(), *view, request.now);
    return with_etag(request, json_response(200, details), etag_of(*view, details));
}

nlohmann::json items_of(std::span<const booking::Ground> list, Language language) {
    auto items = nlohmann::json::array();
    for (const auto& ground : list) {
        items.push_back({{"code", ground.code},
                         {"label", language == Language::en ? ground.label_en : ground.label_fr},
                         {"text_needed", ground.text_needed},
                         {"office_only", ground.office_only}});
    }
    return items;
}

Response grounds(const Request& request) {
    return json_response(
        200, {{"items", items_of(booking::refusal_grounds(), request.language)},
              {"cancellation", items_of(booking::cancellation_grounds(), request.language)},
              {"by_itself", items_of({&booking::lapse_ground(), 1}, request.language)}});
}

}  // namespace

void add_booking_routes(Routes& routes) {
    routes.plain("GET", "/api/v1/grounds", grounds);
    routes.read("GET", "/api/v1/booking-kinds", kinds, Access::anyone);
    routes.create("/api/v1/bookings", request_booking);
    routes.read("GET", "/api/v1/bookings", list);
    routes.read("GET", "/api/v1/bookings/:id", show);
    routes.write("POST", "/api/v1/bookings/:id/approve", approve);
    routes.write("POST", "/api/v1/bookings/:id/refuse", refuse);
    routes.write("PUT", "/api/v1/bookings/:id/kind", sort);
    routes.write("POST", "/api/v1/bookings/:id/cancel", cancel);
    routes.write("POST", "/api/v1/bookings/:id/move", move);
}

}  // namespace creneau::http
