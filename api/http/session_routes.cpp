#include "api/http/session_routes.hpp"

#include "api/http/fields.hpp"
#include "api/http/item_page.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/request_reader.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/http/sign_in_answers.hpp"
#include "api/http/time_text.hpp"
#include "api/people/account_code_rules.hpp"
#include "api/people/account_key.hpp"
#include "api/people/account_parts.hpp"
#include "api/people/asked_codes.hpp"
#include "api/people/attempts.hpp"
#include "api/people/ids.hpp"
#include "api/people/my_sessions.hpp"
#include "api/people/password_by_code.hpp"
#include "api/people/person.hpp"
#include "api/people/prove.hpp"
#include "api/people/second_factor/check_second_factor.hpp"
#include "api/people/second_factor/second_factor_rules.hpp"
#include "api/people/session_store.hpp"
#include "api/people/session_types.hpp"
#include "api/people/sessions.hpp"
#include "api/people/sign_in.hpp"
#include "api/store/column.hpp"
#include "api/store/present.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

namespace creneau::http {

namespace {

constexpr std::size_t kLongestSecret = 1024;
constexpr std::size_t kLongestCode = 40;
constexpr std::int64_t kLongestPage = 200;

nlohmann::json to_json(const people::Person& person, people::FactorState factor) {
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
            {"associations", associations},
            {"second_factor", people::word_of(factor)}};
}

/// Set-Cookie for a token, or for its end when the token is empty.
std::string cookie_header(const Request& request, const std::string& token) {
    return std::string(session_cookie(request.secure)) + '=' + token +
           "; Path=/; HttpOnly; SameSite=Lax" + (request.secure ? "; Secure" : "") +
           (token.empty() ? "; Max-Age=0" : "");
}

using Answered = tl::expected<Response, Response>;

/// How a sign-in by this request opens its session.
people::NewSession new_session(const Request& request) {
    return {.token = people::new_session_token(),
            .device = people::device_of_user_agent(request.header("user-agent").value_or(""))};
}

/// The answer to a sign-in; the session that the client came with ends.
Response opened_response(store::Session& session, const Request& request,
                         const people::Opened& opened) {
    if (request.session_token) {
        people::close_session(session, request.town, *request.session_token);
    }
    const auto factor = people::factor_state_of(session, request.town, opened.person);
    auto response = json_response(201, to_json(opened.person, factor));
    response.headers.emplace_back("Location", "/api/v1/sessions/current");
    response.headers.emplace_back("Set-Cookie", cookie_header(request, opened.token));
    return response;
}

/// Counts the failure; that is kept although the answer is a refusal.
Work failure_work(const Request& request, people::Attempt attempt) {
    return [request, attempt = std::move(attempt)](store::Session& session) -> Answered {
        const auto delay = people::refuse_sign_in(session, attempt);
        return refused(request, {people::SignInError::wrong, delay});
    };
}

/// A wrong second factor is counted, so that what was written is kept.
Work success_work(const Request& request, const people::AccountKey& key, people::Attempt attempt,
                  people::PersonId person, people::NewSession opening) {
    return [request, &key, attempt = std::move(attempt), person,
            opening = std::move(opening)](store::Session& session) -> Answered {
        const auto opened = people::open_signed_in(session, key, attempt, person, opening);
        return opened ? opened_response(session, request, *opened)
                      : refused(request, opened.error());
    };
}

/// A wrong code is counted, so that what was written is kept.
Work code_work(const Request& request, const people::AccountKey& key, people::Attempt attempt,
               std::string code) {
    return [request = words_of(request), &key, attempt = std::move(attempt), code = std::move(code),
            opening = new_session(request)](store::Session& session) -> Answered {
        const auto opened = people::sign_in_by_code(session, key, attempt, code, opening);
        return opened ? opened_response(session, request, *opened)
                      : refused(request, opened.error());
    };
}

Step sign_in(const Request& request, store::Readers& readers, const people::AccountKey& key) {
    auto fields = Fields::of_body(request);
    const auto attempt = attempt_of(request, fields.text("email", 254));
    const auto code = fields.optional_text("code", kLongestCode);
    const auto password = code ? std::string() : fields.secret("password", kLongestSecret);
    const auto factor = entered_factor(fields);
    if (!fields.ok()) {
        return fields.problem();
    }
    if (code) {
        return code_work(request, key, attempt, *code);
    }
    const auto account = readers.read(
        [&](store::Session& session) { return people::find_account(session, attempt); });
    const auto person = people::judge(account, {attempt, password});
    // The work keeps words of the request, not its body: that holds the password.
    if (person) {
        auto opening = new_session(request);
        opening.password_hash = account.password_hash;
        opening.factor = factor;
        return success_work(words_of(request), key, attempt, *person, std::move(opening));
    }
    if (person.error().error == people::SignInError::throttled) {
        return refused(request, person.error());
    }
    return failure_work(words_of(request), attempt);
}

/// Counts a wrong code, which is kept.
Response proved_response(const Request& request,
                         const tl::expected<people::PersonId, people::SignInRefusal>& proved) {
    return proved ? no_content() : refused(request, proved.error());
}

Step prove(const Request& request, store::Readers& readers, const people::AccountKey& key) {
    auto fields = Fields::of_body(request);
    const auto code = fields.optional_text("code", kLongestCode);
    const auto password = code ? std::string() : fields.secret("password", kLongestSecret);
    const auto factor = entered_factor(fields);
    if (!fields.ok()) {
        return fields.problem();
    }
    const people::Proof proof{attempt_of(request, request.signed_in().email),
                              request.signed_in().id, request.signed_in_by().id, factor};
    if (code) {
        return Work([request = words_of(request), &key, proof,
                     letters = *code](store::Session& session) -> Answered {
            return proved_response(request, people::prove_by_code(session, key, proof, letters));
        });
    }
    const auto account = readers.read(
        [&](store::Session& session) { return people::find_account(session, proof.attempt); });
    const auto judged = people::judge(account, {proof.attempt, password});
    if (judged) {
        return Work(
            [request = words_of(request), &key, proof](store::Session& session) -> Answered {
                return proved_response(request, people::keep_password_proof(session, key, proof));
            });
    }
    return judged.error().error == people::SignInError::throttled
               ? Step(refused(request, judged.error()))
               : Step(failure_work(words_of(request), proof.attempt));
}

Step ask_for_code(const Request& request) {
    auto fields = Fields::of_body(request);
    const auto attempt = attempt_of(request, fields.text("email", 254));
    if (!fields.ok()) {
        return fields.problem();
    }
    return Work([request = words_of(request), attempt](store::Session& session) -> Answered {
        return mail_may_come(request,
                             people::ask_for_code(session, attempt, people::CodeKind::sign_in));
    });
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

Response me(const Request& request, store::Session& session) {
    const auto& person = request.signed_in();
    return json_response(200,
                         to_json(person, people::factor_state_of(session, request.town, person)));
}

nlohmann::json to_json(const people::SessionRow& row, const people::CurrentSession& current) {
    return {{"id", store::raw(row.id)},
            {"device", people::word_of(row.device)},
            {"created_at", to_rfc3339(row.created_at)},
            {"seen_at", to_rfc3339(row.seen_at)},
            {"ends_at", to_rfc3339(row.ends_at)},
            {"current", row.id == current.id}};
}

Response list_my_sessions(const Request& request, store::Session& session) {
    auto fields = Fields::of_query(request);
    const auto limit = fields.optional_integer("limit", {1, kLongestPage}).value_or(50);
    const auto after = fields.optional_integer("cursor", {1, INT64_MAX}).value_or(0);
    if (!fields.ok()) {
        return fields.problem();
    }
    const auto rows = people::find_sessions_of(session, {request.town, request.signed_in().id},
                                               request.now, {after, limit});
    return page_response(
        rows, limit, [](const people::SessionRow& row) { return store::raw(row.id); },
        [&](const people::SessionRow& row) { return to_json(row, request.signed_in_by()); });
}

Step end_my_session(const Request& request) {
    return Work([request = words_of(request)](store::Session& session) -> Answered {
        const auto ended =
            people::end_session(session, {request.town, request.signed_in().id},
                                people::SessionId{request.number("id")}, request.now);
        if (!ended) {
            return tl::unexpected(not_found(request));
        }
        return no_content();
    });
}

Step end_my_other_sessions(const Request& request) {
    return Work([request = words_of(request)](store::Session& session) -> Answered {
        people::end_other_sessions(session, {request.town, request.signed_in().id},
                                   request.signed_in_by().id, request.now);
        return no_content();
    });
}

}  // namespace

void add_session_routes(Routes& routes, const people::AccountParts& accounts) {
    routes.hashing(
        "POST", "/api/v1/sessions",
        [&key = accounts.key](const Request& request, store::Readers& readers) {
            return sign_in(request, readers, key);
        },
        Access::anyone);
    routes.write("POST", "/api/v1/sessions/codes", ask_for_code, Access::anyone);
    routes.write("DELETE", "/api/v1/sessions/current", sign_out);
    routes.hashing("POST", "/api/v1/sessions/current/proof",
                   [&key = accounts.key](const Request& request, store::Readers& readers) {
                       return prove(request, readers, key);
                   });
    routes.read("GET", "/api/v1/me", me);
    routes.read("GET", "/api/v1/me/sessions", list_my_sessions);
    routes.write("DELETE", "/api/v1/me/sessions", end_my_other_sessions);
    routes.write("DELETE", "/api/v1/me/sessions/:id", end_my_session);
}

}  // namespace creneau::http
