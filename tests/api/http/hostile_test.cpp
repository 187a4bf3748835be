#include "tests/api/http/live_server.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <sys/resource.h>

namespace creneau::http {
namespace {

/// CPU time that this process, server included, has used.
double cpu_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

std::string repeated(const std::string& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) {
        all += text;
    }
    return all;
}

/// One server for all tests: it must survive everything that any of them sends.
class HostileBytes : public testing::Test {
  protected:
    static void SetUpTestSuite() { server_ = std::make_unique<LiveServer>(); }
    static void TearDownTestSuite() { server_.reset(); }
    static LiveServer& server() { return *server_; }

    void SetUp() override {
        handled_before_ = server().handled().size();
        cpu_before_ = cpu_seconds();
    }
    /// Whatever came before, both I/O threads still answer, nothing spins.
    void TearDown() override {
        std::vector<std::unique_ptr<RawClient>> clients;
        for (int i = 0; i < 4; ++i) {  // descriptors in a row reach every I/O thread
            clients.push_back(std::make_unique<RawClient>(server().port()));
            clients.back()->send(server().request("GET", "/plain"));
            const auto answer = clients.back()->receive();
            ASSERT_TRUE(answer);
            EXPECT_EQ(answer->status, 200);
        }
        EXPECT_LT(cpu_seconds() - cpu_before_, 10.0);
    }
    [[nodiscard]] std::size_t handled() const {
        return server().handled().size() - handled_before_;
    }

    /// Sends, expects this status, then the end of the stream; the handlers saw `calls` requests.
    void expect_refusal(const std::string& bytes, int status, std::size_t calls = 0) {
        RawClient client(server().port());
        client.send(bytes);
        const auto answer = client.receive();
        ASSERT_TRUE(answer) << "no answer";
        EXPECT_EQ(answer->status, status) << answer->head;
        EXPECT_EQ(answer->header("connection"), "close");
        EXPECT_EQ(answer->header("content-type"), "application/problem+json");
        EXPECT_TRUE(client.closed_by_server());
        EXPECT_EQ(handled(), calls);
    }

  private:
    static inline std::unique_ptr<LiveServer> server_;
    std::size_t handled_before_ = 0;
    double cpu_before_ = 0;
};

const std::string kSmuggled = "GET /plain HTTP/1.1\r\nHost: h\r\n\r\n";

TEST_F(HostileBytes, ChunkSplitBetweenCrAndLfIsOneRequest) {
    RawClient client(server().port());
    client.send(
        "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
        "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r");
    EXPECT_FALSE(client.has_input(std::chrono::milliseconds(50)));
    client.send("\n0\r\n\r\n");
    const auto answer = client.receive();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->body, R"({"body":"abc","path":"/echo"})");
    EXPECT_EQ(handled(), 1U);
}

TEST_F(HostileBytes, FifteenThousandSlashesAreTooLong) {
    expect_refusal("GET " + std::string(15000, '/') + " HTTP/1.1\r\nHost: h\r\n\r\n", 414);
}

TEST_F(HostileBytes, FourThousandSlashesAreAPathNobodyKnows) {
    const auto answer = exchange(server().port(), server().request("GET", std::string(4000, '/')));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 404);
}

TEST_F(HostileBytes, NineHundredKilobytesOfHeadersAreCutOff) {
    expect_refusal("GET / HTTP/1.1\r\nHost: h\r\n" + repeated("A: b\r\n", 150000), 431);
}

TEST_F(HostileBytes, WrongLengthsNeverMakeASecondRequest) {
    for (const auto* length : {"+3", "3x", "-1", "0x3", "3, 3", "99999999999999999999", ""}) {
        expect_refusal("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::string(length) +
                           "\r\n\r\nabc" + kSmuggled,
                       400);
    }
}

TEST_F(HostileBytes, DuplicateLengthsAreRefused) {
    expect_refusal(
        "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n"
        "Content-Length: 3\r\n\r\nabc" +
            kSmuggled,
        400);
}

