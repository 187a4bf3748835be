#include "api/people/second_factor/totp.hpp"
#include "tests/api/http/live_server.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {
namespace {

using nlohmann::json;

/// RFC 4648, section 6.
people::TotpSecret from_base32(const std::string& letters) {
    constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    people::TotpSecret secret{};
    unsigned bits = 0;
    unsigned held = 0;
    std::size_t at = 0;
    for (const char letter : letters) {
        bits = ((bits << 5U) | static_cast<unsigned>(kAlphabet.find(letter))) & 0xFFFFU;
        held += 5;
        if (held >= 8) {
            held -= 8;
            secret.at(at++) = static_cast<std::uint8_t>(bits >> held);
        }
    }
    return secret;
}

class SecondFactorOverHttp : public testing::TestWithParam<store::Engine> {
  protected:
    std::optional<RawAnswer> send(const std::string& method, const std::string& path,
                                  const json& body = nullptr, const std::string& headers = "") {
        return server.call(method, "/api/v1/" + path, headers, body.is_null() ? "" : body.dump());
    }
    std::optional<RawAnswer> sign_in(const std::string& email, const json& more = json::object()) {
        json body{{"email", email}, {"password", LiveServer::kPassword}};
        body.update(more);
        return send("POST", "sessions", body);
    }
    static std::string cookie_of(const RawAnswer& answer) {
        const auto set = answer.header("set-cookie");
        return "Cookie: " + set.substr(0, set.find(';')) + "\r\n";
    }
    static std::string code_of(const RawAnswer& answer) {
        return json::parse(answer.body).value("code", "");
    }
    std::string code(std::int64_t ahead = 0) const {
        return people::totp_code(secret,
                                 server.now().time_since_epoch() / people::kTotpStep + ahead);
    }
    /// Signs in and switches a second factor on; the session goes on. Its cookie.
    std::string enrolled(const std::string& email) {
        const auto cookie = cookie_of(*sign_in(email));
        const auto setup = send("POST", "me/totp", nullptr, cookie);
        EXPECT_EQ(setup->status, 201) << setup->body;
        secret = from_base32(json::parse(setup->body)["secret"]);
        const auto on = send("POST", "me/totp/confirm", {{"code", code()}}, cookie);
        EXPECT_EQ(on->status, 200) << on->body;
        recovery = json::parse(on->body)["recovery_codes"];
        return cookie;
    }
    static std::string factor_of(const RawAnswer& answer) {
        return json::parse(answer.body)["second_factor"];
    }

    LiveServer server{GetParam()};
    people::TotpSecret secret{};
    std::vector<std::string> recovery;
};
CRENEAU_ON_BOTH_ENGINES(SecondFactorOverHttp);

TEST_P(SecondFactorOverHttp, StaffReachNothingElseWithoutOne) {
    server.employ_nils();
    const auto in = sign_in(LiveServer::kEmailOfNils);
    ASSERT_EQ(in->status, 201);
    EXPECT_EQ(factor_of(*in), "must_enrol");
    const auto cookie = cookie_of(*in);
    const auto held = send("GET", "bookings", nullptr, cookie);
    EXPECT_EQ(held->status, 403);
    EXPECT_EQ(code_of(*held), "second_factor_enrolment_required");
    EXPECT_EQ(code_of(*send("POST", "me/tokens", json::object(), cookie)),
              "second_factor_enrolment_required");
    EXPECT_EQ(server.lines_of_security("action = 'forbidden' AND ground = 'get.bookings'", 1), 1);
    EXPECT_EQ(server.lines_of_security("action = 'forbidden' AND ground = 'post.me.tokens'", 1), 1);
    const auto open = send("GET", "schedule", nullptr, cookie);
    EXPECT_EQ(json::parse(open->body)["email"], "") << "nobody, where everybody may come in";
    EXPECT_EQ(factor_of(*send("GET", "me", nullptr, cookie)), "must_enrol");
    EXPECT_EQ(send("POST", "sessions/current/proof", {{"password", LiveServer::kPassword}}, cookie)
                  ->status,
              204);

    const auto enrolled_by = enrolled(LiveServer::kEmailOfNils);
    EXPECT_EQ(send("GET", "me", nullptr, cookie)->status, 401) << "opened without it";
    EXPECT_EQ(factor_of(*send("GET", "me", nullptr, enrolled_by)), "on");
    EXPECT_EQ(send("GET", "bookings", nullptr, enrolled_by)->status, 200);
    EXPECT_EQ(json::parse(send("GET", "schedule", nullptr, enrolled_by)->body)["email"],
              LiveServer::kEmailOfNils);
}

TEST_P(SecondFactorOverHttp, IsAskedForAtTheSignInAndServesOnce) {
    enrolled(LiveServer::kEmail);
    const auto needed = sign_in(LiveServer::kEmail);
    EXPECT_EQ(needed->status, 401);
    EXPECT_EQ(code_of(*needed), "second_factor_required");
    EXPECT_EQ(needed->header("set-cookie"), "");
    const auto used = sign_in(LiveServer::kEmail, {{"totp", code()}});
    EXPECT_EQ(code_of(*used), "wrong_credentials") << "it has switched the factor on";
    const auto in = sign_in(LiveServer::kEmail, {{"totp", code(1)}});
    ASSERT_EQ(in->status, 201) << in->body;
    EXPECT_EQ(factor_of(*in), "on");
    EXPECT_EQ(sign_in(LiveServer::kEmail, {{"totp", code(1)}})->status, 401) << "a replay";
    EXPECT_EQ(sign_in(LiveServer::kEmail, {{"recovery_code", recovery[3]}})->status, 201);
    EXPECT_EQ(sign_in(LiveServer::kEmail, {{"recovery_code", recovery[3]}})->status, 401);
    EXPECT_EQ(sign_in(LiveServer::kEmail, {{"recovery_code", recovery[4]}})->status, 201);
    EXPECT_EQ(sign_in(LiveServer::kEmail, {{"totp", code()}, {"recovery_code", "A"}})->status, 422);
}

TEST_P(SecondFactorOverHttp, IsNothingThatAnObserverLearnsOf) {
    enrolled(LiveServer::kEmail);
    const auto seen = [&](const std::string& email, const json& more) {
        json body{{"email", email}, {"password", "not the password"}};
        body.update(more);
        const auto answer = send("POST", "sessions", body);
        auto problem = json::parse(answer->body);
        problem.erase("request_id");
        return std::to_string(answer->status) + problem.dump();
    };
    const auto plain = seen("nobody@example.org", json::object());
    for (const auto& more : {json::object(), json{{"totp", "000000"}}, json{{"totp", code(1)}},
                             json{{"recovery_code", recovery[0]}}}) {
        EXPECT_EQ(seen(LiveServer::kEmail, more), plain) << more;
    }
    server.advance(std::chrono::minutes(1));
    EXPECT_EQ(sign_in(LiveServer::kEmail, {{"recovery_code", recovery[0]}})->status, 201)
        << "and nothing was used up";
}

TEST_P(SecondFactorOverHttp, WrongCodesWaitLikeWrongPasswords) {
    enrolled(LiveServer::kEmail);
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(sign_in(LiveServer::kEmail, {{"totp", "000000"}})->status, 401);
    }
    const auto refused = sign_in(LiveServer::kEmail, {{"totp", code(1)}});
    EXPECT_EQ(refused->status, 429);
    server.advance(std::chrono::seconds(30));
    EXPECT_EQ(sign_in(LiveServer::kEmail, {{"totp", code(1)}})->status, 201);
}

