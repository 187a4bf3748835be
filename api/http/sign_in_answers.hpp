#pragma once

#include "api/http/fields.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/people/attempts.hpp"
#include "api/people/password_rules.hpp"
#include "api/people/second_factor/second_factor_rules.hpp"
#include "api/people/sign_in.hpp"

#include <string>
#include <vector>

namespace creneau::http {

/// The attempt that a request makes for an address.
[[nodiscard]] people::Attempt attempt_of(const Request& request, const std::string& email);

/// The words of a request without its body and headers, which may hold secrets: for work that
/// outlives the handler.
[[nodiscard]] Request words_of(const Request& request);

/// What a body holds of a second factor: `totp` or `recovery_code`.
[[nodiscard]] people::EnteredFactor entered_factor(Fields& fields);

/// 401 or 429; says the same whoever the address is.
[[nodiscard]] Response refused(const Request& request, const people::SignInRefusal& refusal);

/// Whether who is at the screen proved lately who they are; a program with a token never did.
[[nodiscard]] bool has_fresh_proof(const Request& request);

/// 403: who is at the screen has to prove anew who they are (POST /sessions/current/proof).
[[nodiscard]] Response proof_needed(const Request& request);

/// 202 without a word about whether the address is known; `delay` of the client's network: 429.
[[nodiscard]] Response mail_may_come(const Request& request, std::chrono::seconds delay);

/// What is wrong with the password in `field`.
[[nodiscard]] std::vector<FieldError> password_errors(
    const std::string& field, const std::vector<people::PasswordFault>& faults);

/// 503: the list of breached passwords is missing.
[[nodiscard]] Response no_password_can_be_set(const Request& request);

}  // namespace creneau::http
