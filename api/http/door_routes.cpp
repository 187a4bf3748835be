#include "api/http/door_routes.hpp"

#include "api/access/door_state.hpp"
#include "api/access/doors/door_store.hpp"
#include "api/access/doors/door_types.hpp"
#include "api/access/doors/keep_doors.hpp"
#include "api/access/doors/lock_down.hpp"
#include "api/http/confirmation_routes.hpp"
#include "api/http/fields.hpp"
#include "api/http/organisation_answers.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/http/sign_in_answers.hpp"
#include "api/http/time_text.hpp"
#include "api/people/four_eyes/confirmation_types.hpp"
#include "api/people/organisations/organisation_error.hpp"
#include "api/store/session.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

namespace creneau::http {

namespace {

using nlohmann::json;
using Answered = tl::expected<Response, Response>;

constexpr std::size_t kLongestGround = 40;

json text_or_null(const std::string& text) {
    return text.empty() ? json(nullptr) : json(text);
}

json to_json(const access::DoorRecord& door) {
    return {
        {"id", static_cast<std::int64_t>(door.id)},
        {"site_id", static_cast<std::int64_t>(door.site)},
        {"key", door.key},
        {"name", door.name},
        {"agent", text_or_null(door.agent)},
        {"state", access::word_of(door.state)},
        {"disabled_ground", text_or_null(door.disabled_ground)},
        {"disabled_at", door.disabled_at ? json(to_rfc3339(*door.disabled_at)) : json(nullptr)},
        {"phase", text_or_null(door.phase)},
        {"phase_since", door.phase_since ? json(to_rfc3339(*door.phase_since)) : json(nullptr)}};
}

json to_json(access::SiteId site, const std::optional<access::Lockdown>& holding) {
    json body{{"site_id", static_cast<std::int64_t>(site)}, {"locked_down", holding.has_value()}};
    if (holding) {
        body["lockdown_id"] = static_cast<std::int64_t>(holding->id);
        body["ground"] = holding->ground;
        body["begun_at"] = to_rfc3339(holding->begun_at);
        body["begun_by_id"] = static_cast<std::int64_t>(holding->begun_by);
    }
    return body;
}

Response list_doors(const Request& request, store::Session& session) {
    auto fields = Fields::of_query(request);
    const auto page = people_page_in(fields);
    if (!fields.ok()) {
        return fields.problem();
    }
    return list_response(
        request,
        access::list_doors(session, request.town, request.signed_in(), {page.limit, page.after}),
        page, &access::DoorRecord::id,
        [](const access::DoorRecord& door) { return to_json(door); });
}

Answered answer(const Request& request, const people::Organised<access::DoorRecord>& door) {
    return door ? Answered(json_response(200, to_json(*door)))
                : tl::unexpected(refused(request, door.error()));
}

Step disable_door(const Request& request) {
    auto fields = Fields::of_body(request);
    const access::DisableDoor order{actor_of(request), access::DoorId{request.number("id")},
                                    fields.text("ground", kLongestGround)};
    if (!fields.ok()) {
        return fields.problem();
    }
    return Work([request, order](store::Session& session) {
        return answer(request, access::disable_door(session, order));
    });
}

Step enable_door(const Request& request) {
    auto fields = Fields::of_body(request);
    if (!fields.ok()) {
        return fields.problem();
    }
    if (!has_fresh_proof(request)) {
        return proof_needed(request);
    }
    const access::EnableDoor order{actor_of(request), access::DoorId{request.number("id")}};
    return Work([request, order](store::Session& session) {
        return answer(request, access::enable_door(session, order));
    });
}

Response show_lockdown(const Request& request, store::Session& session) {
    const access::SiteId site{request.number("id")};
    const auto holding = access::show_lockdown(session, request.town, request.signed_in(), site);
    return holding ? json_response(200, to_json(site, *holding))
                   : refused(request, holding.error());
}

Step begin_lockdown(const Request& request) {
    auto fields = Fields::of_body(request);
    const access::BeginLockdown order{actor_of(request), access::SiteId{request.number("id")},
                                      fields.text("ground", kLongestGround)};
    if (!fields.ok()) {
        return fields.problem();
    }
    return Work([request, order](store::Session& session) -> Answered {
        const auto holding = access::begin_lockdown(session, order);
        return holding ? Answered(json_response(200, to_json(order.site, *holding)))
                       : tl::unexpected(refused(request, holding.error()));
    });
}

Step end_lockdown(const Request& request) {
    auto fields = Fields::of_body(request);
    const access::EndLockdown order{actor_of(request), access::SiteId{request.number("id")},
                                    fields.id<people::ConfirmationId>("confirmation")};
    if (!fields.ok()) {
        return fields.problem();
    }
    if (!has_fresh_proof(request)) {
        return proof_needed(request);
    }
    return Work([request, order](store::Session& session) -> Answered {
        const auto ended = access::end_lockdown(session, order);
        return ended ? Answered(json_response(200, to_json(order.site, std::nullopt)))
                     : tl::unexpected(refused(request, ended.error()));
    });
}

}  // namespace

void add_door_routes(Routes& routes) {
    routes.read("GET", "/api/v1/doors", list_doors);
    routes.write("POST", "/api/v1/doors/:id/disable", disable_door);
    routes.write("POST", "/api/v1/doors/:id/enable", enable_door);
    routes.read("GET", "/api/v1/sites/:id/lockdown", show_lockdown);
    routes.write("PUT", "/api/v1/sites/:id/lockdown", begin_lockdown);
    routes.write("POST", "/api/v1/sites/:id/lockdown/end", end_lockdown);
}

}  // namespace creneau::http
