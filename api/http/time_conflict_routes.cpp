#include "api/http/time_conflict_routes.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/retiming/list_time_conflicts.hpp"
#include "api/booking/retiming/retiming_store.hpp"
#include "api/http/booking_answers.hpp"
#include "api/http/fields.hpp"
#include "api/http/item_page.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/http/time_text.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <string>
#include <utility>

namespace creneau::http {

namespace {

constexpr IntegerRange kLimit{1, 200};
constexpr std::int64_t kUsualLimit = 50;

nlohmann::json item_of(const booking::StandingConflict& standing, Language language) {
    const auto& conflict = standing.conflict;
    auto item = to_json(standing.view);
    item["conflict"] = {
        {"code", conflict.rule},
        {"detail", language == Language::en ? conflict.detail.en : conflict.detail.fr},
        {"tz_version", conflict.tz_version},
        {"found_at", to_rfc3339(conflict.found_at)},
        {"kept", to_json(conflict.kept, standing.view.time_zone)}};
    return item;
}

Response list(const Request& request, store::Session& session) {
    auto fields = Fields::of_query(request);
    booking::ConflictQuery query;
    query.now = request.now;
    query.limit = fields.optional_integer("limit", kLimit).value_or(kUsualLimit);
    query.after = fields.optional_id<booking::BookingId>("cursor").value_or(booking::BookingId{});
    if (!fields.ok()) {
        return fields.problem();
    }
    const auto standing =
        booking::list_time_conflicts(session, request.town, request.signed_in(), query);
    if (!standing) {
        return refused(request, standing.error());
    }
    return page_response(
        *standing, query.limit, [](const auto& one) { return one.conflict.booking; },
        [&](const auto& one) { return item_of(one, request.language); });
}

}  // namespace

void add_time_conflict_routes(Routes& routes) {
    routes.read("GET", "/api/v1/time-conflicts", list);
}

}  // namespace creneau::http
