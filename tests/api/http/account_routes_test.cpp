#include "tests/api/http/live_server.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {
namespace {

using nlohmann::json;
using people::CodeKind;

constexpr const char* kNew = "a quite different phrase";

class AccountsOverHttp : public testing::TestWithParam<store::Engine> {
  protected:
    std::optional<RawAnswer> send(const std::string& method, const std::string& path,
                                  const json& body, const std::string& headers = "") {
        return server.call(method, "/api/v1/" + path, headers, body.is_null() ? "" : body.dump());
    }
    std::optional<RawAnswer> sign_in(const std::string& password, const std::string& headers = "") {
        return send("POST", "sessions", {{"email", LiveServer::kEmail}, {"password", password}},
                    headers);
    }
    /// "Cookie: creneau=…" of a sign-in that has to succeed.
    std::string signed_in(const std::string& headers = "") {
        const auto answer = sign_in(LiveServer::kPassword, headers);
        EXPECT_EQ(answer->status, 201) << answer->body;
        const auto set = answer->header("set-cookie");
        return "Cookie: " + set.substr(0, set.find(';')) + "\r\n";
    }
    bool lives(const std::string& cookie) {
        return server.call("GET", "/api/v1/me", cookie)->status == 200;
    }
    static std::string code_of(const RawAnswer& answer) { return json::parse(answer.body)["code"]; }
    /// What an answer shows, without what names the request.
    static std::string seen(const RawAnswer& answer) {
        auto body = json::parse(answer.body);
        body.erase("request_id");
        std::string text = std::to_string(answer.status) + body.dump();
        for (const auto* name : {"content-type", "retry-after", "set-cookie", "cache-control"}) {
            text += std::string("\n") + name + ": " + answer.header(name);
        }
        return text;
    }

    LiveServer server{GetParam()};
};
CRENEAU_ON_BOTH_ENGINES(AccountsOverHttp);

TEST_P(AccountsOverHttp, AskingForACodeSaysTheSameForEveryAddress) {
    for (const auto* path : {"sessions/codes", "password-resets"}) {
        const auto known = send("POST", path, {{"email", LiveServer::kEmail}});
        const auto unknown = send("POST", path, {{"email", "nobody@example.org"}});
        EXPECT_EQ(known->status, 202) << known->body;
        EXPECT_EQ(seen(*known), seen(*unknown)) << path;
    }
    EXPECT_NE(server.asked_code(CodeKind::sign_in), "");
    EXPECT_NE(server.asked_code(CodeKind::password_reset), "");
}

TEST_P(AccountsOverHttp, AWrongCodeSaysTheSameForEveryAddress) {
    (void)server.mail_code(CodeKind::sign_in);
    (void)server.mail_code(CodeKind::password_reset);
    struct Row {
        const char* path;
        json body;
    };
    for (const auto& [path, body] :
         {Row{"sessions", {{"code", "99999999"}}},
          Row{"password-resets/accept", {{"code", "0000-0000-0000"}, {"password", kNew}}},
          Row{"invitations/accept", {{"code", "0000-0000-0000"}, {"password", kNew}}}}) {
        auto known = body;
        auto unknown = body;
        known["email"] = LiveServer::kEmail;
        unknown["email"] = "nobody@example.org";
        const auto first = send("POST", path, known);
        const auto second = send("POST", path, unknown);
        EXPECT_EQ(first->status, 401) << path << first->body;
        EXPECT_EQ(seen(*first), seen(*second)) << path;
    }
    EXPECT_EQ(sign_in(LiveServer::kPassword)->status, 201);
}

TEST_P(AccountsOverHttp, ACodeSignsInOnceAndUnderAFreshToken) {
    const auto planted = signed_in();
    EXPECT_EQ(send("POST", "sessions/codes", {{"email", LiveServer::kEmail}})->status, 202);
    const json body{{"email", LiveServer::kEmail}, {"code", server.asked_code(CodeKind::sign_in)}};
    const auto opened = send("POST", "sessions", body, planted);
    ASSERT_EQ(opened->status, 201) << opened->body;
    EXPECT_TRUE(opened->header("set-cookie").starts_with("creneau="));
    EXPECT_FALSE(lives(planted)) << "the session that came along ends";
    EXPECT_EQ(send("POST", "sessions", body)->status, 401) << "a replay";
    EXPECT_EQ(send("POST", "sessions",
                   {{"email", LiveServer::kEmail}, {"code", server.mail_code(CodeKind::sign_in)}})
                  ->status,
              201);
}

TEST_P(AccountsOverHttp, ASignInIsByPasswordOrByCode) {
    const auto both =
        send("POST", "sessions", {{"email", "a@example.org"}, {"password", "x"}, {"code", "1"}});
    ASSERT_EQ(both->status, 422);
    EXPECT_EQ(json::parse(both->body)["errors"][0]["field"], "/password");
}

TEST_P(AccountsOverHttp, FiveWrongCodesEndTheCode) {
    const auto letters = server.mail_code(CodeKind::sign_in);
    const auto with = [&](const std::string& code) {
        return send("POST", "sessions", {{"email", LiveServer::kEmail}, {"code", code}})->status;
    };
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(with(letters == "12345678" ? "12345679" : "12345678"), 401);
    }
    EXPECT_EQ(with(letters), 429) << "the account waits";
    server.advance(std::chrono::minutes(1));
    EXPECT_EQ(with(letters), 401) << "and the code is over";
    server.advance(std::chrono::minutes(1));
    EXPECT_EQ(with(server.mail_code(CodeKind::sign_in)), 201);
}

