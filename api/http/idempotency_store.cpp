#include "api/http/idempotency_store.hpp"

#include "api/http/response.hpp"
#include "api/store/db_error.hpp"
#include "api/store/session.hpp"

#include <array>
#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>
#include <soci/soci.h>
#include <sodium.h>

namespace creneau::http {

namespace {

std::int64_t oldest_kept(const RepeatableRequest& request) {
    return (request.now - kIdempotencyKept).time_since_epoch().count();
}

Response response_of(int status, const std::string& text) {
    const auto kept = nlohmann::json::parse(text);
    return {status, kept.at("headers").get<std::vector<std::pair<std::string, std::string>>>(),
            kept.at("body").get<std::string>()};
}

}  // namespace

std::string digest_of(const std::string& method, const std::string& path, const std::string& body) {
    // Neither method nor path can hold a line feed, so the parts stay apart.
    const auto input = method + '\n' + path + '\n' + body;
    std::array<unsigned char, crypto_generichash_BYTES> hash{};
    crypto_generichash(hash.data(), hash.size(),
                       reinterpret_cast<const unsigned char*>(input.data()), input.size(), nullptr,
                       0);
    std::array<char, 2 * hash.size() + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
    return hex.data();
}

std::optional<KeptAnswer> find_kept_answer(store::Session& session,
                                           const RepeatableRequest& request) {
    const auto town = static_cast<std::int64_t>(request.town);
    const auto person = static_cast<std::int64_t>(request.person);
    const auto oldest = oldest_kept(request);
    std::string digest;
    std::string answer;
    int status = 0;
    session.sql() << "SELECT request, status, answer FROM idempotency_keys"
                     " WHERE town_id = :town AND person_id = :person AND key = :key"
                     " AND created_at > :oldest",
        soci::use(town), soci::use(person), soci::use(request.key), soci::use(oldest),
        soci::into(digest), soci::into(status), soci::into(answer);
    if (!session.sql().got_data()) {
        return std::nullopt;
    }
    return KeptAnswer{digest == request.digest, response_of(status, answer)};
}

bool keep_answer(store::Session& session, const RepeatableRequest& request,
                 const Response& response) {
    const auto town = static_cast<std::int64_t>(request.town);
    const auto person = static_cast<std::int64_t>(request.person);
    const std::int64_t now = request.now.time_since_epoch().count();
    const auto oldest = oldest_kept(request);
    const auto answer =
        nlohmann::json{{"headers", response.headers}, {"body", response.body}}.dump();
    session.sql() << "DELETE FROM idempotency_keys WHERE town_id = :town AND created_at <= :oldest",
        soci::use(town), soci::use(oldest);
    try {
        session.sql() << "INSERT INTO idempotency_keys"
                         " (town_id, person_id, key, request, status, answer, created_at)"
                         " VALUES (:town, :person, :key, :request, :status, :answer, :now)",
            soci::use(town), soci::use(person), soci::use(request.key), soci::use(request.digest),
            soci::use(response.status), soci::use(answer), soci::use(now);
    } catch (const std::exception& error) {
        if (store::fault_of(error) == store::DbFault::unique) {
            return false;
        }
        throw;
    }
    return true;
}

}  // namespace creneau::http
