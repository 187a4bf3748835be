#include "api/http/confirmation_routes.hpp"

#include "api/http/fields.hpp"
#include "api/http/item_page.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/http/sign_in_answers.hpp"
#include "api/http/time_text.hpp"
#include "api/people/four_eyes/confirmation_store.hpp"
#include "api/people/four_eyes/confirmation_types.hpp"
#include "api/people/four_eyes/four_eyes.hpp"
#include "api/people/ids.hpp"
#include "api/people/people_rights.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

namespace creneau::http {

namespace {

using Answered = tl::expected<Response, Response>;
using nlohmann::json;
using people::FourEyesFault;

constexpr std::size_t kLongestCode = 64;
constexpr std::int64_t kLongestPage = 200;
constexpr std::int64_t kUsualPage = 50;

json instant_or_null(const std::optional<std::chrono::sys_seconds>& at) {
    return at ? json(to_rfc3339(*at)) : json(nullptr);
}

json id_or_null(const std::optional<people::PersonId>& person) {
    return person ? json(static_cast<std::int64_t>(*person)) : json(nullptr);
}

json to_json(const people::Confirmation& one) {
    return {{"id", static_cast<std::int64_t>(one.id)},
            {"kind", people::word_of(one.kind)},
            {"person_id", static_cast<std::int64_t>(one.subject)},
            {"asked_by_id", static_cast<std::int64_t>(one.asked_by)},
            {"asked_at", to_rfc3339(one.asked_at)},
            {"ends_at", to_rfc3339(one.ends_at)},
            {"confirmed_by_id", id_or_null(one.confirmed_by)},
            {"confirmed_at", instant_or_null(one.confirmed_at)},
            {"used_at", instant_or_null(one.used_at)}};
}

Problem conflict(const char* code, Text detail) {
    return {409, code, std::move(detail)};
}

people::ConfirmedKind kind_in(Fields& fields) {
    const auto word = fields.text("kind", kLongestCode);
    const auto kind = people::confirmed_kind_of(word);
    if (!kind && !word.empty()) {
        fields.refuse("/kind", "unknown_kind",
                      {"Attendu : person_export.", "Expected: person_export."});
    }
    return kind.value_or(people::ConfirmedKind::person_export);
}

bool sees_confirmations(const Request& request) {
    return people::may_answer_for_data(request.signed_in());
}

Step ask(const Request& request) {
    auto fields = Fields::of_body(request);
    people::AskConfirmation order;
    order.town = request.town;
    order.actor = request.signed_in().id;
    order.kind = kind_in(fields);
    order.subject = fields.id<people::PersonId>("person_id");
    order.now = request.now;
    if (!fields.ok()) {
        return fields.problem();
    }
    if (!sees_confirmations(request)) {
        return forbidden(request);
    }
    if (!people::is_fresh(request.signed_in_by().proved_at, request.now)) {
        return proof_needed(request);
    }
    return Work([request, order](store::Session& session) -> Answered {
        const auto asked = people::ask_confirmation(session, order);
        if (!asked) {
            return tl::unexpected(refused(request, asked.error()));
        }
        const auto id = std::to_string(static_cast<std::int64_t>(asked->id));
        return created("/api/v1/confirmations/" + id, to_json(*asked));
    });
}

Response list(const Request& request, store::Session& session) {
    if (!sees_confirmations(request)) {
        return forbidden(request);
    }
    auto fields = Fields::of_query(request);
    const auto limit = fields.optional_integer("limit", {1, kLongestPage}).value_or(kUsualPage);
    const auto before = fields.optional_id<people::ConfirmationId>("cursor");
    if (!fields.ok()) {
        return fields.problem();
    }
    return page_response(people::select_confirmations(session, request.town, before, limit), limit,
                         &people::Confirmation::id, to_json);
}

Response show(const Request& request, store::Session& session) {
    if (!sees_confirmations(request)) {
        return forbidden(request);
    }
    const auto found = people::select_confirmation(session, request.town,
                                                   people::ConfirmationId{request.number("id")});
    return found ? json_response(200, to_json(*found)) : not_found(request);
}

Step confirm(const Request& request) {
    auto fields = Fields::of_body(request);
    if (!fields.ok()) {
        return fields.problem();
    }
    if (!people::is_fresh(request.signed_in_by().proved_at, request.now)) {
        return proof_needed(request);
    }
    const people::ConfirmRequest order{request.town, request.signed_in().id,
                                       people::ConfirmationId{request.number("id")}, request.now};
    return Work([request, order](store::Session& session) -> Answered {
        const auto confirmed = people::confirm_request(session, order);
        return confirmed ? Answered(json_response(200, to_json(*confirmed)))
                         : tl::unexpected(refused(request, confirmed.error()));
    });
}

}  // namespace

Response refused(const Request& request, FourEyesFault fault) {
    switch (fault) {
        case FourEyesFault::not_allowed:
        case FourEyesFault::own_request:
            return forbidden(request);
        case FourEyesFault::unknown:
            return not_found(request);
        case FourEyesFault::unknown_subject:
            return unprocessable(
                request, {{"/person_id",
                           "unknown_person",
                           {"Donnez une personne de la ville.", "Give a person of the town."}}});
        case FourEyesFault::already_confirmed:
            return problem_response(
                request, conflict("already_confirmed", {"Quelqu’un l’a déjà confirmée.",
                                                        "Somebody confirmed it already."}));
        case FourEyesFault::not_confirmed:
            return problem_response(
                request, conflict("not_confirmed", {"Une autre personne doit d’abord la confirmer.",
                                                    "Somebody else has to confirm it first."}));
        case FourEyesFault::used:
            return problem_response(request, conflict("confirmation_used",
                                                      {"Elle a déjà servi : demandez-en une autre.",
                                                       "It was used: ask for another one."}));
        case FourEyesFault::over:
            break;
    }
    return problem_response(request, conflict("confirmation_over",
                                              {"Elle date de plus de 24 heures : demandez-en une "
                                               "autre.",
                                               "It is older than 24 hours: ask for another one."}));
}

void add_confirmation_routes(Routes& routes) {
    routes.write("POST", "/api/v1/confirmations", ask);
    routes.read("GET", "/api/v1/confirmations", list);
    routes.read("GET", "/api/v1/confirmations/:id", show);
    routes.write("POST", "/api/v1/confirmations/:id/confirm", confirm);
}

}  // namespace creneau::http
