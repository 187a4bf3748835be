#include "api/http/request_framer.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace creneau::http {
namespace {

/// What came out of a connection's bytes: each request on a line, then the fault.
struct Outcome {
    std::vector<std::string> requests;
    std::optional<FramingFault> fault;

    bool operator==(const Outcome&) const = default;
};

Outcome outcome_of(const std::string& bytes, std::size_t piece) {
    RequestFramer framer;
    Outcome outcome;
    for (std::size_t i = 0; i < bytes.size(); i += piece) {
        framer.feed(std::string_view(bytes).substr(i, piece));
        while (auto request = framer.next()) {
            outcome.requests.push_back(request->canonical());
        }
    }
    outcome.fault = framer.fault();
    return outcome;
}

std::string repeated(const std::string& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) {
        all += text;
    }
    return all;
}

struct RefusedRow {
    const char* name;
    std::string bytes;
    FramingFault fault;
    std::size_t requests_before = 0;
};

void PrintTo(const RefusedRow& row, std::ostream* out) {
    *out << row.name;
}

class RefusedBytes : public testing::TestWithParam<RefusedRow> {};

/// A second request hides behind each malformed first one: it must never come out.
TEST_P(RefusedBytes, AreAnsweredWithAnErrorAndNothingAfterThemIsRead) {
    const auto bytes = GetParam().bytes + "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n";
    for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, bytes.size()}) {
        const auto outcome = outcome_of(bytes, piece);
        EXPECT_EQ(outcome.fault, GetParam().fault);
        EXPECT_EQ(outcome.requests.size(), GetParam().requests_before);
        for (const auto& request : outcome.requests) {
            EXPECT_EQ(request.find("smuggled"), std::string::npos) << request;
        }
    }
}

const std::string kHost = "Host: h\r\n";

std::string get(const std::string& headers) {
    return "GET / HTTP/1.1\r\n" + kHost + headers + "\r\n";
}

std::string post(const std::string& headers, const std::string& body) {
    return "POST / HTTP/1.1\r\n" + kHost + headers + "\r\n" + body;
}

std::string chunked(const std::string& body) {
    return post("Transfer-Encoding: chunked\r\n", body);
}

using enum FramingFault;

