#include "api/http/admission.hpp"

#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/sessions.hpp"
#include "api/people/tokens/manage_tokens.hpp"
#include "api/people/tokens/token_rules.hpp"
#include "api/people/tokens/token_store.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace creneau::http {

namespace {

using Noted = tl::expected<bool, bool>;

/// What staff reach before they have a second factor: to see who they are, to enrol, to change
/// their password, to prove who they are and to sign out.
constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kBeforeEnrolment{{
    {"GET", "/api/v1/me"},
    {"POST", "/api/v1/me/totp"},
    {"POST", "/api/v1/me/totp/confirm"},
    {"PUT", "/api/v1/me/password"},
    {"GET", "/api/v1/me/sessions"},
    {"DELETE", "/api/v1/me/sessions"},
    {"DELETE", "/api/v1/me/sessions/:id"},
    {"POST", "/api/v1/sessions/current/proof"},
    {"DELETE", "/api/v1/sessions/current"},
}};

bool is_before_enrolment(const Route& route) {
    return std::ranges::any_of(kBeforeEnrolment, [&](const auto& open) {
        return open.first == route.method && open.second == route.pattern;
    });
}

/// What is lost with a write that is not kept: a session ends a little early, a use is not dated.
template <class Note>
void note(store::Writer& writer, Note what) {
    writer.submit(
        [what = std::move(what)](store::Session& writing) -> Noted {
            what(writing);
            return true;
        },
        [](auto&&) {});
}

Response enrolment_required(const Request& request) {
    return problem_response(
        request,
        {403,
         "second_factor_enrolment_required",
         {"Liez d’abord une application d’authentification à votre compte : POST /me/totp.",
          "First link an authenticator app to your account: POST /me/totp."}});
}

/// Staff without a second factor are nobody where everybody may come in, and refused elsewhere.
std::optional<Response> sign_in(store::Session& session, store::Writer& writer, const Route& route,
                                Request& request) {
    auto found = people::find_signed_in(session, request.town, *request.session_token, request.now);
    if (!found) {
        return std::nullopt;
    }
    if (found->extend) {
        note(writer,
             [town = request.town, token = *request.session_token, now = request.now](
                 store::Session& writing) { people::extend_session(writing, town, token, now); });
    }
    const bool is_held_back =
        people::must_enrol(found->person, found->proved_by) && !is_before_enrolment(route);
    if (is_held_back && route.access == Access::anyone) {
        return std::nullopt;
    }
    request.person = std::move(found->person);
    request.session = found->session;
    return is_held_back ? std::optional(enrolment_required(request)) : std::nullopt;
}

Response bad_token(const Request& request) {
    auto response = problem_response(
        request, {401,
                  "bad_token",
                  {"Ce jeton n’est pas valable : il est inconnu, échu, ou le compte est fermé.",
                   "This token is no good: unknown, expired, or its account is closed."}});
    response.headers.emplace_back("WWW-Authenticate", "Bearer error=\"invalid_token\"");
    return response;
}

Response lacks_scope(const Request& request, const std::string& scope) {
    auto response =
        problem_response(request, {403,
                                   "scope_missing",
                                   {"Ce jeton n’a pas le droit « " + scope + " ».",
                                    "This token does not have the scope “" + scope + "”."}});
    response.headers.emplace_back("WWW-Authenticate", "Bearer error=\"insufficient_scope\"");
    return response;
}

/// RFC 6750, section 3.1.
std::optional<Response> take_token(store::Session& session, store::Writer& writer,
                                   const Route& route, Request& request) {
    auto bearer = people::find_bearer(session, request.town, *request.bearer_token, request.now);
    if (!bearer) {
        return bad_token(request);
    }
    if (bearer->to_note) {
        note(writer,
             [town = request.town, id = *bearer->to_note, now = request.now](
                 store::Session& writing) { people::note_token_use(writing, town, id, now); });
    }
    const auto scope = people::scope_of(request.method, route.pattern);
    const bool has_scope =
        people::is_scope(scope) && std::ranges::find(bearer->scopes, scope) != bearer->scopes.end();
    if (!has_scope && route.access == Access::anyone) {
        return std::nullopt;
    }
    request.person = std::move(bearer->person);
    return has_scope ? std::nullopt : std::optional(lacks_scope(request, scope));
}

}  // namespace

std::optional<Response> refuse_entry(store::Session& session, store::Writer& writer,
                                     const Route& route, Request& request) {
    if (request.bearer_token) {
        return take_token(session, writer, route, request);
    }
    if (request.session_token) {
        if (auto refusal = sign_in(session, writer, route, request)) {
            return refusal;
        }
    }
    if (route.access == Access::signed_in && !request.person) {
        return not_signed_in(request);
    }
    return std::nullopt;
}

}  // namespace creneau::http
