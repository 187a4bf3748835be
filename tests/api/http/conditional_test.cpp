#include "api/http/conditional.hpp"

#include <gtest/gtest.h>

namespace creneau::http {
namespace {

Request with(const std::string& name, const std::string& value) {
    Request request;
    request.headers = {{name, value}};
    return request;
}

TEST(Conditional, AnswersNotModifiedWhenTheClientKnowsTheTag) {
    const Response answer{200, {{"Content-Type", "application/json"}}, "{}"};
    for (const auto* known : {"\"7\"", "W/\"7\"", "\"6\", \"7\"", "*"}) {
        const auto response = with_etag(with("if-none-match", known), answer, "\"7\"");
        EXPECT_EQ(response.status, 304) << known;
        EXPECT_EQ(response.body, "");
    }
    const auto response = with_etag(with("if-none-match", "\"6\""), answer, "\"7\"");
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, "{}");
}

TEST(Conditional, KeepsOnNoDiskWhatSomebodyReads) {
    Request request = with("if-none-match", "\"7\"");
    const auto anybodys = with_etag(request, {200, {}, "{}"}, "\"7\"").headers;
    EXPECT_EQ(anybodys.back().second, "private, no-cache");
    request.person.emplace();
    for (const auto* tag : {"\"7\"", "\"8\""}) {
        const auto theirs = with_etag(request, {200, {}, "{}"}, tag).headers;
        EXPECT_EQ(theirs.back().second, "no-store") << tag;
        EXPECT_EQ(theirs[theirs.size() - 2].first, "ETag");
    }
}

TEST(Conditional, LeavesErrorsWithoutATag) {
    const auto response = with_etag(with("if-none-match", "*"), {404, {}, "x"}, "\"7\"");
    EXPECT_EQ(response.status, 404);
    EXPECT_TRUE(response.headers.empty());
}

TEST(Conditional, ComparesIfMatchStrongly) {
    EXPECT_EQ(if_match({}, "\"7\""), IfMatch::absent);
    EXPECT_EQ(if_match(with("if-match", "\"7\""), "\"7\""), IfMatch::fits);
    EXPECT_EQ(if_match(with("if-match", "*"), "\"7\""), IfMatch::fits);
    EXPECT_EQ(if_match(with("if-match", "W/\"7\""), "\"7\""), IfMatch::stale);
    EXPECT_EQ(if_match(with("if-match", "\"6\""), etag_of_version(7)), IfMatch::stale);
}

TEST(Conditional, TagsBytesByTheirContent) {
    EXPECT_EQ(etag_of_bytes("a"), etag_of_bytes("a"));
    EXPECT_NE(etag_of_bytes("a"), etag_of_bytes("b"));
}

}  // namespace
}  // namespace creneau::http
