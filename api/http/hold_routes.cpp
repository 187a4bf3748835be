#include "api/http/hold_routes.hpp"

#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/equipment/equipment_store.hpp"
#include "api/booking/holds/hold_store.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/booking/holds/place_hold.hpp"
#include "api/booking/holds/use_hold.hpp"
#include "api/booking/list_bookings.hpp"
#include "api/booking/waiting/join_line.hpp"
#include "api/booking/waiting/wait_store.hpp"
#include "api/http/booking_answers.hpp"
#include "api/http/booking_fields.hpp"
#include "api/http/claim_answers.hpp"
#include "api/http/conditional.hpp"
#include "api/http/equipment_answers.hpp"
#include "api/http/equipment_fields.hpp"
#include "api/http/fields.hpp"
#include "api/http/item_page.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace creneau::http {

namespace {

using Answered = tl::expected<Response, Response>;

constexpr IntegerRange kId{1, std::numeric_limits<std::int64_t>::max()};
constexpr std::int64_t kUsualPage = 50;
constexpr std::size_t kLongTime = 40;

/// A hold or a wait with what it asks for.
template <class Claiming>
nlohmann::json shown(store::Session& session, booking::TownId town, const Claiming& one) {
    auto json = to_json(one);
    json["equipment"] = to_json(booking::equipment_lines(session, town, one.id));
    return json;
}

Response created(const std::string& folder, const nlohmann::json& json) {
    auto response = json_response(201, json);
    response.headers.emplace_back("Location", "/api/v1/" + folder + "/" + json["id"].dump());
    return response;
}

std::optional<booking::RoomId> room_in(Fields& fields) {
    const auto room = fields.optional_integer("room", kId);
    return room ? std::optional(booking::RoomId{*room}) : std::nullopt;
}

/// Where a page begins and how long it is.
template <class Query>
void read_page(Fields& fields, Query& query) {
    query.limit = fields.optional_integer("limit", {1, booking::kLongestPage}).value_or(kUsualPage);
    if (const auto cursor = fields.optional_integer("cursor", kId)) {
        query.after = typename decltype(query.after)::value_type{*cursor};
    }
}

template <class Items>
Response list_response(store::Session& session, booking::TownId town, const Items& page,
                       std::int64_t limit) {
    return page_response(
        page, limit, [](const auto& one) { return one.id; },
        [&](const auto& one) { return shown(session, town, one); });
}

booking::HoldChange change_of(const Request& request) {
    return {request.town, request.signed_in().id, booking::HoldId{request.number("id")},
            request.now};
}

Step place(const Request& request) {
    auto fields = Fields::of_body(request);
    booking::PlaceHold order{request_in(fields, request), fields.text("until", kLongTime)};
    order.request.equipment = equipment_in(fields).value_or(order.request.equipment);
    if (!fields.ok()) {
        return fields.problem();
    }
    return Work([request, order](store::Session& session) -> Answered {
        const auto hold = booking::place_hold(session, order);
        if (!hold) {
            return tl::unexpected(refused(request, hold.error()));
        }
        return created("holds", shown(session, request.town, *hold));
    });
}

Response list_holds(const Request& request, store::Session& session) {
    auto fields = Fields::of_query(request);
    booking::HoldQuery query{request.now, booking::reach_of(request.signed_in()), room_in(fields)};
    read_page(fields, query);
    if (!fields.ok()) {
        return fields.problem();
    }
    return list_response(session, request.town, booking::select_holds(session, request.town, query),
                         query.limit);
}

Response show_hold(const Request& request, store::Session& session) {
    const auto hold =
        booking::select_hold(session, request.town, booking::HoldId{request.number("id")});
    const bool visible = hold && booking::may_see(request.signed_in(), hold->claim);
    return visible ? json_response(200, shown(session, request.town, *hold)) : not_found(request);
}

Step book(const Request& request) {
    auto fields = Fields::of_body(request);
    const booking::BookHold order{change_of(request), equipment_in(fields)};
    if (!fields.ok()) {
        return fields.problem();
    }
    return Work([request, order](store::Session& session) -> Answered {
        const auto booked = booking::book_hold(session, order);
        if (!booked) {
            return tl::unexpected(refused(request, booked.error()));
        }
        const auto view =
            booking::find_booking(session, request.town, request.signed_in(), booked->id);
        if (!view) {
            return tl::unexpected(not_found(request));
        }
        auto response = created("bookings", to_json(*view));
        response.headers.emplace_back("ETag", etag_of_version(view->booking.sequence));
        return response;
    });
}

Step release(const Request& request) {
    return Work([request, change = change_of(request)](store::Session& session) -> Answered {
        const auto hold = booking::release_hold(session, change);
        if (!hold) {
            return tl::unexpected(refused(request, hold.error()));
        }
        return no_content();
    });
}

Step join(const Request& request) {
    auto fields = Fields::of_body(request);
    auto order = request_in(fields, request);
    order.equipment = equipment_in(fields).value_or(order.equipment);
    if (!fields.ok()) {
        return fields.problem();
    }
    return Work([request, order](store::Session& session) -> Answered {
        const auto wait = booking::join_line(session, order);
        if (!wait) {
            return tl::unexpected(refused(request, wait.error()));
        }
        return created("waiting-list", shown(session, request.town, *wait));
    });
}

Response list_waits(const Request& request, store::Session& session) {
    auto fields = Fields::of_query(request);
    booking::WaitQuery query{request.now, booking::reach_of(request.signed_in()), room_in(fields)};
    read_page(fields, query);
    if (!fields.ok()) {
        return fields.problem();
    }
    return list_response(session, request.town, booking::select_waits(session, request.town, query),
                         query.limit);
}

Response show_wait(const Request& request, store::Session& session) {
    const auto wait =
        booking::select_wait(session, request.town, booking::WaitId{request.number("id")});
    const bool visible = wait && booking::may_see(request.signed_in(), wait->claim);
    return visible ? json_response(200, shown(session, request.town, *wait)) : not_found(request);
}

Step leave(const Request& request) {
    const booking::LeaveLine order{request.town, request.signed_in().id,
                                   booking::WaitId{request.number("id")}, request.now};
    return Work([request, order](store::Session& session) -> Answered {
        const auto wait = booking::leave_line(session, order);
        if (!wait) {
            return tl::unexpected(refused(request, wait.error()));
        }
        return no_content();
    });
}

}  // namespace

void add_hold_routes(Routes& routes) {
    routes.create("/api/v1/holds", place);
    routes.read("GET", "/api/v1/holds", list_holds);
    routes.read("GET", "/api/v1/holds/:id", show_hold);
    routes.create("/api/v1/holds/:id/book", book);
    routes.write("DELETE", "/api/v1/holds/:id", release);
    routes.create("/api/v1/waiting-list", join);
    routes.read("GET", "/api/v1/waiting-list", list_waits);
    routes.read("GET", "/api/v1/waiting-list/:id", show_wait);
    routes.write("DELETE", "/api/v1/waiting-list/:id", leave);
}

}  // namespace creneau::http
