#include "api/http/simulate_route.hpp"

#include "api/access/access_types.hpp"
#include "api/access/badge_key.hpp"
#include "api/access/badge_types.hpp"
#include "api/access/doors/door_types.hpp"
#include "api/access/simulate/simulate.hpp"
#include "api/http/fields.hpp"
#include "api/http/organisation_answers.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/http/sign_in_answers.hpp"
#include "api/http/time_text.hpp"
#include "api/signer/signer_client.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "policy/decide.hpp"
#include "qr/pass.hpp"

#include <cstdint>
#include <memory>
#include <utility>

#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>
#include <tl/expected.hpp>

namespace creneau::http {

namespace {

using nlohmann::json;
using Answered = tl::expected<Response, Response>;

access::AskAccess ask_in(Fields& fields, const Request& request) {
    return {actor_of(request), fields.optional_id<access::BadgeId>("badge_id"),
            fields.optional_id<access::PassRow>("pass_id"), fields.id<access::DoorId>("door_id"),
            fields.optional_instant("at")};
}

json to_json(const access::AccessQuestion& question, const policy::Decision& decision) {
    return {{"allow", decision.allow},
            {"reason", policy::word_for(decision.reason)},
            {"check", policy::word_for(decision.check)},
            {"unlock_ms", decision.unlock_time.count()},
            {"at", to_rfc3339(question.at)}};
}

Step simulate(const Request& request, store::Readers& readers, const access::BadgeKey& key,
              const signer::Client& signer) {
    auto fields = Fields::of_body(request);
    const auto ask = ask_in(fields, request);
    if (!fields.ok()) {
        return fields.problem();
    }
    const auto question = readers.read(
        [&](store::Session& session) { return access::question_of(session, key, ask); });
    if (!question) {
        return refused(request, question.error());
    }
    const auto file = signer.export_policy(question->agent);
    const qr::TownId town{static_cast<std::uint32_t>(request.town)};
    auto policy = file ? access::own_policy(*file, town, question->agent) : std::nullopt;
    if (!policy) {
        spdlog::error("no policy to simulate door agent {}: {}", question->agent,
                      file ? "unreadable" : signer::word_of(file.error()));
        return busy(request);
    }
    const auto body = to_json(*question, access::answer_to(*question, *std::move(policy)));
    return Work([ask, body](store::Session& session) -> Answered {
        access::note_question(session, ask);
        return json_response(200, body);
    });
}

}  // namespace

void add_simulate_route(Routes& routes, std::shared_ptr<const access::BadgeKey> key,
                        const signer::Client& signer) {
    routes.slow("POST", "/api/v1/access/simulate",
                [key = std::move(key), &signer](const Request& request, store::Readers& readers) {
                    return simulate(request, readers, *key, signer);
                });
}

}  // namespace creneau::http
