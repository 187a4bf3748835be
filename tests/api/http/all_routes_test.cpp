#include "api/http/all_routes.hpp"

#include "api/http/body_limits.hpp"
#include "api/http/openapi_document.hpp"
#include "api/http/routes.hpp"
#include "api/people/account_key.hpp"
#include "api/privacy/erasure_ledger.hpp"
#include "api/signer/signer_client.hpp"

#include <gtest/gtest.h>

#include <cctype>
#include <cstddef>
#include <set>
#include <string>

#include <nlohmann/json.hpp>

namespace creneau::http {
namespace {

/// "/rooms/:id.png" as the document writes it: "/rooms/{id}.png".
std::string documented(const std::string& pattern) {
    std::string path;
    bool in_name = false;
    for (const char c : pattern) {
        const bool of_name = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
        if (in_name && !of_name) {
            path += '}';
        }
        in_name = c == ':' || (in_name && of_name);
        path += c == ':' ? '{' : c;
    }
    return in_name ? path + '}' : path;
}

std::string lowered_method(std::string method) {
    for (char& c : method) {
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return method;
}

std::set<std::string> served_routes() {
    const signer::Client nobody("/nonexistent");
    std::set<std::string> served;
    const people::AccountKey key{people::AccountKey::Bytes{}};
    const privacy::ErasureLedger ledger("/nonexistent");
    const auto routes = all_routes(nobody, {key, nullptr}, nullptr, nullptr, ledger);
    for (const auto& route : routes.all()) {
        served.insert(lowered_method(route.method) + ' ' + documented(route.pattern));
    }
    return served;
}

std::set<std::string> described_routes() {
    static const std::set<std::string> kMethods{"get",    "post",    "put",  "patch",
                                                "delete", "options", "head", "trace"};
    std::set<std::string> described;
    const auto document = nlohmann::json::parse(kOpenapiDocument);
    for (const auto& [path, item] : document.at("paths").items()) {
        for (const auto& [word, operation] : item.items()) {
            if (kMethods.contains(word)) {
                described.insert(word + ' ' + path);
            }
        }
    }
    return described;
}

std::set<std::string> missing_from(const std::set<std::string>& there,
                                   const std::set<std::string>& all) {
    std::set<std::string> missing;
    for (const auto& one : all) {
        if (!there.contains(one)) {
            missing.insert(one);
        }
    }
    return missing;
}

// The guard counts a body before the table says which route it is for.
TEST(AllRoutes, WhatHashesAPasswordHasItsOwnThreads) {
    const signer::Client nobody("/nonexistent");
    const people::AccountKey key{people::AccountKey::Bytes{}};
    const privacy::ErasureLedger ledger("/nonexistent");
    const auto routes = all_routes(nobody, {key, nullptr}, nullptr, nullptr, ledger);
    std::set<std::string> hashing;
    for (const auto& route : routes.all()) {
        if (route.kind == Kind::hashing) {
            hashing.insert(route.method + ' ' + route.pattern);
        }
    }
    EXPECT_EQ(hashing, (std::set<std::string>{
                           "POST /api/v1/sessions", "POST /api/v1/sessions/current/proof",
                           "POST /api/v1/invitations/accept", "POST /api/v1/password-resets/accept",
                           "PUT /api/v1/me/password"}));
}

/// Written by hand: the POSTs that honour no Idempotency-Key, by the reason why not. These: what a
/// second one changes is changed already, or it is counted.
const std::set<std::string> kChangedOnce{
    "post /api/v1/sessions/current/proof",
    "post /api/v1/me/totp/confirm",
    "post /api/v1/sessions/codes",
    "post /api/v1/password-resets",
    "post /api/v1/password-resets/accept",
    "post /api/v1/invitations/accept",
    "post /api/v1/bookings/{id}/approve",
    "post /api/v1/bookings/{id}/refuse",
    "post /api/v1/bookings/{id}/cancel",
    "post /api/v1/bookings/{id}/move",
    "post /api/v1/letters/{id}/printed",
    "post /api/v1/series/{id}/approve",
    "post /api/v1/series/{id}/refuse",
    "post /api/v1/series/{id}/cancel",
    "post /api/v1/rounds/{id}/open",
    "post /api/v1/rounds/{id}/close",
    "post /api/v1/rounds/{id}/propose",
    "post /api/v1/rounds/{id}/publish",
    "post /api/v1/people/{id}/erase",
    "post /api/v1/confirmations/{id}/confirm",
    "post /api/v1/staff/movements/{id}/acknowledge",
    "post /api/v1/badges/{id}/lost",
    "post /api/v1/badges/{id}/return",
    "post /api/v1/doors/{id}/disable",
    "post /api/v1/doors/{id}/enable",
    "post /api/v1/sites/{id}/lockdown/end",
    "post /api/v1/door-agents/{id}/confirm",
    "post /api/v1/door-agents/{id}/revoke",
    "post /api/v1/papers/{id}/accept",
    "post /api/v1/passes/{id}/revoke",
    "post /door-agent/v1/enrol",
    "post /door-agent/v1/sync",
};
const std::set<std::string> kOnlyReads{
    "post /api/v1/closures/preview",     "post /api/v1/series/preview",
    "post /api/v1/series/{id}/preview",  "post /api/v1/access/simulate",
    "post /api/v1/access/events/search",
};
/// A secret that is shown once, or names, addresses and numbers that are kept in one place alone.
const std::set<std::string> kKeptNowhere{
    "post /api/v1/sessions",  "post /api/v1/me/totp",
    "post /api/v1/me/tokens", "post /api/v1/me/recovery-codes",
    "post /api/v1/feeds",     "post /api/v1/door-agents/{id}/enrolment-code",
    "post /api/v1/people",    "post /api/v1/associations/{id}/members",
    "post /api/v1/badges",
};

std::set<std::string> documented_with_a_key() {
    std::set<std::string> found;
    const auto document = nlohmann::json::parse(kOpenapiDocument);
    for (const auto& [path, item] : document.at("paths").items()) {
        for (const auto& [word, operation] : item.items()) {
            if (operation.dump().find("/IdempotencyKey\"") != std::string::npos) {
                found.insert(word + ' ' + path);
            }
        }
    }
    return found;
}

TEST(AllRoutes, ThatMakeSomethingHonourAnIdempotencyKeyAndTheOthersSayWhyNot) {
    const signer::Client nobody("/nonexistent");
    const people::AccountKey key{people::AccountKey::Bytes{}};
    const privacy::ErasureLedger ledger("/nonexistent");
    const auto routes = all_routes(nobody, {key, nullptr}, nullptr, nullptr, ledger);
    std::set<std::string> honouring;
    std::set<std::string> others;
    for (const auto& route : routes.all()) {
        const auto name = lowered_method(route.method) + ' ' + documented(route.pattern);
        if (route.kind == Kind::create) {
            honouring.insert(name);
        } else if (route.method == "POST") {
            others.insert(name);
        }
    }
    EXPECT_EQ(documented_with_a_key(), honouring);
    std::set<std::string> explained = kChangedOnce;
    explained.insert(kOnlyReads.begin(), kOnlyReads.end());
    explained.insert(kKeptNowhere.begin(), kKeptNowhere.end());
    EXPECT_EQ(others, explained);
}

TEST(AllRoutes, ThatTakeFilesAreThoseWithAWideBody) {
    const signer::Client nobody("/nonexistent");
    const people::AccountKey key{people::AccountKey::Bytes{}};
    const privacy::ErasureLedger ledger("/nonexistent");
    const auto routes = all_routes(nobody, {key, nullptr}, nullptr, nullptr, ledger);
    for (const auto& route : routes.all()) {
        std::string target = route.pattern;
        if (const auto name = target.find(":id"); name != std::string::npos) {
            target.replace(name, 3, "12");
        }
        EXPECT_EQ(max_body_of(route.method, target) == kMaxUpload, route.takes_file)
            << route.method << ' ' << route.pattern;
    }
}

TEST(AllRoutes, AreThoseOfTheOpenApiDocument) {
    const auto served = served_routes();
    const auto described = described_routes();
    EXPECT_TRUE(served.contains("get /api/v1/passes/{id}.png"));
    EXPECT_EQ(missing_from(described, served), std::set<std::string>{}) << "not described";
    EXPECT_EQ(missing_from(served, described), std::set<std::string>{}) << "not served";
}

}  // namespace
}  // namespace creneau::http
