#include "api/http/closure_routes.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/closures/close_rooms.hpp"
#include "api/booking/closures/closure_store.hpp"
#include "api/booking/closures/closure_types.hpp"
#include "api/booking/closures/plan_closure.hpp"
#include "api/booking/closures/remove_closure.hpp"
#include "api/booking/list_bookings.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/booking/view_store.hpp"
#include "api/http/booking_answers.hpp"
#include "api/http/booking_fields.hpp"
#include "api/http/conditional.hpp"
#include "api/http/fields.hpp"
#include "api/http/item_page.hpp"
#include "api/http/json_values.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/http/time_text.hpp"
#include "api/http/wire.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::http {

namespace {

using Answered = tl::expected<Response, Response>;

constexpr std::int64_t kUsualPage = 50;
// Wider than any rule: what is too much is for the rules to say, with what would pass.
constexpr std::size_t kLongWord = 40;
constexpr std::size_t kManySpaces = 1000;
constexpr std::size_t kMostShown = 200;
// For what such an answer says besides the bookings: a reason, a thousand spaces.
constexpr std::size_t kBeside = std::size_t{64} * 1024;
// The latest end that a closure can have.
constexpr std::chrono::sys_seconds kForever{std::chrono::sys_days{std::chrono::year{2101} / 1 / 1}};

nlohmann::json item_of(const booking::Closure& closure) {
    auto json = to_json(closure.slot);
    json["id"] = static_cast<std::int64_t>(closure.id);
    json["site_id"] = static_cast<std::int64_t>(closure.site);
    json["room_id"] = or_null(closure.room);
    json["time_zone"] = closure.time_zone;
    json["kind"] = booking::word_of(closure.kind);
    json["reason"] = closure.reason;
    json["created_at"] = to_rfc3339(closure.created_at);
    return json;
}

nlohmann::json with_spaces(const booking::Closure& closure) {
    auto json = item_of(closure);
    json["space_ids"] = nlohmann::json::array();
    for (const auto space : closure.spaces) {
        json["space_ids"].push_back(static_cast<std::int64_t>(space));
    }
    return json;
}

/// The first of them that fit an answer; how many there are stands beside.
nlohmann::json shown(const std::vector<booking::BookingView>& met) {
    auto items = nlohmann::json::array();
    std::size_t size = kBeside;
    for (std::size_t at = 0; at < std::min(met.size(), kMostShown); ++at) {
        auto item = to_json(met[at]);
        size += item.dump().size() + 1;
        if (size > kMaxAnswer) {
            break;
        }
        items.push_back(std::move(item));
    }
    return items;
}

/// Either `start` and `end`, or whole days from `first_date` to `last_date`, both included.
void times_in(Fields& fields, booking::CloseRooms& order) {
    const auto start = fields.edited_text("start", kLongWord);
    const auto end = fields.edited_text("end", kLongWord);
    const auto first_date = fields.edited_text("first_date", kLongWord);
    const auto last_date = fields.edited_text("last_date", kLongWord);
    const auto first = date_of(fields, "first_date", first_date);
    const auto last = date_of(fields, "last_date", last_date);
    const auto is_given = [&](const char* name, const std::optional<std::string>& read) {
        return read || fields.refused(name);
    };
    const bool has_start = is_given("start", start);
    const bool has_end = is_given("end", end);
    const bool has_first = is_given("first_date", first_date);
    const bool has_last = is_given("last_date", last_date);
    if (has_start && has_end && !has_first && !has_last) {
        order.start = start.value_or("");
        order.end = end.value_or("");
    } else if (has_first && has_last && !has_start && !has_end) {
        order.start = first ? booking::text_of(*first) + "T00:00" : "";
        order.end = last ? booking::text_of(booking::plus_days(*last, 1)) + "T00:00" : "";
    } else {
        fields.refuse("/start", "required",
                      {"Indiquez start et end, ou first_date et last_date.",
                       "Say start and end, or first_date and last_date."});
    }
}

booking::CloseRooms closure_in(Fields& fields, const Request& request) {
    booking::CloseRooms order;
    order.town = request.town;
    order.actor = request.signed_in().id;
    order.site = fields.optional_id<booking::SiteId>("site_id");
    order.room = fields.optional_id<booking::RoomId>("room_id");
    for (const auto id : fields.optional_ids("space_ids", kManySpaces)) {
        order.spaces.push_back(booking::SpaceId{id});
    }
    times_in(fields, order);
    const auto kind = booking::closure_kind_of(fields.text("kind", kLongWord));
    if (!kind && !fields.refused("kind")) {
        fields.refuse(
            "/kind", "unknown_kind",
            {"Attendu : works, holiday ou own_use.", "Expected: works, holiday or own_use."});
    }
    order.kind = kind.value_or(booking::ClosureKind::works);
    order.reason = fields.optional_text("reason", Fields::kLongText).value_or("");
    const auto word = fields.optional_text("meets", kLongWord);
    const auto meets = word ? booking::meet_policy_of(*word) : booking::MeetPolicy::refuse;
    if (!meets) {
        fields.refuse(
            "/meets", "unknown_policy",
            {"Attendu : refuse, notify ou cancel.", "Expected: refuse, notify or cancel."});
    }
    order.meets = meets.value_or(booking::MeetPolicy::refuse);
    order.now = request.now;
    return order;
}

/// A refusal that names the bookings in the way, when they are why.
Response not_closed(const Request& request, const booking::ClosureRefusal& refusal) {
    const bool meets = std::ranges::find(refusal.error.failures, booking::Rule::meets_bookings,
                                         &booking::Failure::rule) != refusal.error.failures.end();
    if (!meets) {
        return refused(request, refusal.error);
    }
    Problem problem{409,
                    "meets_bookings",
                    {"La fermeture rencontre des réservations.", "The closure meets bookings."}};
    for (const auto& failure : refusal.error.failures) {
        problem.errors.push_back({'/' + failure.field,
                                  std::string(booking::word_of(failure.rule)),
                                  {failure.detail.fr, failure.detail.en}});
    }
    problem.extra["met"] = refusal.met.size();
    problem.extra["bookings"] = shown(refusal.met);
    return problem_response(request, problem);
}

Step close(const Request& request) {
    auto fields = Fields::of_body(request);
    const auto order = closure_in(fields, request);
    if (!fields.ok()) {
        return fields.problem();
    }
    return Work([request, order](store::Session& session) -> Answered {
        const auto closure = booking::close_rooms(session, order);
        if (!closure) {
            return tl::unexpected(not_closed(request, closure.error()));
        }
        auto response = json_response(201, with_spaces(*closure));
        response.headers.emplace_back(
            "Location",
            "/api/v1/closures/" + std::to_string(static_cast<std::int64_t>(closure->id)));
        return response;
    });
}

Response preview(const Request& request, store::Session& session) {
    auto fields = Fields::of_body(request);
    const auto order = closure_in(fields, request);
    if (!fields.ok()) {
        return fields.problem();
    }
    const auto plan = booking::plan_closure(session, order);
    if (!plan) {
        return refused(request, plan.error());
    }
    auto json = with_spaces(plan->closure);
    json.erase("id");
    json["accepted"] = !booking::refusal_of(*plan, order.meets).has_value();
    json["met"] = plan->met.size();
    json["holds"] = plan->holds.size();
    json["bookings"] = shown(plan->met);
    return json_response(200, json);
}

Response list(const Request& request, store::Session& session) {
    auto fields = Fields::of_query(request);
    booking::ClosureQuery query;
    query.range.start = fields.optional_instant("from").value_or(request.now);
    query.range.end = fields.optional_instant("to").value_or(kForever);
    query.site = fields.optional_id<booking::SiteId>("site");
    query.room = fields.optional_id<booking::RoomId>("room");
    query.limit = fields.optional_integer("limit", {1, booking::kLongestPage}).value_or(kUsualPage);
    query.after = fields.optional_id<booking::ClosureId>("cursor");
    if (!fields.ok()) {
        return fields.problem();
    }
    auto response = page_response(booking::select_closures(session, request.town, query),
                                  query.limit, &booking::Closure::id, item_of);
    const auto etag = etag_of_bytes(response.body);
    return with_etag(request, std::move(response), etag);
}

Response show(const Request& request, store::Session& session) {
    const auto closure =
        booking::select_closure(session, request.town, booking::ClosureId{request.number("id")});
    return closure ? json_response(200, with_spaces(*closure)) : not_found(request);
}

Step remove(const Request& request) {
    const booking::RemoveClosure order{request.town, request.signed_in().id,
                                       booking::ClosureId{request.number("id")}, request.now};
    return Work([request, order](store::Session& session) -> Answered {
        const auto closure = booking::remove_closure(session, order);
        if (!closure) {
            return tl::unexpected(refused(request, closure.error()));
        }
        return no_content();
    });
}

}  // namespace

void add_closure_routes(Routes& routes) {
    routes.create("/api/v1/closures", close);
    routes.read("POST", "/api/v1/closures/preview", preview);
    routes.read("GET", "/api/v1/closures", list, Access::anyone);
    routes.read("GET", "/api/v1/closures/:id", show, Access::anyone);
    routes.write("DELETE", "/api/v1/closures/:id", remove);
}

}  // namespace creneau::http