TEST_P(AccountsOverHttp, AResetNeedsAGoodPassword) {
    const auto letters = server.mail_code(CodeKind::password_reset);
    const auto with = [&](const std::string& password) {
        return send("POST", "password-resets/accept",
                    {{"email", LiveServer::kEmail}, {"code", letters}, {"password", password}});
    };
    struct Row {
        const char* password;
        const char* code;
    };
    for (const auto& [password, code] :
         {Row{"short", "too_short"}, Row{"password1234", "breached"},
          Row{"amelie@example.org", "guessable"}, Row{"le-pre le pre 2026", "guessable"}}) {
        const auto refused = with(password);
        ASSERT_EQ(refused->status, 422) << password << refused->body;
        EXPECT_EQ(json::parse(refused->body)["errors"][0]["field"], "/password");
        EXPECT_EQ(json::parse(refused->body)["errors"][0]["code"], code);
    }
    const auto before = signed_in();
    EXPECT_EQ(with(kNew)->status, 204);
    EXPECT_FALSE(lives(before));
    EXPECT_EQ(sign_in(LiveServer::kPassword)->status, 401);
    EXPECT_EQ(sign_in(kNew)->status, 201);
}

TEST_P(AccountsOverHttp, AnInvitationOpensTheAccountOfItsPersonOnly) {
    const auto letters = server.mail_code(CodeKind::invitation, LiveServer::kNils);
    const auto as = [&](const std::string& email) {
        return send("POST", "invitations/accept",
                    {{"email", email}, {"code", letters}, {"password", kNew}})
            ->status;
    };
    EXPECT_EQ(as(LiveServer::kEmail), 401);
    EXPECT_EQ(sign_in(kNew)->status, 401);
    EXPECT_EQ(as("nils@example.org"), 204);
    EXPECT_EQ(as("nils@example.org"), 401) << "a replay";
    EXPECT_EQ(send("POST", "sessions", {{"email", "nils@example.org"}, {"password", kNew}})->status,
              201);
}

TEST_P(AccountsOverHttp, BookersInviteNobody) {
    const auto cookie = signed_in();
    EXPECT_EQ(send("POST", "invitations", {{"person_id", 8}})->status, 401);
    EXPECT_EQ(send("POST", "invitations", {{"person_id", 8}}, cookie)->status, 403);
}

TEST_P(AccountsOverHttp, ANewPasswordNeedsTheCurrentOneAndEndsOtherSessions) {
    const auto other = signed_in();
    const auto cookie = signed_in();
    const auto change = [&](const std::string& current, const std::string& password) {
        return send("PUT", "me/password", {{"current_password", current}, {"password", password}},
                    cookie);
    };
    EXPECT_EQ(change("not the password", kNew)->status, 401);
    EXPECT_EQ(change(LiveServer::kPassword, "password1234")->status, 422);
    EXPECT_TRUE(lives(other));
    EXPECT_EQ(change(LiveServer::kPassword, kNew)->status, 204);
    EXPECT_TRUE(lives(cookie));
    EXPECT_FALSE(lives(other));
    EXPECT_EQ(sign_in(kNew)->status, 201);
    EXPECT_EQ(sign_in(LiveServer::kPassword)->status, 401);
}

