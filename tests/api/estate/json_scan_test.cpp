#include "api/estate/json_scan.hpp"

#include <gtest/gtest.h>

#include <string>

namespace creneau::estate {
namespace {

TEST(JsonScan, SaysLineAndColumnInCharacters) {
    EXPECT_EQ(place_of_byte("abc", 0), "line 1, column 1");
    EXPECT_EQ(place_of_byte("ab\ncd", 4), "line 2, column 2");
    EXPECT_EQ(place_of_byte("é\"x", 3), "line 1, column 3");
    EXPECT_EQ(place_of_byte("ab", 99), "line 1, column 3");
}

TEST(JsonScan, EscapesPointers) {
    EXPECT_EQ(below("/a", "b/c~d"), "/a/b~1c~0d");
}

TEST(JsonScan, RefusesWhatIsNestedTooDeeplyWithoutRecursing) {
    const auto errors = scan_json(std::string(3'000'000, '['));
    ASSERT_EQ(errors.size(), 1U);
    EXPECT_EQ(errors[0].code, "too_deep");
    EXPECT_EQ(errors[0].place, "line 1, column 17");
    EXPECT_TRUE(scan_json(std::string(16, '[') + std::string(16, ']')).empty());
}

TEST(JsonScan, RefusesALargeFile) {
    const auto errors = scan_json(std::string(kLargestFile + 1, ' '));
    ASSERT_EQ(errors.size(), 1U);
    EXPECT_EQ(errors[0].code, "too_large");
}

TEST(JsonScan, FindsMembersThatAreThereTwice) {
    const auto errors = scan_json(R"({"a": [1, {"b": "}{,\"", "c": 0, "b": [{}]}], "a": 1})");
    ASSERT_EQ(errors.size(), 2U);
    EXPECT_EQ(errors[0].place, "/a/1/b");
    EXPECT_EQ(errors[1].place, "/a");
    EXPECT_TRUE(scan_json(R"({"a": "a", "b": {"a": "a"}, "c": [{"a": 1}, {"a": 2}]})").empty());
}

TEST(JsonScan, NamesThePlaceOfANumberThatCannotBeKept) {
    const auto errors = scan_json(R"({"a": [1, -1e999, 1.5e3], "b": 1e308})");
    ASSERT_EQ(errors.size(), 1U);
    EXPECT_EQ(errors[0].place, "/a/1");
    EXPECT_EQ(errors[0].code, "out_of_range");
}

TEST(JsonScan, SurvivesTextThatEndsAnywhere) {
    const std::string whole = R"({"a": ["b\"", {"c": "\\"}], "d": "e"})";
    for (std::size_t length = 0; length <= whole.size(); ++length) {
        EXPECT_TRUE(scan_json(whole.substr(0, length)).empty()) << length;
    }
    EXPECT_TRUE(scan_json("]}],\"\\").empty());
}

}  // namespace
}  // namespace creneau::estate
