#include "api/http/event_routes.hpp"

#include "api/access/badge_types.hpp"
#include "api/access/doors/door_types.hpp"
#include "api/access/events/event_store.hpp"
#include "api/access/events/search_events.hpp"
#include "api/http/fields.hpp"
#include "api/http/item_page.hpp"
#include "api/http/organisation_answers.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/http/time_text.hpp"
#include "api/people/organisations/organisation_error.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

namespace creneau::http {

namespace {

using nlohmann::json;
using Answered = tl::expected<Response, Response>;

constexpr std::size_t kLongestWord = 64;
constexpr std::int64_t kLongestPage = 200;
constexpr std::int64_t kUsualPage = 50;

template <class Id>
json id_or_null(const std::optional<Id>& id) {
    return id ? json(static_cast<std::int64_t>(*id)) : json(nullptr);
}

json to_json(const access::AccessEvent& event) {
    return {{"id", static_cast<std::int64_t>(event.id)},
            {"occurred_at", to_rfc3339(event.occurred_at)},
            {"received_at", to_rfc3339(event.received_at)},
            {"clock", event.clock},
            {"agent", event.agent},
            {"door_id", id_or_null(event.door)},
            {"reader", event.reader},
            {"kind", event.kind},
            {"reason", event.reason},
            {"pass_number", id_or_null(event.shown.pass_number)},
            {"badge_id", id_or_null(event.shown.badge)},
            {"association_id", id_or_null(event.shown.association)},
            {"association", event.association.empty() ? json(nullptr) : json(event.association)},
            {"count", event.count}};
}

access::SearchEvents search_in(const Request& request, Fields& fields) {
    access::SearchEvents order;
    order.actor = actor_of(request);
    order.purpose = fields.text("purpose", kLongestWord);
    auto& query = order.query;
    query.from = fields.instant("from");
    query.until = fields.instant("until");
    query.door = fields.optional_id<access::DoorId>("door_id");
    query.kind = fields.optional_text("kind", kLongestWord).value_or("");
    query.reason = fields.optional_text("reason", kLongestWord).value_or("");
    query.badge = fields.optional_id<access::BadgeId>("badge_id");
    query.pass_number =
        fields.optional_integer("pass_number", {1, std::numeric_limits<std::int64_t>::max()});
    query.before = fields.optional_id<access::EventId>("cursor");
    query.limit = fields.optional_integer("limit", {1, kLongestPage}).value_or(kUsualPage);
    return order;
}

/// What was read is answered once that stands in the security log.
Step search(const Request& request, store::Readers& readers) {
    auto fields = Fields::of_body(request);
    const auto order = search_in(request, fields);
    if (!fields.ok()) {
        return fields.problem();
    }
    const auto found = readers.read([&](store::Session& session) {
        return access::search_events(session, request.signed_in(), order);
    });
    if (!found) {
        return refused(request, found.error());
    }
    return Work([request, order,
                 page = page_response(*found, order.query.limit, &access::AccessEvent::id,
                                      [](const access::AccessEvent& event) {
                                          return to_json(event);
                                      })](store::Session& session) -> Answered {
        const auto noted = access::record_search(session, order);
        return noted ? Answered(page) : tl::unexpected(refused(request, noted.error()));
    });
}

}  // namespace

void add_event_routes(Routes& routes) {
    routes.slow("POST", "/api/v1/access/events/search", search);
}

}  // namespace creneau::http
