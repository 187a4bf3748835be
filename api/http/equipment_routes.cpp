#include "api/http/equipment_routes.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/equipment/equipment_rules.hpp"
#include "api/booking/equipment/equipment_store.hpp"
#include "api/booking/equipment/equipment_types.hpp"
#include "api/booking/equipment/preparation.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/http/booking_answers.hpp"
#include "api/http/booking_fields.hpp"
#include "api/http/conditional.hpp"
#include "api/http/equipment_answers.hpp"
#include "api/http/fields.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>

namespace creneau::http {

namespace {

constexpr IntegerRange kInstants{0, std::numeric_limits<std::int64_t>::max()};

/// `from` and `to` of the query: both or none; what is wrong with them is left in `fields`.
std::optional<booking::Interval> range_in(Fields& fields) {
    const auto from = fields.optional_instant("from");
    const auto to = fields.optional_instant("to");
    if (fields.refused("from") || fields.refused("to")) {
        return std::nullopt;
    }
    if (from.has_value() != to.has_value()) {
        fields.refuse(
            from ? "to" : "from", "required",
            {"Indiquez from et to, ou aucun des deux.", "Give both from and to, or none."});
        return std::nullopt;
    }
    if (!from || !to) {
        return std::nullopt;
    }
    const booking::Interval range{*from, *to};
    check_range(fields, range);
    return range;
}

std::int64_t left_of(const Request& request, store::Session& session,
                     const booking::Equipment& equipment, const booking::Interval& range) {
    const auto taken =
        booking::takings_of(session, request.town, {equipment.id, range, request.now});
    const auto left = booking::least_left(booking::left_through(equipment.stock, range, taken));
    return std::max<std::int64_t>(left, 0);
}

Response list(const Request& request, store::Session& session) {
    auto fields = Fields::of_query(request);
    const auto site = fields.optional_id<booking::SiteId>("site");
    const auto range = range_in(fields);
    if (!fields.ok()) {
        return fields.problem();
    }
    auto items = nlohmann::json::array();
    for (const auto& equipment : booking::list_equipment(session, request.town, site)) {
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
    const auto site = fields.id<booking::SiteId>("site");
    const auto day = date_in(fields, "day");
    const auto from = fields.optional_integer("cursor", kInstants).value_or(0);
    if (!fields.ok()) {
        return fields.problem();
    }
    const auto plan = booking::prepare_day(session, request.town, request.signed_in(), site,
                                           day.value_or(booking::kFirstDate));
    if (!plan) {
        return refused(request, plan.error());
    }
    Response response{200, {{"Content-Type", "application/json"}}, preparation_page(*plan, from)};
    const auto etag = etag_of_bytes(response.body);
    return with_etag(request, std::move(response), etag);
}

}  // namespace

void add_equipment_routes(Routes& routes) {
    routes.read("GET", "/api/v1/equipment", list, Access::anyone);
    routes.read("GET", "/api/v1/preparation", preparation);
}

}  // namespace creneau::http