TEST_F(HostileBytes, LengthBesideCodingIsRefused) {
    expect_refusal(
        "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n"
        "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" +
            kSmuggled,
        400);
}

TEST_F(HostileBytes, OversizedBodiesAreRefusedBeforeTheyAreRead) {
    expect_refusal("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 2000000\r\n\r\n" +
                       std::string(100000, 'a') + kSmuggled,
                   413);
}

TEST_F(HostileBytes, ARequestInsideABodyIsABody) {
    const auto answer = server().call("POST", "/echo", "", kSmuggled);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(handled(), 1U);
}

TEST_F(HostileBytes, StrangeTargetsVersionsAndNamesAreRefused) {
    const std::vector<std::pair<std::string, int>> rows = {
        {"GET /a\tb HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        {"GET /\x80 HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        {"GET / HTTP/9.9\r\nHost: h\r\n\r\n", 505},
        {"GET / HTTP/1.1\nHost: h\n\n", 400},
        {"GET / HTTP/1.1\r\nHo st: h\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: h\r\nX-A : 1\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: h\r\nHost: i\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\n\r\n", 400},
        {"BREW / HTTP/1.1\r\nHost: h\r\n\r\n", 501},
        {"\x16\x03\x01\x02\x01\x01\x02", 400}};
    for (const auto& [bytes, status] : rows) {
        expect_refusal(bytes + kSmuggled, status);
    }
}

TEST_F(HostileBytes, BrokenPercentEncodingIsRefusedAndTheConnectionLives) {
    RawClient client(server().port());
    for (const auto* target : {"/plain?a=%", "/plain?a=%zz", "/plain?a=%ff", "/plain?a=%00"}) {
        client.send(server().request("GET", target));
        const auto answer = client.receive();
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->status, 400) << target;
    }
    EXPECT_EQ(handled(), 0U);
}

TEST_F(HostileBytes, WhatTheLibraryCannotParseDoesNoHarm) {
    for (const auto* header :
         {"Cookie: foo\r\n", "Accept: x\r\n", "Content-Type: ;;;\r\n", "Connection: ,,\r\n",
          "Authorization: \r\n", "If-Modified-Since: yesterday\r\n", "Host-: a\r\n"}) {
        const auto answer = server().call("GET", "/plain", header);
        ASSERT_TRUE(answer) << header;
        EXPECT_EQ(answer->status, 200) << header;
    }
}

TEST_F(HostileBytes, PipelinedRequestsAreAnsweredInTheirOrder) {
    RawClient client(server().port());
    std::string all;
    for (int i = 0; i < 9; ++i) {  // reads in place, writes from the writer's thread
        all += i % 2 == 0 ? server().request("POST", "/echo", "", '"' + std::to_string(i) + '"')
                          : server().request("GET", "/plain?n=" + std::to_string(i));
    }
    client.send(all);
    for (int i = 0; i < 9; ++i) {
        const auto answer = client.receive();
        ASSERT_TRUE(answer) << i;
        EXPECT_EQ(answer->status, 200);
        const bool echoed = answer->body.find("\\\"" + std::to_string(i)) != std::string::npos;
        EXPECT_EQ(echoed, i % 2 == 0) << answer->body;
    }
    EXPECT_EQ(handled(), 9U);
}

TEST_F(HostileBytes, TooManyPipelinedRequestsEndTheConnection) {
    LiveServer own;
    RawClient client(own.port());
    client.send(own.request("GET", "/slow") + repeated(own.request("GET", "/plain"), 40));
    while (own.gate.waiting() == 0) {
        std::this_thread::yield();
    }
    for (int i = 0; i < 4; ++i) {  // an I/O thread that answers has read all that came before
        RawClient other(own.port());
        other.send(own.request("GET", "/plain"));
        ASSERT_TRUE(other.receive());
    }
    own.gate.open();
    int answers = 0;
    int last = 0;
    while (const auto answer = client.receive()) {
        ++answers;
        last = answer->status;
    }
    EXPECT_EQ(answers, 10);  // the first, the eight queued behind it, the refusal
    EXPECT_EQ(last, 503);
}

