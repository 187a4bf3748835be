#include "api/http/second_factor_routes.hpp"

#include "api/http/fields.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/http/sign_in_answers.hpp"
#include "api/people/account_key.hpp"
#include "api/people/account_parts.hpp"
#include "api/people/ids.hpp"
#include "api/people/second_factor/enrol.hpp"
#include "api/people/second_factor/recovery_codes.hpp"
#include "api/people/second_factor/reset_second_factor.hpp"
#include "api/people/second_factor/totp.hpp"
#include "api/people/sign_in.hpp"
#include "api/store/session.hpp"

#include <cstddef>

#include <tl/expected.hpp>

namespace creneau::http {

namespace {

using Answered = tl::expected<Response, Response>;
using people::AccountKey;
using people::EnrolError;
using people::ResetError;

constexpr std::size_t kLongestTotp = 20;

people::Enrolling enrolling(const Request& request) {
    return {attempt_of(request, request.signed_in().email), request.signed_in().id,
            request.signed_in_by().id};
}

Response refused(const Request& request, const people::EnrolRefusal& refusal) {
    switch (refusal.error) {
        case EnrolError::proof_needed:
            return proof_needed(request);
        case EnrolError::not_started:
            return problem_response(
                request, {409,
                          "no_second_factor_waits",
                          {"Aucune application n’attend son premier code : commencez par "
                           "POST /me/totp.",
                           "No app waits for its first code: begin with POST /me/totp."}});
        case EnrolError::not_on:
            return problem_response(request, {409,
                                              "no_second_factor",
                                              {"Aucun second facteur ne protège votre compte.",
                                               "No second factor protects your account."}});
        case EnrolError::wrong:
            return refused(request, {people::SignInError::wrong, refusal.retry_after});
        case EnrolError::throttled:
            break;
    }
    return too_many(request, refusal.retry_after);
}

Response refused(const Request& request, ResetError error) {
    switch (error) {
        case ResetError::forbidden:
            return forbidden(request);
        case ResetError::proof_needed:
            return proof_needed(request);
        case ResetError::unknown:
            break;
    }
    return not_found(request);
}

/// No Idempotency-Key here and below: the answer holds what is kept nowhere.
Step start(const Request& request, const AccountKey& key) {
    auto fields = Fields::of_body(request);
    if (!fields.ok()) {
        return fields.problem();
    }
    return Work([request = words_of(request), &key,
                 secret = people::new_totp_secret()](store::Session& session) -> Answered {
        const auto setup = people::start_second_factor(session, key, enrolling(request), secret);
        if (!setup) {
            return tl::unexpected(refused(request, setup.error()));
        }
        return json_response(201, {{"secret", setup->secret}, {"otpauth_uri", setup->uri}});
    });
}

/// A wrong code is counted, so that what was written is kept.
Step confirm(const Request& request, const AccountKey& key) {
    auto fields = Fields::of_body(request);
    const auto totp = fields.text("code", kLongestTotp);
    if (!fields.ok()) {
        return fields.problem();
    }
    return Work([request = words_of(request), &key, totp,
                 codes = people::new_recovery_codes()](store::Session& session) -> Answered {
        const auto confirmed = people::confirm_second_factor(
            session, key, {enrolling(request), totp, people::hashes_of(codes)});
        return confirmed ? json_response(200, {{"recovery_codes", codes}})
                         : refused(request, confirmed.error());
    });
}

Step renew(const Request& request) {
    auto fields = Fields::of_body(request);
    if (!fields.ok()) {
        return fields.problem();
    }
    return Work([request = words_of(request),
                 codes = people::new_recovery_codes()](store::Session& session) -> Answered {
        const auto renewed =
            people::renew_recovery_codes(session, enrolling(request), people::hashes_of(codes));
        if (!renewed) {
            return tl::unexpected(refused(request, renewed.error()));
        }
        return json_response(201, {{"recovery_codes", codes}});
    });
}

Step reset(const Request& request) {
    const people::ResetSecondFactor order{request.town, request.signed_in().id,
                                          people::PersonId{request.number("id")},
                                          request.signed_in_by().proved_at, request.now};
    return Work([request = words_of(request), order](store::Session& session) -> Answered {
        const auto done = people::reset_second_factor(session, order);
        if (!done) {
            return tl::unexpected(refused(request, done.error()));
        }
        return no_content();
    });
}

}  // namespace

void add_second_factor_routes(Routes& routes, const people::AccountParts& accounts) {
    routes.write("POST", "/api/v1/me/totp",
                 [&key = accounts.key](const Request& request) { return start(request, key); });
    routes.write("POST", "/api/v1/me/totp/confirm",
                 [&key = accounts.key](const Request& request) { return confirm(request, key); });
    routes.write("POST", "/api/v1/me/recovery-codes", renew);
    routes.write("DELETE", "/api/v1/people/:id/totp", reset);
}

}  // namespace creneau::http
