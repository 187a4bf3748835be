#pragma once

#include "api/http/response.hpp"
#include "api/people/person.hpp"
#include "api/privacy/retention_rules.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace creneau::http {

inline constexpr std::chrono::hours kIdempotencyKept = privacy::kAnswersKept;

/// A request that may be repeated: who sent which key, and what was asked.
struct RepeatableRequest {
    people::TownId town{};
    people::PersonId person{};
    std::string key;
    std::string digest;  // of method, path and body
    std::chrono::sys_seconds now;
};

/// BLAKE2b-256 of the three, in hexadecimal; no two different triples share their input.
[[nodiscard]] std::string digest_of(const std::string& method, const std::string& path,
                                    const std::string& body);

struct KeptAnswer {
    bool same_request = false;
    Response response;
};
/// What that key was answered within the last 24 h.
[[nodiscard]] std::optional<KeptAnswer> find_kept_answer(store::Session& session,
                                                         const RepeatableRequest& request);

/// Keeps an answer and forgets those past their time. False when another process has just used the
/// key: the caller must undo its work.
[[nodiscard]] bool keep_answer(store::Session& session, const RepeatableRequest& request,
                               const Response& response);

}  // namespace creneau::http
