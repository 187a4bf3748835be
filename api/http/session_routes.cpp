#include "api/http/session_routes.hpp"

#include "api/http/fields.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/request_reader.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/people/person.hpp"
#include "api/people/sessions.hpp"
#include "api/people/sign_in.hpp"
#include "api/store/present.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

namespace creneau::http {

namespace {

nlohmann::json to_json(const people::Person& person) {
    auto roles = nlohmann::json::array();
    for (const auto role : person.roles) {
        roles.push_back(people::name_of(role));
    }
    auto local_roles = nlohmann::json::array();
    for (const auto& local : person.local_roles) {
        local_roles.push_back({{"role", people::name_of(local.role)},
                               {"scope", people::name_of(local.scope.kind)},
                               {"scope_id", local.scope.id}});
    }
    auto associations = nlohmann::json::array();
    for (const auto& [id, name] : person.associations) {
        associations.push_back({{"id", static_cast<std::int64_t>(id)}, {"name", name}});
    }
    return {{"id", static_cast<std::int64_t>(person.id)},
            {"name", person.name},
            {"email", person.email},
            {"locale", person.locale == people::Locale::en ? "en" : "fr"},
            {"roles", roles},
            {"local_roles", local_roles},
            {"associations", associations}};
}

/// Set-Cookie for a token, or for its end when the token is empty.
std::string cookie_header(const Request& request, const std::string& token) {
    return std::string(session_cookie(request.secure)) + '=' + token +
           "; Path=/; HttpOnly; SameSite=Lax" + (request.secure ? "; Secure" : "") +
           (token.empty() ? "; Max-Age=0" : "");
}

Response refused(const Request& request, const people::SignInRefusal& refusal) {
    switch (refusal.error) {
        case people::SignInError::throttled:
            return too_many(request, refusal.retry_after);
        case people::SignInError::wrong:
            break;
    }
    return problem_response(request, {401,
                                      "wrong_credentials",
                                      {"L’adresse ou le mot de passe ne convient pas.",
                                       "The address or the password is not right."}});
}

using Answered = tl::expected<Response, Response>;

/// Counts the failure; that is kept although the answer is a refusal.
Work failure_work(const Request& request, people::SignIn sign_in) {
    return [request, sign_in = std::move(sign_in)](store::Session& session) -> Answered {
        const auto delay = people::record_failure(session, sign_in);
        auto response = refused(request, {});
        if (delay > std::chrono::seconds{0}) {
            response.headers.emplace_back("Retry-After", std::to_string(delay.count()));
        }
        return response;
    };
}

/// A session under a new token; the one that the client came with ends.
Work success_work(const Request& request, people::SignIn sign_in, people::PersonId person) {
    return [request, sign_in = std::move(sign_in), person,
            token = people::new_session_token()](store::Session& session) -> Answered {
        const auto opened = people::open_signed_in(session, sign_in, person, token);
        if (!opened) {
            return tl::unexpected(refused(request, opened.error()));
        }
        if (request.session_token) {
            people::close_session(session, sign_in.town, *request.session_token);
        }
        auto response = json_response(201, to_json(opened->person));
        response.headers.emplace_back("Location", "/api/v1/sessions/current");
        response.headers.emplace_back("Set-Cookie", cookie_header(request, opened->token));
        return response;
    };
}

Step sign_in(const Request& request, store::Readers& readers) {
    auto fields = Fields::of_body(request);
    people::SignIn sign_in{request.town, fields.text("email", 254), fields.secret("password", 1024),
                           request.client, request.now};
    if (!fields.ok()) {
        return fields.problem();
    }
    const auto account = readers.read(
        [&](store::Session& session) { return people::find_account(session, sign_in); });
    const auto person = people::judge(account, sign_in);
    // The work keeps words of the request, not its body: that holds the password.
    Request words = request;
    words.body.clear();
    words.headers.clear();
    if (person) {
        return success_work(words, std::move(sign_in), *person);
    }
    if (person.error().error == people::SignInError::throttled) {
        return refused(request, person.error());
    }
    return failure_work(words, std::move(sign_in));
}

Step sign_out(const Request& request) {
    return Work([token = store::present(request.session_token, "session token"),
                 town = request.town,
                 cookie = cookie_header(request, "")](store::Session& session) -> Answered {
        people::close_session(session, town, token);
        auto response = no_content();
        response.headers.emplace_back("Set-Cookie", cookie);
        return response;
    });
}

Response me(const Request& request, store::Session&) {
    return json_response(200, to_json(request.signed_in()));
}

}  // namespace

void add_session_routes(Routes& routes) {
    routes.slow("POST", "/api/v1/sessions", sign_in, Access::anyone);
    routes.write("DELETE", "/api/v1/sessions/current", sign_out);
    routes.read("GET", "/api/v1/me", me);
}

}  // namespace creneau::http
