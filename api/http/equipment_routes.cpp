#include "api/http/equipment_routes.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/equipment/equipment_rules.hpp"
#include "api/booking/equipment/equipment_store.hpp"
#include "api/booking/equipment/preparation.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/http/booking_answers.hpp"
#include "api/http/conditional.hpp"
#include "api/http/equipment_answers.hpp"
#include "api/http/fields.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>

namespace creneau::http {

namespace {

constexpr IntegerRange kId{1, std::numeric_limits<std::int64_t>::max()};
constexpr std::chrono::days kLongestRange{92};
constexpr std::size_t kLongDate = 40;

/// `from` and `to` of the query: both or none; what is wrong with them is left in `fields`.
std::optional<booking::Interval> range_in(Fields& fields) {
    const auto from = fields.optional_instant("from");
    const auto to = fields.optional_instant("to");
    if (from.has_value() != to.has_value()) {
        fields.refuse(
            from ? "to" : "from", "required",
            {"Indiquez from et to, ou aucun des deux.", "Give both from and to, or none."});
        return std::nullopt;
    }
    if (!from || !to) {
        return std::nullopt;
    }
    if (*to <= *from) {
        fields.refuse("to", "end_before_start",
                      {"La fin doit être après le début.", "The end must be after the start."});
    } else if (*to - *from > kLongestRange) {
        fields.refuse("to", "too_long", {"Au plus 92 jours.", "At most 92 days."});
    }
    return booking::Interval{*from, *to};
}

std::int64_t left_of(const Request& request, store::Session& session,
                     const booking::Equipment& equipment, const booking::Interval& range) {
    const auto taken = booking::takings_of(session, request.town, {equipment.id, range, {}});
    const auto left = booking::least_left(booking::left_through(equipment.stock, range, taken));
    return std::max<std::int64_t>(left, 0);
}

Response list(const Request& request, store::Session& session) {
    auto fields = Fields::of_query(request);
    const auto site = fields.optional_integer("site", kId);
    const auto range = range_in(fields);
    if (!fields.ok()) {
        return fields.problem();
    }
    auto items = nlohmann::json::array();
    for (const auto& equipment : booking::list_equipment(
             session, request.town, site ? std::optional(booking::SiteId{*site}) : std::nullopt)) {
        items.push_back(to_json(equipment));
        if (range) {
            items.back()["left"] = left_of(request, session, equipment, *range);
        }
    }
    auto response = json_response(200, {{"items", std::move(items)}});
    const auto etag = etag_of_bytes(response.body);
    return with_etag(request, std::move(response), etag);
}

Response preparation(const Request& request, store::Session& session) {
    auto fields = Fields::of_query(request);
    const booking::SiteId site{fields.integer("site", kId)};
    const auto text = fields.text("day", kLongDate);
    const auto day = booking::parse_date(text);
    if (!day && !text.empty()) {
        fields.refuse("day", "not_a_date",
                      {"Une date est attendue : 2026-12-05.", "A date is expected: 2026-12-05."});
    }
    if (!fields.ok()) {
        return fields.problem();
    }
    const auto plan = booking::prepare_day(session, request.town, request.signed_in(), site,
                                           day.value_or(booking::kFirstDate));
    if (!plan) {
        return refused(request, plan.error());
    }
    auto response = json_response(200, to_json(*plan));
    const auto etag = etag_of_bytes(response.body);
    return with_etag(request, std::move(response), etag);
}

}  // namespace

void add_equipment_routes(Routes& routes) {
    routes.read("GET", "/api/v1/equipment", list, Access::anyone);
    routes.read("GET", "/api/v1/preparation", preparation);
}

}  // namespace creneau::http
