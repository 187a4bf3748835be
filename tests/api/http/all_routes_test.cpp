#include "api/http/all_routes.hpp"

#include "api/http/body_limits.hpp"
#include "api/http/openapi_document.hpp"
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
