#include "api/http/text.hpp"

#include <gtest/gtest.h>

namespace creneau::http {
namespace {

TEST(Text, DecodesOnlyProperEscapesOfProperUtf8) {
    EXPECT_EQ(percent_decoded("a%20b+c", false), "a b+c");
    EXPECT_EQ(percent_decoded("a%20b+c", true), "a b c");
    EXPECT_EQ(percent_decoded("%C3%A9%c3%a9", false), "éé");
    for (const auto* broken : {"%", "%2", "%zz", "%00", "%ff", "%C0%AF", "%ED%A0%80",
                               "%F5%80%80%80", "%E0%80%80", "%C3"}) {
        EXPECT_EQ(percent_decoded(broken, false), std::nullopt) << broken;
    }
}

TEST(Text, SplitsAQueryInOrder) {
    using Pairs = std::vector<std::pair<std::string, std::string>>;
    EXPECT_EQ(parse_query(""), Pairs{});
    EXPECT_EQ(parse_query("b=1&&a=%26&c&=d&e=f=g"),
              (Pairs{{"b", "1"}, {"a", "&"}, {"c", ""}, {"", "d"}, {"e", "f=g"}}));
    EXPECT_EQ(parse_query("a=%"), std::nullopt);
}

TEST(Text, CountsCodePoints) {
    EXPECT_EQ(length_of("aé€😀"), 4U);
    EXPECT_TRUE(is_utf8("aé€😀"));
    EXPECT_FALSE(is_utf8("\xF0\x9F\x98"));
}

}  // namespace
}  // namespace creneau::http
