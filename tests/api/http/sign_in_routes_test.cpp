#include "api/people/passwords.hpp"
#include "api/people/sessions.hpp"
#include "tests/api/http/live_server.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

namespace creneau::http {
namespace {

class SignInOverHttp : public testing::TestWithParam<store::Engine> {
  protected:
    std::optional<RawAnswer> sign_in(const std::string& email, const std::string& password,
                                     const std::string& headers = "") {
        return server.call("POST", "/api/v1/sessions", headers,
                           nlohmann::json{{"email", email}, {"password", password}}.dump());
    }
    /// "Cookie: creneau=…" from an answer's Set-Cookie.
    static std::string cookie_of(const RawAnswer& answer) {
        const auto set = answer.header("set-cookie");
        return "Cookie: " + set.substr(0, set.find(';')) + "\r\n";
    }
    std::string signed_in() {
        return cookie_of(*sign_in(LiveServer::kEmail, LiveServer::kPassword));
    }

    LiveServer server{GetParam()};
};

CRENEAU_ON_BOTH_ENGINES(SignInOverHttp);

TEST_P(SignInOverHttp, AnswersWithThePersonAndACookieOfItsOwn) {
    const auto answer = sign_in("  Amelie@Example.ORG ", LiveServer::kPassword);
    ASSERT_EQ(answer->status, 201) << answer->body;
    const auto cookie = answer->header("set-cookie");
    EXPECT_TRUE(cookie.starts_with("creneau=")) << cookie;
    EXPECT_NE(cookie.find("; HttpOnly"), std::string::npos);
    EXPECT_NE(cookie.find("; SameSite=Lax"), std::string::npos);
    const auto me = server.call("GET", "/api/v1/me", cookie_of(*answer));
    ASSERT_EQ(me->status, 200);
    EXPECT_EQ(nlohmann::json::parse(me->body), nlohmann::json::parse(answer->body));
    EXPECT_EQ(nlohmann::json::parse(me->body),
              nlohmann::json::parse(R"({"id": 7, "name": "Amélie Roche", "locale": "fr",
                  "email": "amelie@example.org", "roles": ["booker"], "local_roles": [],
                  "associations": [{"id": 300, "name": "Les Amis du Jeu"}],
                  "second_factor": "off"})"));
}

TEST_P(SignInOverHttp, SaysTheSameForAWrongPasswordAndAnUnknownAddress) {
    const auto wrong = sign_in(LiveServer::kEmail, "not the password");
    const auto unknown = sign_in("nobody@example.org", "not the password");
    ASSERT_EQ(wrong->status, 401);
    ASSERT_EQ(unknown->status, 401);
    auto first = nlohmann::json::parse(wrong->body);
    auto second = nlohmann::json::parse(unknown->body);
    first.erase("request_id");
    second.erase("request_id");
    EXPECT_EQ(first, second);
    EXPECT_EQ(wrong->header("set-cookie"), "");
}

TEST_P(SignInOverHttp, DoesTheSameWorkForAnUnknownAddress) {
    ASSERT_EQ(sign_in(LiveServer::kEmail, "not the password")->status, 401);
    const auto worked = [](auto asks) {
        const auto before = people::argon2_runs();
        const auto answer = asks();
        return std::pair(answer->status, people::argon2_runs() - before);
    };
    const auto by_code = [this](const std::string& path, const std::string& email) {
        return server.call("POST", "/api/v1/" + path, "",
                           nlohmann::json{{"email", email},
                                          {"code", "0000-0000-0000"},
                                          {"password", "un chat sur la fenêtre"}}
                               .dump());
    };
    const std::string unknown = "nobody@example.org";
    EXPECT_EQ(worked([&] { return sign_in(LiveServer::kEmail, "not the password"); }),
              std::pair(401, std::uint64_t{1}));
    EXPECT_EQ(worked([&] { return sign_in(unknown, "not the password"); }),
              std::pair(401, std::uint64_t{1}));
    for (const std::string path : {"password-resets/accept", "invitations/accept"}) {
        const auto known = worked([&] { return by_code(path, LiveServer::kEmail); });
        EXPECT_EQ(known.first, 401) << path;
        EXPECT_EQ(known.second, 1U) << path;
        EXPECT_EQ(worked([&] { return by_code(path, unknown); }), known) << path;
    }
    EXPECT_EQ(sign_in(LiveServer::kEmail, LiveServer::kPassword)->status, 201);
}

TEST_P(SignInOverHttp, NamesEveryMissingOrUnknownField) {
    const auto answer = server.call("POST", "/api/v1/sessions", "", R"({"mail": "a"})");
    ASSERT_EQ(answer->status, 422);
    std::string fields;
    const auto problem = nlohmann::json::parse(answer->body);
    for (const auto& error : problem["errors"]) {
        fields += error["field"].get<std::string>() + ' ' + error["code"].get<std::string>() + '\n';
    }
    EXPECT_EQ(fields, "/email required\n/password required\n/mail unknown\n");
}

TEST_P(SignInOverHttp, WaitsAfterFailures) {
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(sign_in(LiveServer::kEmail, "not the password")->status, 401);
    }
    const auto refused = sign_in(LiveServer::kEmail, LiveServer::kPassword);
    EXPECT_EQ(refused->status, 429);
    EXPECT_EQ(refused->header("retry-after"), "2");
    server.advance(std::chrono::seconds(2));
    EXPECT_EQ(sign_in(LiveServer::kEmail, LiveServer::kPassword)->status, 201);
}

TEST_P(SignInOverHttp, GivesANewTokenAndEndsTheOneThatCameAlong) {
    const auto planted = "Cookie: creneau=" + people::new_session_token() + "\r\n";
    const auto first = sign_in(LiveServer::kEmail, LiveServer::kPassword, planted);
    ASSERT_EQ(first->status, 201);
    EXPECT_NE(cookie_of(*first), planted);
    EXPECT_EQ(server.call("GET", "/whoami", planted)->status, 401);
    const auto second = sign_in(LiveServer::kEmail, LiveServer::kPassword, cookie_of(*first));
    EXPECT_NE(cookie_of(*second), cookie_of(*first));
    EXPECT_EQ(server.call("GET", "/whoami", cookie_of(*first))->status, 401);
    EXPECT_EQ(server.call("GET", "/whoami", cookie_of(*second))->status, 200);
}

TEST_P(SignInOverHttp, EndsWithSigningOut) {
    const auto cookie = signed_in();
    ASSERT_EQ(server.call("GET", "/whoami", cookie)->status, 200);
    const auto gone = server.call("DELETE", "/api/v1/sessions/current", cookie);
    EXPECT_EQ(gone->status, 204);
    EXPECT_NE(gone->header("set-cookie").find("Max-Age=0"), std::string::npos);
    EXPECT_EQ(server.call("GET", "/whoami", cookie)->status, 401);
    EXPECT_EQ(server.call("DELETE", "/api/v1/sessions/current", cookie)->status, 401);
}

TEST_P(SignInOverHttp, RepeatsTheAnswerOfARepeatedRequest) {
    const auto cookie = signed_in();
    const auto key = cookie + "Idempotency-Key: k1\r\n";
    const auto first = server.call("POST", "/things", key, R"({"name": "one"})");
    const auto again = server.call("POST", "/things", key, R"({"name": "one"})");
    ASSERT_EQ(first->status, 201) << first->body;
    EXPECT_EQ(again->status, 201);
    EXPECT_EQ(again->body, first->body);
    EXPECT_EQ(again->header("location"), "/things/one");
    const auto other = server.call("POST", "/things", key, R"({"name": "two"})");
    EXPECT_EQ(other->status, 422);
    EXPECT_EQ(nlohmann::json::parse(other->body)["code"], "idempotency_key_reused");
    // Without a key the name is taken: the first request did write.
    EXPECT_EQ(server.call("POST", "/things", cookie, R"({"name": "one"})")->status, 500);
    server.advance(std::chrono::hours(1));
    EXPECT_EQ(server.call("POST", "/things", key, R"({"name": "one"})")->status, 201);
}

}  // namespace
}  // namespace creneau::http
