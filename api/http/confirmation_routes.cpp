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

/// The member that names the subject of such a confirmation.
const char* subject_member(people::ConfirmedKind kind) {
    switch (kind) {
        case people::ConfirmedKind::person_export:
            return "person_id";
        case people::ConfirmedKind::lockdown_end:
            return "lockdown_id";
        case people::ConfirmedKind::key_import:
        case people::ConfirmedKind::key_retire:
        case people::ConfirmedKind::key_withdraw:
            break;
    }
    return "key_id";
}

json to_json(const people::Confirmation& one) {
    return {{"id", static_cast<std::int64_t>(one.id)},
            {"kind", people::word_of(one.kind)},
            {subject_member(one.kind), one.subject},
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
        fields.refuse(
            "/kind", "unknown_kind",
            {"Attendu : person_export, lockdown_end, key_import, key_retire ou key_withdraw.",
             "Expected: person_export, lockdown_end, key_import, key_retire or "
             "key_withdraw."});
    }
    return kind.value_or(people::ConfirmedKind::person_export);
}

/// Somebody who asks or confirms for a site only is no reader of the town's list.
/// What of all that is asked for somebody reads.
people::ConfirmationPage page_of(const Request& request) {
    return {people::confirmations_seen(request.signed_in()),
            people::sites_of_confirmations(request.signed_in()),
            {},
            kUsualPage};
}

bool may_read_some(const people::ConfirmationPage& page) {
    return !page.kinds.empty() || !page.sites.empty();
}

Response unknown_subject(const Request& request, people::ConfirmedKind kind) {
    std::string field = "/";
    field += subject_member(kind);
    return unprocessable(request, {{std::move(field),
                                    "unknown_subject",
                                    {"Donnez ce qui existe encore dans la ville.",
                                     "Give something that the town still has."}}});
}

Step ask(const Request& request) {
    auto fields = Fields::of_body(request);
    people::AskConfirmation order;
    order.town = request.town;
    order.actor = request.signed_in().id;
    order.kind = kind_in(fields);
    order.subject = fields.integer(subject_member(order.kind), {1, INT64_MAX});
    order.now = request.now;
    if (!fields.ok()) {
        return fields.problem();
    }
    if (!people::may_ask_somewhere(request.signed_in(), order.kind)) {
        return forbidden(request);
    }
    if (!has_fresh_proof(request)) {
        return proof_needed(request);
    }
    return Work([request, order](store::Session& session) -> Answered {
        const auto asked = people::ask_confirmation(session, order);
        if (!asked) {
            return tl::unexpected(asked.error() == FourEyesFault::unknown_subject
                                      ? unknown_subject(request, order.kind)
                                      : refused(request, asked.error()));
        }
        const auto id = std::to_string(static_cast<std::int64_t>(asked->id));
        return created("/api/v1/confirmations/" + id, to_json(*asked));
    });
}

Response list(const Request& request, store::Session& session) {
    auto page = page_of(request);
    if (!may_read_some(page)) {
        return forbidden(request);
    }
    auto fields = Fields::of_query(request);
    page.limit = fields.optional_integer("limit", {1, kLongestPage}).value_or(page.limit);
    page.before = fields.optional_id<people::ConfirmationId>("cursor");
    if (!fields.ok()) {
        return fields.problem();
    }
    return page_response(people::select_confirmations(session, request.town, page), page.limit,
                         &people::Confirmation::id, to_json);
}

Response show(const Request& request, store::Session& session) {
    auto page = page_of(request);
    const auto id = request.number("id");
    if (!people::select_confirmation(session, request.town, people::ConfirmationId{id})) {
        return may_read_some(page) ? not_found(request) : forbidden(request);
    }
    page.before = people::ConfirmationId{id + 1};
    page.limit = 1;
    const auto found = people::select_confirmations(session, request.town, page);
    const bool is_theirs = !found.empty() && found.front().id == people::ConfirmationId{id};
    return is_theirs ? json_response(200, to_json(found.front())) : forbidden(request);
}

Step confirm(const Request& request) {
    auto fields = Fields::of_body(request);
    if (!fields.ok()) {
        return fields.problem();
    }
    if (!has_fresh_proof(request)) {
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
        case FourEyesFault::unknown_subject:
            return not_found(request);
        case FourEyesFault::already_confirmed:
            return problem_response(
                request, conflict("already_confirmed", {"Quelqu’un l’a déjà confirmée.",
                                                        "Somebody confirmed it already."}));
        case FourEyesFault::not_settled:
            return problem_response(
                request,
                conflict("not_settled",
                         {"Un rôle ou un accès que quelqu’un d’autre a donné ou changé doit "
                          "d’abord avoir l’âge que la commune a fixé (7 jours en général).",
                          "A role or access that somebody else gave or changed has to be "
                          "as old first as the town has set (usually 7 days)."}));
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
    routes.create("/api/v1/confirmations", ask);
    routes.read("GET", "/api/v1/confirmations", list);
    routes.read("GET", "/api/v1/confirmations/:id", show);
    routes.write("POST", "/api/v1/confirmations/:id/confirm", confirm);
}

}  // namespace creneau::http
