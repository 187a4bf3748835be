#include "api/http/token_routes.hpp"

#include "api/http/fields.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/http/sign_in_answers.hpp"
#include "api/http/time_text.hpp"
#include "api/people/secret_token.hpp"
#include "api/people/tokens/manage_tokens.hpp"
#include "api/people/tokens/token_rules.hpp"
#include "api/people/tokens/token_store.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace creneau::http {

namespace {

using people::TokenFault;
using Answered = tl::expected<Response, Response>;

constexpr std::size_t kLongName = 120;
constexpr std::size_t kMostScopes = 100;

nlohmann::json to_json(const people::AccessToken& token) {
    return {{"id", static_cast<std::int64_t>(token.id)},
            {"name", token.name},
            {"scopes", token.scopes},
            {"created_at", to_rfc3339(token.created_at)},
            {"expires_at", to_rfc3339(token.expires_at)},
            {"last_used_at", token.last_used_at ? nlohmann::json(to_rfc3339(*token.last_used_at))
                                                : nlohmann::json(nullptr)}};
}

std::string listed(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) {
        text += (text.empty() ? "" : ", ") + word;
    }
    return text;
}

FieldError error_of(TokenFault fault) {
    const auto days = std::to_string(people::kLongestToken.count());
    const auto most = std::to_string(people::kMostTokens);
    const auto scopes = listed(people::all_scopes());
    switch (fault) {
        case TokenFault::no_scope:
            return {"/scopes",
                    "missing",
                    {"Donnez au moins un droit : " + scopes + ".",
                     "Give at least one scope: " + scopes + "."}};
        case TokenFault::unknown_scope:
            return {"/scopes",
                    "unknown_scope",
                    {"Droits possibles : " + scopes + ".", "Possible scopes: " + scopes + "."}};
        case TokenFault::expires_too_late:
            return {"/expires_at",
                    "expires_too_late",
                    {"Un jeton vaut au plus " + days + " jours.",
                     "A token lives " + days + " days at most."}};
        case TokenFault::expired:
            return {"/expires_at",
                    "in_the_past",
                    {"L’échéance est à venir.", "The end lies in the future."}};
        case TokenFault::too_many:
            return {"",
                    "too_many_tokens",
                    {"Vous avez déjà " + most + " jetons : supprimez-en un d’abord.",
                     "You already have " + most + " tokens: remove one first."}};
        case TokenFault::not_allowed:
            break;
    }
    return {};
}

Response refused(const Request& request, const people::TokenFaults& faults) {
    if (faults.front() == TokenFault::not_allowed) {
        return forbidden(request);
    }
    std::vector<FieldError> errors;
    std::ranges::transform(faults, std::back_inserter(errors), error_of);
    return unprocessable(request, std::move(errors));
}

/// No Idempotency-Key here: the answer holds the secret, which is kept nowhere.
Step make(const Request& request) {
    if (!has_fresh_proof(request)) {
        return proof_needed(request);
    }
    auto fields = Fields::of_body(request);
    people::MakeToken order;
    order.town = request.town;
    order.actor = request.signed_in().id;
    order.now = request.now;
    order.name = fields.text("name", kLongName);
    order.scopes = fields.optional_texts("scopes", kMostScopes);
    order.expires_at = fields.instant("expires_at");
    if (!fields.ok()) {
        return fields.problem();
    }
    order.secret = people::new_secret_token();
    return Work([request, order](store::Session& session) -> Answered {
        const auto token = people::make_token(session, order);
        if (!token) {
            return tl::unexpected(refused(request, token.error()));
        }
        auto body = to_json(*token);
        body["token"] = order.secret;
        return json_response(201, body);
    });
}

Response list(const Request& request, store::Session& session) {
    auto fields = Fields::of_query(request);
    if (!fields.ok()) {
        return fields.problem();
    }
    auto items = nlohmann::json::array();
    for (const auto& token :
         people::select_tokens(session, request.town, request.signed_in().id, request.now)) {
        items.push_back(to_json(token));
    }
    return json_response(200, {{"items", std::move(items)}});
}

Step end(const Request& request) {
    const people::EndToken order{request.town, request.signed_in().id,
                                 people::AccessTokenId{request.number("id")}, request.now};
    return Work([request, order](store::Session& session) -> Answered {
        if (!people::end_token(session, order)) {
            return tl::unexpected(not_found(request));
        }
        return no_content();
    });
}

}  // namespace

void add_token_routes(Routes& routes) {
    routes.write("POST", "/api/v1/me/tokens", make);
    routes.read("GET", "/api/v1/me/tokens", list);
    routes.write("DELETE", "/api/v1/me/tokens/:id", end);
}

}  // namespace creneau::http
