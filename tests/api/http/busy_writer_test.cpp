#include "tests/api/http/live_server.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {
namespace {

using Clients = std::vector<std::unique_ptr<RawClient>>;

class BusyWriter : public testing::TestWithParam<store::Engine> {
  protected:
    std::unique_ptr<RawClient> post(const std::string& path) {
        auto client = std::make_unique<RawClient>(server.port());
        client->send(server.request("POST", path, "", "{}"));
        return client;
    }
    int posted(const std::string& path) {
        const auto answer = server.call("POST", path, "", "{}");
        return answer ? answer->status : 0;
    }

    static constexpr std::size_t kQueued = 2;
    LiveServer server{GetParam(), {.per_transaction = 64, .queued = kQueued}};
};
CRENEAU_ON_BOTH_ENGINES(BusyWriter);

/// The first of `clients` that has an answer; the end when none comes within 20 s.
Clients::iterator first_answered(Clients& clients) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    auto found = clients.end();
    while (found == clients.end() && std::chrono::steady_clock::now() < deadline) {
        found = std::find_if(clients.begin(), clients.end(), [](const auto& client) {
            return client->has_input(std::chrono::milliseconds(10));
        });
    }
    return found;
}

void expect_busy(const std::optional<RawAnswer>& answer) {
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 503);
    EXPECT_EQ(answer->header("retry-after"), "1");
    EXPECT_EQ(nlohmann::json::parse(answer->body)["code"], "busy");
}

TEST_P(BusyWriter, AnswersBusyAtOnceWhenItsQueueIsFullAndServesTheNext) {
    const auto held = post("/held");
    while (server.gate.waiting() == 0) {
        std::this_thread::yield();
    }
    Clients clients;
    for (std::size_t i = 0; i < kQueued + 1; ++i) {
        clients.push_back(post("/echo"));
    }
    const auto refused = first_answered(clients);  // the writer still stands at the gate
    ASSERT_NE(refused, clients.end());
    expect_busy((*refused)->receive());
    clients.erase(refused);
    server.gate.open();
    EXPECT_EQ(held->receive()->status, 200);
    for (const auto& client : clients) {
        EXPECT_EQ(client->receive()->status, 200);
    }
    EXPECT_EQ(posted("/echo"), 200);
    EXPECT_EQ(server.commits, 4) << "told of the refused one, or not of all others";
}

TEST_P(BusyWriter, AnswersBusyToAGroupThatWasLostAndServesTheNext) {
    expect_busy(server.call("POST", "/lost", "", "{}"));
    EXPECT_EQ(server.commits, 0);
    EXPECT_EQ(posted("/echo"), 200);
    EXPECT_EQ(server.commits, 1);
}

}  // namespace
}  // namespace creneau::http