TEST_P(AccountsOverHttp, WhoSignsInByCodesTakesAPasswordAfterAFreshProof) {
    const auto opened = send("POST", "sessions",
                             {{"email", "nils@example.org"},
                              {"code", server.mail_code(CodeKind::sign_in, LiveServer::kNils)}});
    ASSERT_EQ(opened->status, 201) << opened->body;
    const auto set = opened->header("set-cookie");
    const auto cookie = "Cookie: " + set.substr(0, set.find(';')) + "\r\n";
    const auto take = [&](const json& body) { return send("PUT", "me/password", body, cookie); };
    server.advance(std::chrono::minutes(11));
    EXPECT_EQ(code_of(*take({{"password", kNew}})), "proof_needed");
    EXPECT_EQ(take({{"current_password", "guess"}, {"password", kNew}})->status, 401);
    EXPECT_EQ(send("POST", "sessions/current/proof",
                   {{"code", server.mail_code(CodeKind::sign_in, LiveServer::kNils)}}, cookie)
                  ->status,
              204);
    EXPECT_EQ(take({{"password", "password1234"}})->status, 422);
    EXPECT_EQ(take({{"password", kNew}})->status, 204);
    EXPECT_EQ(
        json::parse(take({{"password", "another phrase altogether"}})->body)["errors"][0]["field"],
        "/current_password");
    EXPECT_EQ(send("POST", "sessions", {{"email", "nils@example.org"}, {"password", kNew}})->status,
              201);
}

TEST_P(AccountsOverHttp, AProofIsTheCurrentPasswordOrACode) {
    const auto cookie = signed_in();
    const auto prove = [&](const json& body) {
        return send("POST", "sessions/current/proof", body, cookie)->status;
    };
    EXPECT_EQ(send("POST", "sessions/current/proof", {{"password", LiveServer::kPassword}})->status,
              401);
    EXPECT_EQ(prove({{"password", "not the password"}}), 401);
    EXPECT_EQ(prove({{"code", "99999999"}}), 401);
    EXPECT_EQ(server.proved_at(), LiveServer::kNow);
    server.advance(std::chrono::minutes(11));
    EXPECT_EQ(prove({{"password", LiveServer::kPassword}}), 204);
    EXPECT_EQ(server.proved_at(), server.now());
    server.advance(std::chrono::minutes(11));
    EXPECT_EQ(prove({{"code", server.mail_code(CodeKind::sign_in)}}), 204);
    EXPECT_EQ(server.proved_at(), server.now());
}

TEST_P(AccountsOverHttp, SessionsAreListedAndEndedFromAnother) {
    const auto phone = signed_in("User-Agent: Mozilla/5.0 (Linux; Android 14)\r\n");
    const auto desk = signed_in("User-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\n");
    const auto third = signed_in();
    auto items = json::parse(server.call("GET", "/api/v1/me/sessions", desk)->body)["items"];
    ASSERT_EQ(items.size(), 3U);
    EXPECT_EQ(items[0]["device"], "android");
    EXPECT_EQ(items[1]["device"], "linux");
    EXPECT_EQ(items[2]["device"], "unknown");
    EXPECT_EQ(items[0]["current"], false);
    EXPECT_EQ(items[1]["current"], true);
    const auto path = "/api/v1/me/sessions/" + items[0]["id"].dump();
    EXPECT_EQ(server.call("DELETE", path)->status, 401);
    EXPECT_EQ(server.call("DELETE", path, desk)->status, 204);
    EXPECT_EQ(server.call("DELETE", path, desk)->status, 404);
    EXPECT_FALSE(lives(phone));
    EXPECT_EQ(server.call("DELETE", "/api/v1/me/sessions", desk)->status, 204);
    EXPECT_FALSE(lives(third));
    EXPECT_TRUE(lives(desk));
}

}  // namespace
}  // namespace creneau::http
