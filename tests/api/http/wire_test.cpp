#include "api/http/wire.hpp"

#include <gtest/gtest.h>

namespace creneau::http {
namespace {

TEST(Wire, AHeaderValueCannotEndItsLine) {
    const auto bytes = to_wire({200, {{"Location", "/a\r\nSet-Cookie: b=c"}}, "x"}, {});
    EXPECT_NE(bytes.find("Location: /aSet-Cookie: b=c\r\n"), std::string::npos);
    EXPECT_EQ(bytes.find("\r\nSet-Cookie"), std::string::npos);
}

TEST(Wire, HeadGivesTheLengthWithoutTheBody) {
    Framing framing;
    framing.head_only = true;
    const auto bytes = to_wire({200, {}, "four"}, framing);
    EXPECT_NE(bytes.find("Content-Length: 4\r\n"), std::string::npos);
    EXPECT_TRUE(bytes.ends_with("\r\n\r\n"));
}

TEST(Wire, NoContentHasNeitherLengthNorBody) {
    const auto bytes = to_wire({204, {}, ""}, {});
    EXPECT_TRUE(bytes.starts_with("HTTP/1.1 204 No Content\r\n"));
    EXPECT_EQ(bytes.find("Content-Length"), std::string::npos);
}

TEST(Wire, KeepsTheHandlersCacheControl) {
    EXPECT_NE(to_wire({200, {}, ""}, {}).find("Cache-Control: no-store\r\n"), std::string::npos);
    const auto bytes = to_wire({200, {{"Cache-Control", "private, no-cache"}}, ""}, {});
    EXPECT_EQ(bytes.find("no-store"), std::string::npos);
}

TEST(Wire, AsksBrowsersForHttpsOnlyWhenServedSo) {
    Framing framing;
    EXPECT_EQ(to_wire({}, framing).find("Strict-Transport-Security"), std::string::npos);
    framing.https = true;
    EXPECT_NE(to_wire({}, framing).find("Strict-Transport-Security"), std::string::npos);
}

}  // namespace
}  // namespace creneau::http
