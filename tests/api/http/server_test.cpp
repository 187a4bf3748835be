#include "tests/api/http/live_server.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <thread>

#include <nlohmann/json.hpp>

namespace creneau::http {
namespace {

TEST(Server, AnswersEachKindOfRoute) {
    LiveServer server;
    server.gate.open();
    for (const auto* path : {"/plain", "/read", "/slow"}) {
        const auto answer = server.call("GET", path);
        ASSERT_TRUE(answer) << path;
        EXPECT_EQ(answer->status, 200) << path;
    }
    const auto written = server.call("POST", "/echo", "", "{}");
    ASSERT_TRUE(written);
    EXPECT_EQ(written->status, 200);
}

TEST(Server, AChangeIsRefusedWithAQueryThatNobodyReads) {
    LiveServer server;
    const auto refused = server.call("POST", "/echo?preview=true", "", "{}");
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->status, 422);
    const auto error = nlohmann::json::parse(refused->body)["errors"][0];
    EXPECT_EQ(error["field"], "preview");
    EXPECT_EQ(error["code"], "unknown");
    EXPECT_EQ(server.call("POST", "/slow?a=1", "", "{}")->status, 422);
    EXPECT_EQ(server.call("POST", "/things?a=1", "", "{}")->status, 422);
    EXPECT_TRUE(server.handled().empty());
    EXPECT_EQ(server.call("POST", "/asked?a=1", "", "{}")->status, 401) << "this one reads it";
}

TEST(Server, TellsOfEachCommittedWriteAndOfNothingElse) {
    LiveServer server;
    server.gate.open();
    for (const auto* path : {"/plain", "/read", "/slow"}) {
        EXPECT_EQ(server.call("GET", path)->status, 200) << path;
    }
    EXPECT_EQ(server.commits, 0);
    EXPECT_EQ(server.call("POST", "/echo", "", "{}")->status, 200);
    EXPECT_EQ(server.commits, 1);
    EXPECT_EQ(server.call("POST", "/refused", "", "{}")->status, 409);
    EXPECT_EQ(server.commits, 1);
}

TEST(Server, NamesTheMethodsOfAKnownPath) {
    LiveServer server;
    const auto refused = server.call("DELETE", "/plain");
    EXPECT_EQ(refused->status, 405);
    EXPECT_EQ(refused->header("allow"), "GET, HEAD");
    const auto asked = server.call("OPTIONS", "/slow");
    EXPECT_EQ(asked->status, 204);
    EXPECT_EQ(asked->header("allow"), "GET, HEAD, POST");
    EXPECT_EQ(server.call("GET", "/nothing")->status, 404);
}

TEST(Server, SpeaksFrenchFirst) {
    LiveServer server;
    const auto title = [&](const std::string& headers) {
        return nlohmann::json::parse(server.call("GET", "/nothing", headers)->body)["title"];
    };
    EXPECT_EQ(title(""), "Introuvable");
    EXPECT_EQ(title("Accept-Language: en-GB,en;q=0.9,fr;q=0.8\r\n"), "Not found");
    EXPECT_EQ(title("Accept-Language: fr,en;q=0.9\r\n"), "Introuvable");
}

TEST(Server, PutsSecurityHeadersOnEveryAnswer) {
    LiveServer server;
    for (const auto* path : {"/plain", "/nothing", "/throws"}) {
        const auto answer = server.call("GET", path);
        EXPECT_EQ(answer->header("x-content-type-options"), "nosniff") << path;
        EXPECT_EQ(answer->header("cache-control"), "no-store") << path;
        EXPECT_NE(answer->header("content-security-policy"), "") << path;
        EXPECT_NE(answer->header("x-request-id"), "") << path;
    }
}

TEST(Server, TellsTheClientNothingOfAnException) {
    LiveServer server;
    const auto answer = server.call("GET", "/throws");
    EXPECT_EQ(answer->status, 500);
    EXPECT_EQ(answer->body.find("a secret"), std::string::npos);
    EXPECT_EQ(nlohmann::json::parse(answer->body)["code"], "internal");
}

TEST(Server, RefusesToSendAnAnswerOverTheCap) {
    LiveServer server;
    EXPECT_EQ(server.call("GET", "/too-large")->status, 500);
}

TEST(Server, SlowHandlersDelayNoRead) {
    LiveServer server;
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 6; ++i) {
        clients.push_back(std::make_unique<RawClient>(server.port()));
        clients.back()->send(server.request("GET", "/slow"));
    }
    while (server.gate.waiting() < 2) {
        std::this_thread::yield();
    }
    // All of the pool stands at the gate and four more wait behind it; every I/O thread is free.
    for (int i = 0; i < 4; ++i) {
        EXPECT_EQ(server.call("GET", "/read")->status, 200);
        EXPECT_EQ(server.call("POST", "/echo", "", "{}")->status, 200);
    }
    server.gate.open();
    for (auto& client : clients) {
        EXPECT_EQ(client->receive()->status, 200);
    }
}

