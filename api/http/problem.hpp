#pragma once

#include "api/http/request.hpp"
#include "api/http/response.hpp"

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {

/// A sentence for people, in both languages.
struct Text {
    std::string fr;
    std::string en;

    [[nodiscard]] const std::string& in(Language language) const {
        return language == Language::en ? en : fr;
    }
};

/// One failing field or rule. The field may echo what the client sent and is cut short; the detail
/// is a sentence of ours and echoes nothing.
struct FieldError {
    std::string field;  // JSON pointer into the body ("/start"), or the name of a query parameter
    std::string code;   // stable word
    Text detail;
};

/// An error answer (RFC 9457); `code` is a stable word that programs may test.
struct Problem {
    int status = 500;
    std::string code;
    Text detail;
    std::vector<FieldError> errors = {};
    nlohmann::json extra = nlohmann::json::object();  // further members, for example "alternatives"
};

/// application/problem+json in the request's language.
[[nodiscard]] Response problem_response(const Request& request, const Problem& problem);

/// The usual ones.
[[nodiscard]] Response bad_request(const Request& request, const Text& detail);
[[nodiscard]] Response not_signed_in(const Request& request);
[[nodiscard]] Response forbidden(const Request& request);
[[nodiscard]] Response not_found(const Request& request);
/// 422 with every failing field or rule.
[[nodiscard]] Response unprocessable(const Request& request, std::vector<FieldError> errors);
/// 412: the object changed since the client read it.
[[nodiscard]] Response stale(const Request& request);
/// 500, without a word of the cause.
[[nodiscard]] Response internal_error(const Request& request);
/// 503 with Retry-After.
[[nodiscard]] Response busy(const Request& request);
/// 429 with Retry-After.
[[nodiscard]] Response too_many(const Request& request, std::chrono::seconds retry_after);

}  // namespace creneau::http
