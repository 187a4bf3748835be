#include "api/http/admission.hpp"

#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/people/sessions.hpp"
#include "api/people/tokens/manage_tokens.hpp"
#include "api/people/tokens/token_rules.hpp"
#include "api/people/tokens/token_store.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace creneau::http {

namespace {

using Noted = tl::expected<bool, bool>;

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

void sign_in(store::Session& session, store::Writer& writer, Request& request) {
    auto found = people::find_signed_in(session, request.town, *request.session_token, request.now);
    if (!found) {
        return;
    }
    request.person = std::move(found->person);
    request.session = found->session;
    if (found->extend) {
        note(writer,
             [town = request.town, token = *request.session_token, now = request.now](
                 store::Session& writing) { people::extend_session(writing, town, token, now); });
    }
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
    if (std::ranges::find(bearer->scopes, scope) != bearer->scopes.end()) {
        request.person = std::move(bearer->person);
    } else if (route.access == Access::signed_in) {
        return lacks_scope(request, scope);
    }
    return std::nullopt;
}

}  // namespace

std::optional<Response> refuse_entry(store::Session& session, store::Writer& writer,
                                     const Route& route, Request& request) {
    if (request.bearer_token) {
        return take_token(session, writer, route, request);
    }
    if (request.session_token) {
        sign_in(session, writer, request);
    }
    if (route.access == Access::signed_in && !request.person) {
        return not_signed_in(request);
    }
    return std::nullopt;
}

}  // namespace creneau::http
