#include "api/http/privacy_routes.hpp"

#include "api/http/fields.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/http/sign_in_answers.hpp"
#include "api/http/time_text.hpp"
#include "api/people/ids.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/person.hpp"
#include "api/privacy/erase_person.hpp"
#include "api/privacy/erasure_ledger.hpp"
#include "api/privacy/erasure_types.hpp"
#include "api/privacy/keep_retention.hpp"
#include "api/privacy/register_sheet.hpp"
#include "api/privacy/restrict_person.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

namespace creneau::http {

namespace {

using Answered = tl::expected<Response, Response>;
using privacy::ObstacleKind;

constexpr std::size_t kLongestCode = 64;
constexpr std::size_t kLongestDecision = 200;
constexpr std::int64_t kMostMonths = 1200;

struct ObstacleWords {
    const char* code;
    Text detail;
};

ObstacleWords words_of(ObstacleKind kind) {
    switch (kind) {
        case ObstacleKind::booking_running:
            return {"booking_running",
                    {"Une réservation court encore ; annulez-la d’abord : nº ",
                     "A booking still runs; cancel it first: no. "}};
        case ObstacleKind::hold_running:
            return {"hold_running",
                    {"Un créneau lui est encore gardé ; libérez-le d’abord : nº ",
                     "A slot is still held; release it first: no. "}};
        case ObstacleKind::association_without_manager:
            return {"association_without_manager",
                    {"Personne d’autre ne gère cette association ; nommez quelqu’un : nº ",
                     "Nobody else manages this association; name somebody: no. "}};
        case ObstacleKind::association_contact:
            return {"association_contact",
                    {"L’adresse de cette association est la sienne ; changez-la : nº ",
                     "The address of this association is theirs; change it: no. "}};
        case ObstacleKind::sole_administrator:
            return {"sole_administrator",
                    {"C’est la seule personne qui administre la ville ; donnez ce rôle à une "
                     "autre. Personne nº ",
                     "Nobody else administers the town; give somebody that role. Person no. "}};
        case ObstacleKind::line_manager:
            return {"line_manager",
                    {"Cette personne en a la responsabilité ; changez-la pour l’agent nº ",
                     "This is somebody's line manager; name another one for staff member no. "}};
        case ObstacleKind::staff_in_service:
            return {"staff_in_service",
                    {"Son service n’est pas terminé ; donnez-lui une fin. Agent nº ",
                     "Their service is not over; give it an end. Staff member no. "}};
        case ObstacleKind::own_account:
            return {"own_account",
                    {"Personne n’efface son propre compte ; demandez à un autre. Personne nº ",
                     "Nobody erases their own account; ask somebody else. Person no. "}};
    }
    return {"obstacle", {"", ""}};
}

FieldError error_of(const privacy::Obstacle& obstacle) {
    auto [code, detail] = words_of(obstacle.kind);
    const auto id = std::to_string(obstacle.subject);
    detail.fr.append(id).push_back('.');
    detail.en.append(id).push_back('.');
    return {"", code, std::move(detail)};
}

Response refused(const Request& request, const privacy::EraseRefusal& refusal) {
    switch (refusal.fault) {
        case privacy::EraseFault::not_allowed:
            return forbidden(request);
        case privacy::EraseFault::unknown_person:
            return not_found(request);
        case privacy::EraseFault::obstacles:
            break;
    }
    std::vector<FieldError> errors;
    std::ranges::transform(refusal.obstacles, std::back_inserter(errors), error_of);
    return unprocessable(request, std::move(errors));
}

std::string reason_in(Fields& fields) {
    auto word = fields.text("reason", kLongestCode);
    if (!word.empty() && !privacy::is_erasure_reason(word)) {
        fields.refuse("/reason", "unknown_reason",
                      {"Attendu : person_request, account_unused, unlawful_processing ou "
                       "legal_obligation.",
                       "Expected: person_request, account_unused, unlawful_processing or "
                       "legal_obligation."});
    }
    return word;
}

Step erase(const Request& request, const privacy::ErasureLedger& ledger) {
    auto fields = Fields::of_body(request);
    const privacy::ErasePerson order{request.town, request.signed_in().id,
                                     people::PersonId{request.number("id")}, reason_in(fields),
                                     request.now};
    if (!fields.ok()) {
        return fields.problem();
    }
    if (!people::may_answer_for_data(request.signed_in())) {
        return forbidden(request);
    }
    if (!has_fresh_proof(request)) {
        return proof_needed(request);
    }
    return Work([request, order, &ledger](store::Session& session) -> Answered {
        const auto erased = privacy::erase_person(session, ledger, order);
        if (!erased) {
            return tl::unexpected(refused(request, erased.error()));
        }
        return json_response(200, {{"person_id", static_cast<std::int64_t>(erased->id)},
                                   {"erased_at", to_rfc3339(erased->at)}});
    });
}

Step restrict_data(const Request& request) {
    auto fields = Fields::of_body(request);
    const auto restricted = fields.optional_boolean("restricted");
    if (!restricted && !fields.refused("restricted")) {
        fields.refuse("/restricted", "missing", {"Dites true ou false.", "Say true or false."});
    }
    if (!fields.ok()) {
        return fields.problem();
    }
    if (!people::may_answer_for_data(request.signed_in())) {
        return forbidden(request);
    }
    if (!has_fresh_proof(request)) {
        return proof_needed(request);
    }
    const privacy::RestrictPerson order{request.town, request.signed_in().id,
                                        people::PersonId{request.number("id")},
                                        restricted.value_or(true), request.now};
    return Work([request, order](store::Session& session) -> Answered {
        const auto done = privacy::restrict_person(session, order);
        return done ? Answered(no_content())
                    : tl::unexpected(refused(request, privacy::EraseRefusal{done.error()}));
    });
}

Response show_register(const Request& request, store::Session& session) {
    if (!people::may_answer_for_data(request.signed_in())) {
        return forbidden(request);
    }
    const auto locale = request.language == Language::en ? people::Locale::en : people::Locale::fr;
    return {200,
            {{"Content-Type", "text/markdown; charset=utf-8"}},
            privacy::register_sheet(session, request.town, locale)};
}

nlohmann::json to_json(const privacy::Period& period) {
    return {{"kind", period.kind->word},          {"months", period.months},
            {"usual_months", period.kind->usual}, {"least_months", period.kind->least},
            {"most_months", period.kind->most},   {"decision", period.decision}};
}

Response list_retention(const Request& request, store::Session& session) {
    if (!people::may_answer_for_data(request.signed_in())) {
        return forbidden(request);
    }
    nlohmann::json items = nlohmann::json::array();
    for (const auto& period : privacy::list_periods(session, request.town)) {
        items.push_back(to_json(period));
    }
    return json_response(200, {{"items", std::move(items)}});
}

Response refused(const Request& request, privacy::RetentionFault fault) {
    switch (fault) {
        case privacy::RetentionFault::not_allowed:
            return forbidden(request);
        case privacy::RetentionFault::unknown_kind:
            return unprocessable(request,
                                 {{"/kind",
                                   "unknown_kind",
                                   {"Attendu : une nature de données de GET /api/v1/retention.",
                                    "Expected: a kind of data of GET /api/v1/retention."}}});
        case privacy::RetentionFault::out_of_bounds:
            break;
    }
    return unprocessable(request, {{"/months",
                                    "out_of_bounds",
                                    {"Cette durée sort des limites de GET /api/v1/retention.",
                                     "This is outside the bounds in GET /api/v1/retention."}}});
}

Step set_retention(const Request& request) {
    auto fields = Fields::of_body(request);
    privacy::SetRetention order;
    order.town = request.town;
    order.actor = request.signed_in().id;
    order.kind = fields.text("kind", kLongestCode);
    order.months = fields.integer("months", {1, kMostMonths});
    order.decision = fields.text("decision", kLongestDecision);
    order.now = request.now;
    if (!fields.ok()) {
        return fields.problem();
    }
    if (!people::may_set_retention(request.signed_in())) {
        return forbidden(request);
    }
    if (!has_fresh_proof(request)) {
        return proof_needed(request);
    }
    return Work([request, order](store::Session& session) -> Answered {
        const auto period = privacy::set_retention(session, order);
        return period ? Answered(json_response(200, to_json(*period)))
                      : tl::unexpected(refused(request, period.error()));
    });
}

}  // namespace

void add_privacy_routes(Routes& routes, const privacy::ErasureLedger& ledger) {
    routes.write("POST", "/api/v1/people/:id/erase",
                 [&ledger](const Request& request) { return erase(request, ledger); });
    routes.write("PUT", "/api/v1/people/:id/restriction", restrict_data);
    routes.read("GET", "/api/v1/privacy/register", show_register);
    routes.read("GET", "/api/v1/retention", list_retention);
    routes.write("PUT", "/api/v1/retention", set_retention);
}

}  // namespace creneau::http