TEST(Server, AnswersBusyAtOnceWhenTheSlowQueueIsFull) {
    LiveServer server;  // two at once, eight queued
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 2; ++i) {
        clients.push_back(std::make_unique<RawClient>(server.port()));
        clients.back()->send(server.request("GET", "/slow"));
    }
    while (server.gate.waiting() < 2) {
        std::this_thread::yield();
    }
    std::vector<std::unique_ptr<RawClient>> more;
    for (int i = 0; i < 9; ++i) {
        more.push_back(std::make_unique<RawClient>(server.port()));
        more.back()->send(server.request("GET", "/slow"));
    }
    const auto is_answered = [](const auto& client) {
        return client->has_input(std::chrono::milliseconds(10));
    };
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    auto refused = std::find_if(more.begin(), more.end(), is_answered);
    while (refused == more.end() && std::chrono::steady_clock::now() < deadline) {
        refused = std::find_if(more.begin(), more.end(), is_answered);
    }
    ASSERT_NE(refused, more.end());
    const auto answer = (*refused)->receive();
    EXPECT_EQ(answer->status, 503);
    EXPECT_EQ(answer->header("retry-after"), "1");
}

TEST(Server, FinishesWhatIsUnderWayWhenItStops) {
    LiveServer server;
    RawClient client(server.port());
    client.send(server.request("GET", "/slow"));
    while (server.gate.waiting() == 0) {
        std::this_thread::yield();
    }
    std::thread stopping([&] { server.stop(); });
    server.gate.open();
    const auto answer = client.receive();
    stopping.join();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
}

TEST(Server, RefusesStateChangesFromForeignPages) {
    LiveServer server;
    const auto post = [&](const std::string& headers) {
        return exchange(server.port(), "POST /echo HTTP/1.1\r\nHost: " + server.host() + "\r\n" +
                                           headers + "Content-Length: 0\r\n\r\n")
            ->status;
    };
    EXPECT_EQ(post("Origin: https://evil.example\r\n"), 403);
    EXPECT_EQ(post("Sec-Fetch-Site: cross-site\r\n"), 403);
    EXPECT_EQ(post("Cookie: creneau=abc\r\n"), 403);
    EXPECT_EQ(post("Cookie: creneau=abc\r\nOrigin: null\r\n"), 403);
    EXPECT_EQ(post("Cookie: creneau=abc\r\nSec-Fetch-Site: same-origin\r\n"), 200);
    EXPECT_EQ(post("Cookie: creneau=abc\r\nOrigin: http://" + server.host() + "\r\n"), 200);
    EXPECT_EQ(post(""), 200);
}

TEST(Server, TakesBodiesOnlyAsJson) {
    LiveServer server;
    const auto post = [&](const std::string& type) {
        return exchange(server.port(), "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Type: " + type +
                                           "\r\nContent-Length: 2\r\n\r\n{}")
            ->status;
    };
    for (const auto* type :
         {"text/plain", "application/json; charset=latin1", "application/json; charset=utf-16",
          "application/jsonp", "json", "application/json; charset=utf-8; charset=utf-16"}) {
        EXPECT_EQ(post(type), 415) << type;
    }
    for (const auto* type : {"application/json", "Application/JSON;Charset=UTF-8",
                             "application/json; charset=\"utf-8\""}) {
        EXPECT_EQ(post(type), 200) << type;
    }
}

TEST(Server, ReportsHealthReadinessAndItsContract) {
    LiveServer server;
    EXPECT_EQ(server.call("GET", "/healthz")->body, R"({"status":"ok"})");
    EXPECT_EQ(server.call("GET", "/readyz")->body, R"({"status":"ok"})");
    const auto contract = server.call("GET", "/api/openapi.json");
    const auto document = nlohmann::json::parse(contract->body);
    EXPECT_EQ(document["openapi"], "3.1.0");
    EXPECT_TRUE(document["paths"].contains("/api/v1/me"));
    const auto again = server.call("GET", "/api/openapi.json",
                                   "If-None-Match: " + contract->header("etag") + "\r\n");
    EXPECT_EQ(again->status, 304);
    EXPECT_EQ(again->body, "");
}

}  // namespace
}  // namespace creneau::http