TEST_P(SecondFactorOverHttp, IsNeededToProveAnew) {
    const auto cookie = enrolled(LiveServer::kEmail);
    const auto prove = [&](const json& more) {
        json body{{"password", LiveServer::kPassword}};
        body.update(more);
        return send("POST", "sessions/current/proof", body, cookie);
    };
    EXPECT_EQ(code_of(*prove(json::object())), "second_factor_required");
    EXPECT_EQ(prove({{"totp", "000000"}})->status, 401);
    EXPECT_EQ(prove({{"totp", code(1)}})->status, 204);
    server.advance(std::chrono::minutes(10));
    EXPECT_EQ(code_of(*send("POST", "me/recovery-codes", nullptr, cookie)), "proof_needed");
    EXPECT_EQ(prove({{"totp", code()}})->status, 204);
    const auto renewed = send("POST", "me/recovery-codes", nullptr, cookie);
    ASSERT_EQ(renewed->status, 201) << renewed->body;
    EXPECT_EQ(sign_in(LiveServer::kEmail, {{"recovery_code", recovery[0]}})->status, 401);
    recovery = json::parse(renewed->body)["recovery_codes"];
    EXPECT_EQ(recovery.size(), 10U);
    EXPECT_EQ(sign_in(LiveServer::kEmail, {{"recovery_code", recovery[0]}})->status, 201);
}

TEST_P(SecondFactorOverHttp, IsShownOnceAndKeptByNoKey) {
    const auto cookie = cookie_of(*sign_in(LiveServer::kEmail));
    const auto keyed = cookie + "Idempotency-Key: k1\r\n";
    const auto first = send("POST", "me/totp", nullptr, keyed);
    const auto again = send("POST", "me/totp", nullptr, keyed);
    ASSERT_EQ(first->status, 201) << first->body;
    EXPECT_EQ(first->header("cache-control"), "no-store");
    const auto uri = json::parse(first->body)["otpauth_uri"].get<std::string>();
    EXPECT_TRUE(uri.starts_with("otpauth://totp/Le%20Pr%C3%A9%3Aamelie%40example.org?")) << uri;
    EXPECT_NE(json::parse(first->body)["secret"], json::parse(again->body)["secret"]);
    EXPECT_EQ(code_of(*send("POST", "me/totp/confirm", {{"code", "000000"}}, cookie)),
              "wrong_credentials");
    secret = from_base32(json::parse(again->body)["secret"]);
    EXPECT_EQ(send("POST", "me/totp/confirm", {{"code", code()}}, cookie)->status, 200);
    EXPECT_EQ(code_of(*send("POST", "me/totp/confirm", {{"code", code(1)}}, cookie)),
              "no_second_factor_waits");
}

TEST_P(SecondFactorOverHttp, IsTakenAwayByAnAdministrator) {
    server.employ_nils();
    const auto booker = enrolled(LiveServer::kEmail);
    const auto administrator = enrolled(LiveServer::kEmailOfNils);
    EXPECT_EQ(send("DELETE", "people/8/totp", nullptr, administrator)->status, 403) << "one's own";
    EXPECT_EQ(send("DELETE", "people/8/totp", nullptr, booker)->status, 403);
    EXPECT_EQ(send("DELETE", "people/999/totp", nullptr, administrator)->status, 404);
    EXPECT_EQ(send("DELETE", "people/7/totp", nullptr, administrator)->status, 204);
    EXPECT_EQ(send("GET", "me", nullptr, booker)->status, 401);
    EXPECT_EQ(factor_of(*sign_in(LiveServer::kEmail)), "off");
    server.advance(std::chrono::minutes(10));
    EXPECT_EQ(code_of(*send("DELETE", "people/7/totp", nullptr, administrator)), "proof_needed");
}

}  // namespace
}  // namespace creneau::http
