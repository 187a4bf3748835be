#include "api/http/problem.hpp"

#include "api/http/request.hpp"
#include "api/http/response.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>

namespace creneau::http {

namespace {

Text title_of(int status) {
    switch (status) {
        case 400:
            return {"Requête illisible", "Malformed request"};
        case 401:
            return {"Connexion nécessaire", "Sign-in needed"};
        case 403:
            return {"Action non autorisée", "Not allowed"};
        case 404:
            return {"Introuvable", "Not found"};
        case 405:
            return {"Méthode refusée", "Method not allowed"};
        case 408:
            return {"Requête trop lente", "Request too slow"};
        case 409:
            return {"Conflit", "Conflict"};
        case 412:
            return {"Version dépassée", "Out of date"};
        case 413:
            return {"Requête trop grande", "Request too large"};
        case 414:
            return {"Adresse trop longue", "Target too long"};
        case 415:
            return {"Type de contenu refusé", "Content type refused"};
        case 422:
            return {"Demande refusée", "Request refused"};
        case 428:
            return {"Lecture nécessaire", "To be read first"};
        case 429:
            return {"Trop de tentatives", "Too many attempts"};
        case 431:
            return {"En-têtes trop grands", "Headers too large"};
        case 503:
            return {"Service momentanément indisponible", "Service busy"};
        default:
            return status < 500 ? Text{"Requête refusée", "Request refused"}
                                : Text{"Erreur interne", "Internal error"};
    }
}

// An answer names what is wrong; it does not hand back a body full of it.
constexpr std::size_t kMostErrors = 50;
constexpr std::size_t kLongestEcho = 200;
// A rule's sentence is ours and ends with what would pass; names that a town gave may fill it.
constexpr std::size_t kLongestSentence = 2048;

/// At most so many bytes, cut between two characters of UTF-8.
std::string cut(const std::string& text, std::size_t longest) {
    if (text.size() <= longest) {
        return text;
    }
    std::size_t end = longest;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
        --end;
    }
    return text.substr(0, end) + "…";
}

nlohmann::json errors_of(const std::vector<FieldError>& errors, Language language) {
    auto list = nlohmann::json::array();
    for (const auto& error : errors) {
        if (list.size() == kMostErrors) {
            const Text more{fmt::format("{} erreurs en tout.", errors.size()),
                            fmt::format("{} errors in all.", errors.size())};
            list.push_back({{"field", ""}, {"code", "more_errors"}, {"detail", more.in(language)}});
            break;
        }
        list.push_back({{"field", cut(error.field, kLongestEcho)},
                        {"code", error.code},
                        {"detail", cut(error.detail.in(language), kLongestSentence)}});
    }
    return list;
}

Response with_retry_after(Response response, std::chrono::seconds wait) {
    response.headers.emplace_back("Retry-After", std::to_string(wait.count()));
    return response;
}

}  // namespace

Response problem_response(const Request& request, const Problem& problem) {
    nlohmann::json body = problem.extra;
    body["type"] = "about:blank";
    body["title"] = title_of(problem.status).in(request.language);
    body["status"] = problem.status;
    body["code"] = problem.code;
    body["detail"] = cut(problem.detail.in(request.language), kLongestEcho);
    if (!problem.errors.empty()) {
        body["errors"] = errors_of(problem.errors, request.language);
    }
    if (!request.id.empty()) {
        body["request_id"] = request.id;
    }
    return {problem.status,
            {{"Content-Type", "application/problem+json"},
             {"Content-Language", request.language == Language::en ? "en" : "fr"}},
            body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)};
}

Response bad_request(const Request& request, const Text& detail) {
    return problem_response(request, {400, "malformed", detail});
}

Response not_signed_in(const Request& request) {
    return problem_response(
        request, {401, "not_signed_in", {"Connectez-vous pour continuer.", "Sign in to go on."}});
}

Response forbidden(const Request& request) {
    return problem_response(
        request, {403,
                  "forbidden",
                  {"Vous n’avez pas le droit de faire cela.", "You are not allowed to do this."}});
}

Response not_found(const Request& request) {
    return problem_response(request, {404,
                                      "not_found",
                                      {"Cela n’existe pas ou ne vous est pas visible.",
                                       "It does not exist, or you may not see it."}});
}

Response unprocessable(const Request& request, std::vector<FieldError> errors) {
    Problem problem{
        422, "invalid", {"La demande contient des erreurs.", "The request contains errors."}};
    problem.errors = std::move(errors);
    return problem_response(request, problem);
}

Response stale(const Request& request) {
    return problem_response(request,
                            {412,
                             "stale",
                             {"L’objet a changé depuis votre lecture ; relisez-le.",
                              "The object has changed since you read it; read it again."}});
}

Response internal_error(const Request& request) {
    return problem_response(
        request, {500,
                  "internal",
                  {"Une erreur interne est survenue ; elle est notée sous ce numéro de requête.",
                   "An internal error happened; it is noted under this request's number."}});
}

Response busy(const Request& request) {
    return with_retry_after(
        problem_response(request, {503,
                                   "busy",
                                   {"Réessayez dans un instant ; rien n’a été enregistré.",
                                    "Try again in a moment; nothing was kept."}}),
        std::chrono::seconds{1});
}

Response too_many(const Request& request, std::chrono::seconds retry_after) {
    return with_retry_after(
        problem_response(
            request,
            {429, "too_many", {"Attendez avant de recommencer.", "Wait before trying again."}}),
        retry_after);
}

}  // namespace creneau::http
