#include "api/http/request_reader.hpp"

#include <gtest/gtest.h>

namespace creneau::http {
namespace {

TEST(RequestReader, PrefersFrenchUnlessEnglishRanksHigher) {
    const std::vector<std::pair<const char*, Language>> rows = {
        {"", Language::fr},
        {"fr", Language::fr},
        {"en", Language::en},
        {"en,fr", Language::fr},
        {"en-GB,fr;q=0.9", Language::en},
        {"fr;q=0.5, en;q=0.4", Language::fr},
        {"de, en;q=0.1", Language::en},
        {"en;q=0", Language::fr},
        {"en;q=7", Language::fr},
        {"*", Language::fr}};
    for (const auto& [header, language] : rows) {
        EXPECT_EQ(language_of(header), language) << header;
    }
}

TEST(RequestReader, BelievesXForwardedForFromThisMachineOnly) {
    Request request;
    request.headers = {{"x-forwarded-for", "198.51.100.9, 203.0.113.7"}};
    EXPECT_EQ(client_of(request, "127.0.0.1"), "203.0.113.7");
    EXPECT_EQ(client_of(request, "::1"), "203.0.113.7");
    EXPECT_EQ(client_of(request, "192.0.2.1"), "192.0.2.1");
    request.headers = {{"x-forwarded-for", "no address"}};
    EXPECT_EQ(client_of(request, "127.0.0.1"), "127.0.0.1");
}

TEST(RequestReader, FindsACookieAmongBrokenOnes) {
    Request request;
    request.headers = {{"cookie", "foo; ;=x;  creneau=a=b ;creneau=second"}, {"cookie", "c=d"}};
    EXPECT_EQ(request.cookie("creneau"), "a=b");
    EXPECT_EQ(request.cookie("c"), "d");
    EXPECT_EQ(request.cookie("foo"), std::nullopt);
}

FramedRequest framed(const std::string& method, const std::string& target) {
    FramedRequest request;
    request.head.method = method;
    request.head.target = target;
    return request;
}

TEST(RequestReader, SplitsTheTargetAndTurnsHeadIntoGet) {
    const auto read = read_request(framed("HEAD", "/a%20b?c=%C3%A9"), {});
    EXPECT_TRUE(read.well_formed);
    EXPECT_EQ(read.request.method, "GET");
    EXPECT_EQ(read.request.path, "/a%20b");
    ASSERT_EQ(read.request.query.size(), 1U);
    EXPECT_EQ(read.request.query[0].second, "é");
    EXPECT_FALSE(read_request(framed("GET", "/?a=%"), {}).well_formed);
}

TEST(RequestReader, NumbersRequests) {
    const auto first = read_request(framed("GET", "/"), {}).request.id;
    const auto second = read_request(framed("GET", "/"), {}).request.id;
    EXPECT_NE(first, second);
    EXPECT_EQ(first.size(), 17U);
}

}  // namespace
}  // namespace creneau::http