INSTANTIATE_TEST_SUITE_P(
    RequestLine, RefusedBytes,
    testing::Values(
        RefusedRow{"BareLineFeed", "GET / HTTP/1.1\nHost: h\n\n", malformed},
        RefusedRow{"BareLineFeedInHeaders", "GET / HTTP/1.1\r\nHost: h\nX: 1\r\n\r\n", malformed},
        RefusedRow{"BareCarriageReturn", "GET / HTTP/1.1\r\nHost: h\rX: 1\r\n\r\n", malformed},
        RefusedRow{"Version99", "GET / HTTP/9.9\r\nHost: h\r\n\r\n", unknown_version},
        RefusedRow{"Version2", "GET / HTTP/2.0\r\nHost: h\r\n\r\n", unknown_version},
        RefusedRow{"NoVersion", "GET /\r\nHost: h\r\n\r\n", malformed},
        RefusedRow{"LowerCaseVersion", "GET / http/1.1\r\nHost: h\r\n\r\n", malformed},
        RefusedRow{"TabInTarget", "GET /a\tb HTTP/1.1\r\nHost: h\r\n\r\n", malformed},
        RefusedRow{"HighByteInTarget", "GET /a\x80 HTTP/1.1\r\nHost: h\r\n\r\n", malformed},
        RefusedRow{"SpaceInTarget", "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n", malformed},
        RefusedRow{"TwoSpaces", "GET  / HTTP/1.1\r\nHost: h\r\n\r\n", malformed},
        RefusedRow{"FragmentInTarget", "GET /#a HTTP/1.1\r\nHost: h\r\n\r\n", malformed},
        RefusedRow{"NoSlash", "GET a HTTP/1.1\r\nHost: h\r\n\r\n", malformed},
        RefusedRow{"AbsoluteTarget", "GET http://h/ HTTP/1.1\r\nHost: h\r\n\r\n", malformed},
        RefusedRow{"Connect", "CONNECT h:1 HTTP/1.1\r\nHost: h\r\n\r\n", malformed},
        RefusedRow{"UnknownMethod", "BREW / HTTP/1.1\r\nHost: h\r\n\r\n", unknown_method},
        RefusedRow{"LowerCaseMethod", "get / HTTP/1.1\r\nHost: h\r\n\r\n", unknown_method},
        RefusedRow{"MethodOfStrangeBytes", "G(T / HTTP/1.1\r\nHost: h\r\n\r\n", malformed},
        RefusedRow{"TlsHello", std::string("\x16\x03\x01\x02\x00\x01", 6), malformed},
        RefusedRow{"Nul", std::string("GET /\0 HTTP/1.1\r\n", 17), malformed},
        RefusedRow{"FifteenThousandSlashes",
                   "GET " + std::string(15000, '/') + " HTTP/1.1\r\nHost: h\r\n\r\n",
                   target_too_long},
        RefusedRow{"EndlessTarget", "GET /" + std::string(100000, 'a'), target_too_long}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Headers, RefusedBytes,
    testing::Values(
        RefusedRow{"NoHost", "GET / HTTP/1.1\r\n\r\n", malformed},
        RefusedRow{"NoHostIn10", "GET / HTTP/1.0\r\n\r\n", malformed},
        RefusedRow{"TwoHosts", get("Host: h\r\n"), malformed},
        RefusedRow{"HostWithSlash", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", malformed},
        RefusedRow{"HostWithStrangePort", "GET / HTTP/1.1\r\nHost: t:z1\r\n\r\n", malformed},
        RefusedRow{"HostWithPortZero", "GET / HTTP/1.1\r\nHost: t:0\r\n\r\n", malformed},
        RefusedRow{"HostWithHugePort", "GET / HTTP/1.1\r\nHost: t:65536\r\n\r\n", malformed},
        RefusedRow{"HostWithOpenBracket", "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n", malformed},
        RefusedRow{"EmptyHost", "GET / HTTP/1.1\r\nHost:\r\n\r\n", malformed},
        RefusedRow{"SpaceInName", "GET / HTTP/1.1\r\nHo st: h\r\nHost: h\r\n\r\n", malformed},
        RefusedRow{"SpaceBeforeColon", get("X-A : 1\r\n"), malformed},
        RefusedRow{"NoName", get(": 1\r\n"), malformed},
        RefusedRow{"NoColon", get("X-A\r\n"), malformed},
        RefusedRow{"FoldedLine", get("X-A: 1\r\n 2\r\n"), malformed},
        RefusedRow{"ControlInValue", get("X-A: 1\x01\r\n"), malformed},
        RefusedRow{"DeleteInValue", get("X-A: 1\x7F\r\n"), malformed},
        RefusedRow{"SixtyFiveHeaders", get(repeated("X: 1\r\n", 64)), head_too_large},
        RefusedRow{"NineHundredKilobytesOfHeaders", get(repeated("A: b\r\n", 150000)),
                   head_too_large},
        RefusedRow{"UnknownExpectation", get("Expect: 200-maybe\r\n"), unknown_expectation},
        RefusedRow{"TwoExpectations", get("Expect: 100-continue\r\nExpect: 100-continue\r\n"),
                   unknown_expectation}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Bodies, RefusedBytes,
    testing::Values(
        RefusedRow{"PlusInLength", post("Content-Length: +3\r\n", "abc"), malformed},
        RefusedRow{"MinusInLength", post("Content-Length: -3\r\n", "abc"), malformed},
        RefusedRow{"LetterInLength", post("Content-Length: 3x\r\n", "abc"), malformed},
        RefusedRow{"HexLength", post("Content-Length: 0x3\r\n", "abc"), malformed},
        RefusedRow{"EmptyLength", post("Content-Length:\r\n", "abc"), malformed},
        RefusedRow{"ListOfLengths", post("Content-Length: 3, 3\r\n", "abc"), malformed},
        RefusedRow{"DuplicateLength", post("Content-Length: 3\r\nContent-Length: 3\r\n", "abc"),
                   malformed},
        RefusedRow{"OverflowingLength", post("Content-Length: 18446744073709551619\r\n", "abc"),
                   malformed},
        RefusedRow{"OversizedLength", post("Content-Length: 1048577\r\n", "abc"), body_too_large},
        RefusedRow{"LengthAndCoding",
                   post("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
                   malformed},
        RefusedRow{
            "TwoCodings",
            post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
            malformed},
        RefusedRow{"GzipCoding", post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"),
                   unknown_coding},
        RefusedRow{"CodingIn10",
                   "POST / HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                   malformed},
        RefusedRow{"ChunkSizeWithPlus", chunked("+3\r\nabc\r\n0\r\n\r\n"), malformed},
        RefusedRow{"ChunkSizeWithSpace", chunked("3 \r\nabc\r\n0\r\n\r\n"), malformed},
        RefusedRow{"EmptyChunkSize", chunked("\r\nabc"), malformed},
        RefusedRow{"HugeChunkSize", chunked("fffffffff\r\n"), malformed},
        RefusedRow{"ChunkOverTheBodyLimit", chunked("100001\r\n"), body_too_large},
        RefusedRow{"BareLineFeedAfterChunkSize", chunked("3\nabc\r\n0\r\n\r\n"), malformed},
        RefusedRow{"NoEndOfChunk", chunked("3\r\nabcX\r\n0\r\n\r\n"), malformed},
        RefusedRow{"BareLineFeedAfterChunk", chunked("3\r\nabc\n0\r\n\r\n"), malformed},
        RefusedRow{"BrokenTrailer", chunked("0\r\nX : 1\r\n\r\n"), malformed},
        RefusedRow{"EndlessExtension", chunked("3;" + std::string(1000, 'a')), malformed},
        RefusedRow{"GoodRequestThenRubbish", get("") + "rubbish\x01", malformed, 1}),
    [](const auto& row) { return row.param.name; });

struct TakenRow {
    const char* name;
    std::string bytes;
    std::vector<std::string> requests;
};

void PrintTo(const TakenRow& row, std::ostream* out) {
    *out << row.name;
}

class TakenBytes : public testing::TestWithParam<TakenRow> {};

TEST_P(TakenBytes, ComeOutInCanonicalFormHoweverTheyWereSplit) {
    for (std::size_t piece = 1; piece <= GetParam().bytes.size(); ++piece) {
        const auto outcome = outcome_of(GetParam().bytes, piece);
        EXPECT_EQ(outcome.fault, std::nullopt);
        ASSERT_EQ(outcome.requests, GetParam().requests) << "pieces of " << piece;
    }
}

std::string canonical(const std::string& line, const std::string& body = "") {
    return line + " HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
}

INSTANTIATE_TEST_SUITE_P(
    Requests, TakenBytes,
    testing::Values(
        TakenRow{"Plain", get(""), {canonical("GET /")}},
        TakenRow{"Version10", "GET / HTTP/1.0\r\nHost: h\r\n\r\n", {canonical("GET /")}},
        TakenRow{"Head", "HEAD /a?b=%20 HTTP/1.1\r\nHost: h\r\n\r\n", {canonical("HEAD /a?b=%20")}},
        TakenRow{"CookieWithoutValue", get("Cookie: foo\r\n"), {canonical("GET /")}},
        TakenRow{"StrangeAccept", get("Accept: x\r\n"), {canonical("GET /")}},
        TakenRow{"StrangeContentType", get("Content-Type: ;;\r\n"), {canonical("GET /")}},
        TakenRow{"EmptyLinesBefore", "\r\n\r\n" + get(""), {canonical("GET /")}},
        TakenRow{"SizedBody", post("Content-Length: 3\r\n", "abc"), {canonical("POST /", "abc")}},
        TakenRow{"ChunkedBody",
                 chunked("3\r\nabc\r\nA;x=\"y\"\r\n0123456789\r\n0\r\nX-Sum: 1\r\n\r\n"),
                 {canonical("POST /", "abc0123456789")}},
        TakenRow{"LineEndsInAChunk",
                 chunked("4\r\n\r\n\r\n\r\n0\r\n\r\n"),
                 {canonical("POST /", "\r\n\r\n")}},
        TakenRow{"ExpectContinue",
                 post("Expect: 100-continue\r\nContent-Length: 1\r\n", "a"),
                 {canonical("POST /", "a")}},
        TakenRow{"Pipelined",
                 get("") + post("Content-Length: 2\r\n", "ab") + get(""),
                 {canonical("GET /"), canonical("POST /", "ab"), canonical("GET /")}},
        TakenRow{"RequestInsideABody",
                 post("Content-Length: 37\r\n", "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n\r\n"),
                 {canonical("POST /", "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n\r\n")}}),
    [](const auto& row) { return row.param.name; });

TEST(RequestFramer, RefusesEmptyLinesWithoutEnd) {
    RequestFramer framer;
    for (int i = 0; i < 4; ++i) {
        framer.feed("\r\n");
    }
    framer.feed(get(""));
    EXPECT_EQ(framer.queued(), 1U);
    for (int i = 0; i < 5; ++i) {
        EXPECT_FALSE(framer.fault());
        framer.feed("\r\n");
    }
    EXPECT_EQ(framer.fault(), FramingFault::malformed);
}

TEST(RequestFramer, KeepsTheContentTypeWithItsCharset) {
    const auto outcome = outcome_of(
        post("Content-Type: application/json; charset=utf-8\r\nContent-Length: 2\r\n", "{}"), 1000);
    ASSERT_EQ(outcome.requests.size(), 1U);
    EXPECT_NE(outcome.requests[0].find("Content-Type: application/json; charset=utf-8\r\n"),
              std::string::npos);
}

TEST(RequestFramer, HandsOverTheHeadersThatTheCanonicalRequestLeavesOut) {
    RequestFramer framer;
    framer.feed(get("Cookie: foo; a=b\r\nAccept: x\r\nX-Two:  spaced \r\n"));
    const auto request = framer.next();
    ASSERT_TRUE(request);
    const HeaderList expected = {
        {"host", "h"}, {"cookie", "foo; a=b"}, {"accept", "x"}, {"x-two", "spaced"}};
    EXPECT_EQ(request->head.headers, expected);
}

TEST(RequestFramer, OwesContinueOnceAndOnlyWhileTheBodyIsAwaited) {
    RequestFramer framer;
    framer.feed(post("Expect: 100-continue\r\nContent-Length: 1\r\n", ""));
    EXPECT_TRUE(framer.take_continue());
    EXPECT_FALSE(framer.take_continue());
    framer.feed("a" + post("Expect: 100-continue\r\nContent-Length: 1\r\n", "b"));
    EXPECT_FALSE(framer.take_continue());
    EXPECT_EQ(framer.queued(), 2U);
}

TEST(RequestFramer, ReadsConnectionCloseAmongOtherWords) {
    for (const auto* value : {"close", "Close", "keep-alive, close", "foo,CLOSE ,bar"}) {
        RequestFramer framer;
        framer.feed(get("Connection: " + std::string(value) + "\r\n"));
        const auto request = framer.next();
        ASSERT_TRUE(request);
        EXPECT_FALSE(request->head.keep_alive) << value;
    }
}

// A file that a route takes is framed whole; the server library is shown the request without it.
TEST(RequestFramer, TakesALongFileWhereARouteTakesFiles) {
    const auto put = [](const std::string& target, std::size_t length) {
        return "PUT " + target + " HTTP/1.1\r\nHost: h\r\nContent-Type: application/pdf\r\n" +
               "Content-Length: " + std::to_string(length) + "\r\n\r\n";
    };
    RequestFramer framer;
    framer.feed(put("/api/v1/papers/7/file", kMaxUpload));
    framer.feed(std::string(kMaxUpload, 'a'));
    const auto request = framer.next();
    ASSERT_TRUE(request);
    EXPECT_EQ(request->body.size(), kMaxUpload);
    EXPECT_LT(request->canonical().size(), 200U);
    EXPECT_NE(request->canonical().find("Content-Length: 0"), std::string::npos);
    for (const auto& head : {put("/api/v1/papers/7/file", kMaxUpload + 1),
                             put("/api/v1/papers/7/accept", kMaxBody + 1)}) {
        RequestFramer other;
        other.feed(head);
        EXPECT_EQ(other.fault(), FramingFault::body_too_large);
    }
}

TEST(RequestFramer, HoldsFewFilesInMemoryAtOnce) {
    const std::string put =
        "PUT /api/v1/papers/7/file HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n";
    std::vector<RequestFramer> framers(kMostUploads);
    for (auto& framer : framers) {
        framer.feed(put);
        EXPECT_FALSE(framer.fault());
    }
    RequestFramer one_more;
    one_more.feed(put);
    EXPECT_EQ(one_more.fault(), FramingFault::too_many_queued);
    framers.pop_back();
    RequestFramer next;
    next.feed(put + "0123456789");
    EXPECT_TRUE(next.next());
}

TEST(RequestFramer, TakesABodyOfExactlyTheLimit) {
    RequestFramer framer;
    framer.feed(post("Content-Length: 1048576\r\n", std::string(kMaxBody, 'a')));
    EXPECT_EQ(framer.queued(), 1U);
    EXPECT_EQ(framer.fault(), std::nullopt);
}

}  // namespace
}  // namespace creneau::http
