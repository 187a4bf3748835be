#include "api/http/idempotency.hpp"

#include "api/http/idempotency_store.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace creneau::http {

namespace {

constexpr std::size_t kLongestKey = 255;

bool is_key(std::string_view key) {
    return !key.empty() && key.size() <= kLongestKey &&
           std::all_of(key.begin(), key.end(),
                       [](char byte) { return byte > 0x20 && byte < 0x7F; });
}

Response key_reused(const Request& request) {
    return problem_response(request, {422,
                                      "idempotency_key_reused",
                                      {"Cette clé a déjà servi pour une autre demande.",
                                       "This key was already used for another request."}});
}

Response key_in_use(const Request& request) {
    return problem_response(request, {409,
                                      "idempotency_key_in_use",
                                      {"La même demande est en cours ; répétez-la.",
                                       "The same request is under way; repeat it."}});
}

using Answered = tl::expected<Response, Response>;

Answered work_once(store::Session& session, const Request& request,
                   const RepeatableRequest& repeatable, const Work& work) {
    if (auto kept = find_kept_answer(session, repeatable)) {
        return kept->same_request ? Answered(std::move(kept->response))
                                  : tl::unexpected(key_reused(request));
    }
    auto answer = work(session);
    if (!answer || answer->status >= 300) {
        return answer;
    }
    if (!keep_answer(session, repeatable, *answer)) {
        return tl::unexpected(key_in_use(request));
    }
    return answer;
}

}  // namespace

Step with_idempotency(const Request& request, Work work) {
    const auto key = request.header("idempotency-key");
    if (!key) {
        return work;
    }
    if (!is_key(*key)) {
        return problem_response(request, {400,
                                          "malformed_idempotency_key",
                                          {"Idempotency-Key : 1 à 255 caractères visibles.",
                                           "Idempotency-Key: 1 to 255 visible characters."}});
    }
    RepeatableRequest repeatable{request.town, request.signed_in().id, std::string(*key),
                                 digest_of(request.method, request.path, request.body),
                                 request.now};
    // The words of a refusal need the language, not the whole request.
    auto words = std::make_shared<Request>();
    words->id = request.id;
    words->language = request.language;
    return Work([words, repeatable = std::move(repeatable),
                 work = std::move(work)](store::Session& session) {
        return work_once(session, *words, repeatable, work);
    });
}

}  // namespace creneau::http
