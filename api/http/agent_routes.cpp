#include "api/http/agent_routes.hpp"

#include "api/access/access_types.hpp"
#include "api/access/agents/agent_types.hpp"
#include "api/access/agents/keep_agents.hpp"
#include "api/access/events/event_types.hpp"
#include "api/http/fields.hpp"
#include "api/http/organisation_answers.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/http/sign_in_answers.hpp"
#include "api/http/time_text.hpp"
#include "api/people/account_key.hpp"
#include "api/people/organisations/organisation_error.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

namespace creneau::http {

namespace {

using nlohmann::json;
using Answered = tl::expected<Response, Response>;

constexpr std::size_t kFingerprint = 64;

json text_or_null(const std::string& text) {
    return text.empty() ? json(nullptr) : json(text);
}

json instant_or_null(const std::optional<std::chrono::sys_seconds>& at) {
    return at ? json(to_rfc3339(*at)) : json(nullptr);
}

json to_json(const access::DoorAgent& agent, std::chrono::sys_seconds now) {
    json policy = nullptr;
    if (agent.held_version > 0) {
        policy = {{"generation", agent.held_generation}, {"version", agent.held_version}};
    }
    return {{"id", static_cast<std::int64_t>(agent.id)},
            {"key", agent.key},
            {"site_id", agent.site},
            {"state", access::word_of(access::state_of(agent))},
            {"online", access::is_online(agent, now)},
            {"fingerprint", text_or_null(access::fingerprint_of(agent.public_key))},
            {"offered_fingerprint", text_or_null(access::fingerprint_of(agent.offered_key))},
            {"offered_at", instant_or_null(agent.offered_at)},
            {"revoked_at", instant_or_null(agent.revoked_at)},
            {"seen_at", instant_or_null(agent.seen_at)},
            {"clock", text_or_null(agent.clock)},
            {"policy", std::move(policy)},
            {"policy_age_s", agent.policy_age ? json(agent.policy_age->count()) : json(nullptr)},
            {"journal_unsent", agent.journal_unsent},
            {"journal_capacity", agent.journal_capacity}};
}

Answered answer(const Request& request, const people::Organised<access::DoorAgent>& agent) {
    if (!agent) {
        return tl::unexpected(refused(request, agent.error()));
    }
    return json_response(200, to_json(*agent, request.now));
}

access::ChangeAgent order_of(const Request& request) {
    return {actor_of(request), access::AgentId{request.number("id")}};
}

Response list_agents(const Request& request, store::Session& session) {
    auto fields = Fields::of_query(request);
    const auto page = people_page_in(fields);
    if (!fields.ok()) {
        return fields.problem();
    }
    const access::TownId town{static_cast<std::int64_t>(request.town)};
    return list_response(request, access::list_agents(session, town, request.signed_in(), page),
                         page, &access::DoorAgent::id, [&](const access::DoorAgent& agent) {
                             return to_json(agent, request.now);
                         });
}

Step make_code(const Request& request, const people::AccountKey& key) {
    auto fields = Fields::of_body(request);
    if (!fields.ok()) {
        return fields.problem();
    }
    if (!has_fresh_proof(request)) {
        return proof_needed(request);
    }
    return Work([request = words_of(request), order = order_of(request),
                 &key](store::Session& session) -> Answered {
        const auto sheet = access::make_enrolment_code(session, key, order);
        if (!sheet) {
            return tl::unexpected(refused(request, sheet.error()));
        }
        return json_response(201, {{"town_id", static_cast<std::int64_t>(request.town)},
                                   {"agent", sheet->agent.key},
                                   {"code", sheet->code},
                                   {"expires_at", to_rfc3339(sheet->expires_at)}});
    });
}

Step confirm(const Request& request) {
    auto fields = Fields::of_body(request);
    const access::ConfirmAgent order{order_of(request), fields.text("fingerprint", kFingerprint)};
    if (!fields.ok()) {
        return fields.problem();
    }
    if (!has_fresh_proof(request)) {
        return proof_needed(request);
    }
    return Work([request = words_of(request), order](store::Session& session) -> Answered {
        return answer(request, access::confirm_agent(session, order));
    });
}

Step revoke(const Request& request) {
    auto fields = Fields::of_body(request);
    if (!fields.ok()) {
        return fields.problem();
    }
    if (!has_fresh_proof(request)) {
        return proof_needed(request);
    }
    return Work([request = words_of(request),
                 order = order_of(request)](store::Session& session) -> Answered {
        return answer(request, access::revoke_agent(session, order));
    });
}

}  // namespace

void add_agent_routes(Routes& routes, const people::AccountKey& key) {
    routes.read("GET", "/api/v1/door-agents", list_agents);
    // Not kept under an Idempotency-Key: its answer is a secret that is shown once.
    routes.write("POST", "/api/v1/door-agents/:id/enrolment-code",
                 [&key](const Request& request) { return make_code(request, key); });
    routes.write("POST", "/api/v1/door-agents/:id/confirm", confirm);
    routes.write("POST", "/api/v1/door-agents/:id/revoke", revoke);
}

}  // namespace creneau::http
