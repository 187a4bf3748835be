#include "api/http/sign_in_answers.hpp"

#include "api/http/fields.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/people/attempts.hpp"
#include "api/people/password_rules.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/second_factor/second_factor_rules.hpp"
#include "api/people/sign_in.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {

namespace {

constexpr std::size_t kLongestTotp = 20;
constexpr std::size_t kLongestRecoveryCode = 60;

FieldError password_error(const std::string& field, people::PasswordFault fault) {
    switch (fault) {
        case people::PasswordFault::too_short:
            return {field,
                    "too_short",
                    {"Le mot de passe compte au moins 12 caractères.",
                     "A password has at least 12 characters."}};
        case people::PasswordFault::too_long:
            return {field,
                    "too_long",
                    {"Le mot de passe compte au plus 256 caractères.",
                     "A password has at most 256 characters."}};
        case people::PasswordFault::guessable:
            return {field,
                    "guessable",
                    {"Ce mot de passe se devine : il ne dit guère plus que votre adresse ou le nom "
                     "de la ville.",
                     "This password can be guessed: it says little more than your address or the "
                     "town’s name."}};
        case people::PasswordFault::breached:
            return {field,
                    "breached",
                    {"Ce mot de passe figure sur une liste de mots de passe dérobés : prenez-en un "
                     "autre.",
                     "This password is on a list of stolen passwords: choose another one."}};
    }
    return {field, "invalid", {}};
}

}  // namespace

people::Attempt attempt_of(const Request& request, const std::string& email) {
    return {request.town, email, request.client, request.now};
}

Request words_of(const Request& request) {
    Request words = request;
    words.body.clear();
    words.headers.clear();
    return words;
}

Response refused(const Request& request, const people::SignInRefusal& refusal) {
    switch (refusal.error) {
        case people::SignInError::throttled:
            return too_many(request, refusal.retry_after);
        case people::SignInError::second_factor_needed:
            return problem_response(
                request, {401,
                          "second_factor_required",
                          {"Ajoutez le code de votre application d’authentification, ou un code de "
                           "secours.",
                           "Add the code of your authenticator app, or a recovery code."}});
        case people::SignInError::wrong:
            break;
    }
    auto response =
        problem_response(request, {401,
                                   "wrong_credentials",
                                   {"L’adresse, le mot de passe ou le code ne convient pas.",
                                    "The address, the password or the code is not right."}});
    if (refusal.retry_after > std::chrono::seconds{0}) {
        response.headers.emplace_back("Retry-After", std::to_string(refusal.retry_after.count()));
    }
    return response;
}

people::EnteredFactor entered_factor(Fields& fields) {
    people::EnteredFactor entered{
        fields.optional_text("totp", kLongestTotp).value_or(""),
        fields.optional_text("recovery_code", kLongestRecoveryCode).value_or("")};
    if (!entered.totp.empty() && !entered.recovery_code.empty()) {
        fields.refuse("/recovery_code", "not_both",
                      {"Donnez le code de l’application ou un code de secours, pas les deux.",
                       "Give the code of the app or a recovery code, not both."});
    }
    return entered;
}

bool has_fresh_proof(const Request& request) {
    return request.session && people::is_fresh(request.session->proved_at, request.now);
}

Response proof_needed(const Request& request) {
    return problem_response(request,
                            {403,
                             "proof_needed",
                             {"Prouvez d’abord à nouveau qui vous êtes : votre dernière preuve a "
                              "plus de dix minutes.",
                              "Prove first who you are: your last proof is older than ten "
                              "minutes."}});
}

Response mail_may_come(const Request& request, std::chrono::seconds delay) {
    if (delay > std::chrono::seconds{0}) {
        return too_many(request, delay);
    }
    const Text detail{
        "Si un compte a cette adresse, un message lui parvient dans quelques minutes.",
        "If an account has this address, a mail reaches it within minutes."};
    return json_response(202, {{"detail", detail.in(request.language)}});
}

std::vector<FieldError> password_errors(const std::string& field,
                                        const std::vector<people::PasswordFault>& faults) {
    std::vector<FieldError> errors;
    errors.reserve(faults.size());
    for (const auto fault : faults) {
        errors.push_back(password_error(field, fault));
    }
    return errors;
}

Response no_password_can_be_set(const Request& request) {
    return problem_response(
        request, {503,
                  "no_breached_list",
                  {"Aucun mot de passe ne peut être choisi pour l’instant : la liste des "
                   "mots de passe dérobés manque. Prévenez la ville.",
                   "No password can be set at the moment: the list of stolen passwords "
                   "is missing. Please tell the town."}});
}

}  // namespace creneau::http
