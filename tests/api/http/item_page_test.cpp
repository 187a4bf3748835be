#include "api/http/item_page.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

namespace creneau::http {
namespace {

using nlohmann::json;

json told(ItemPage page) {
    return json::parse(std::move(page).finished().body);
}

TEST(ItemPage, GoesOnAfterItsLastItemOnlyWhereThereMayBeMore) {
    ItemPage page(2);
    EXPECT_TRUE(page.add(7, {{"id", 7}}));
    EXPECT_EQ(told(page), json::parse(R"({"items": [{"id": 7}], "next": null})"));
    EXPECT_TRUE(page.add(9, {{"id", 9}}));
    EXPECT_EQ(told(page), json::parse(R"({"items": [{"id": 7}, {"id": 9}], "next": "9"})"));
    EXPECT_EQ(told(ItemPage(2)), json::parse(R"({"items": [], "next": null})"));
}

TEST(ItemPage, IsCutBeforeItGrowsTooLongAndTakesOneItemAtLeast) {
    constexpr std::size_t kMost = 400;
    const json item{{"text", std::string(150, 'x')}};
    ItemPage page(50, kMost);
    EXPECT_TRUE(page.add(1, item));
    EXPECT_TRUE(page.add(2, item));
    EXPECT_FALSE(page.add(3, item));
    const auto body = std::move(page).finished().body;
    EXPECT_LE(body.size(), kMost);
    EXPECT_EQ(json::parse(body)["next"], "2");
    ItemPage one(50, kMost);
    EXPECT_TRUE(one.add(1, {{"text", std::string(kMost, 'x')}}));
    EXPECT_FALSE(one.add(2, item));
    EXPECT_EQ(told(one)["next"], "1");
}

}  // namespace
}  // namespace creneau::http