TEST_F(HostileBytes, HeadGetsTheLengthAndNoBody) {
    RawClient client(server().port());
    client.send(server().request("HEAD", "/plain") + server().request("GET", "/plain"));
    const auto head = client.receive(true);
    const auto get = client.receive();
    ASSERT_TRUE(head && get);
    EXPECT_EQ(head->status, 200);
    EXPECT_EQ(head->header("content-length"), get->header("content-length"));
    EXPECT_EQ(get->body.size(), std::stoul(get->header("content-length")));
}

TEST_F(HostileBytes, ExpectIsAnsweredBeforeTheBody) {
    RawClient client(server().port());
    client.send(
        "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
        "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n");
    const auto interim = client.receive();
    ASSERT_TRUE(interim);
    EXPECT_EQ(interim->status, 100);
    client.send("abc");
    const auto answer = client.receive();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
}

TEST_F(HostileBytes, ConnectionCloseAndHttp10AreHonoured) {
    for (const auto& bytes : {server().request("GET", "/plain", "Connection: close\r\n"),
                              std::string("GET /plain HTTP/1.0\r\nHost: h\r\n\r\n")}) {
        RawClient client(server().port());
        client.send(bytes + kSmuggled);
        const auto answer = client.receive();
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->status, 200);
        EXPECT_EQ(answer->header("connection"), "close");
        EXPECT_TRUE(client.closed_by_server());
    }
    EXPECT_EQ(handled(), 2U);
}

TEST_F(HostileBytes, ClientsThatNeverReadAreDroppedAndStarveNobody) {
    std::vector<std::unique_ptr<RawClient>> readers_of_nothing;
    for (int i = 0; i < 4; ++i) {
        readers_of_nothing.push_back(std::make_unique<RawClient>(server().port()));
    }
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    for (auto& client : readers_of_nothing) {
        bool dropped = false;  // the server ends the connection, so sending fails at last
        while (!dropped && std::chrono::steady_clock::now() < deadline) {
            dropped = !client->send(server().request("GET", "/large"));
        }
        EXPECT_TRUE(dropped);
    }
}

TEST_F(HostileBytes, ALargeAnswerReachesAClientThatReadsLate) {
    RawClient client(server().port());
    client.send(server().request("GET", "/large"));
    ASSERT_TRUE(client.has_input(std::chrono::seconds(20)));
    EXPECT_EQ(server().call("GET", "/plain")->status, 200);
    const auto answer = client.receive();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body.size(), 500002U);
}

TEST_F(HostileBytes, ClientsThatSendByteByByteOrVanishStarveNobody) {
    const auto bytes = server().request("GET", "/plain");
    std::vector<std::unique_ptr<RawClient>> slow;
    for (int i = 0; i < 20; ++i) {
        slow.push_back(std::make_unique<RawClient>(server().port()));
    }
    for (const char byte : bytes.substr(0, bytes.size() - 1)) {
        for (auto& client : slow) {
            client->send({&byte, 1});
        }
    }
    EXPECT_EQ(handled(), 0U);
    slow.resize(10);  // half of them go without a word
    for (auto& client : slow) {
        client->send("\n");
        const auto answer = client->receive();
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->status, 200);
    }
    EXPECT_EQ(handled(), 10U);
}

TEST_F(HostileBytes, ClientsThatVanishBeforeAWriteIsAnsweredDoNoHarm) {
    for (int i = 0; i < 200; ++i) {
        RawClient client(server().port());
        client.send(server().request("POST", "/echo", "", "\"x\""));
    }
}

}  // namespace
}  // namespace creneau::http
