#include "api/http/selection_answers.hpp"

#include "api/http/wire.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <set>
#include <string>

#include <nlohmann/json.hpp>

namespace creneau::http {
namespace {

using nlohmann::json;

constexpr int kItems = 100;

json error_of(const std::string& code, const std::string& detail) {
    return {{"field", "/start"}, {"code", code}, {"detail", detail}};
}

/// Items that all want the same slot, each with so many errors.
json items_with(int errors, std::size_t sentence) {
    auto items = json::array();
    auto others = json::array();
    for (int other = 1; other < kItems; ++other) {
        others.push_back(9'000'000'000'000'000 + other);
    }
    for (int id = 0; id < kItems; ++id) {
        json problem{{"status", 422},
                     {"code", "invalid"},
                     {"detail", std::string(200, 'd')},
                     {"errors", json::array()},
                     {"alternatives", json::array_t(5, {{"room_name", std::string(250, 'r')}})}};
        for (int at = 0; at < errors; ++at) {
            problem["errors"].push_back(
                error_of(at % 2 == 0 ? "room_taken" : "equipment_short",
                         std::to_string(id * errors + at) + std::string(sentence, 's')));
        }
        items.push_back({{"id", id}, {"collides_with", others}, {"problem", std::move(problem)}});
    }
    return items;
}

TEST(SelectionAnswers, AWholeSelectionOfLongErrorsFits) {
    auto items = items_with(50, 2048);
    fit_items(items);
    EXPECT_LE(items.dump().size() + 1024, kMaxAnswer);
    ASSERT_EQ(items.size(), std::size_t{kItems});
    for (const auto& item : items) {
        std::set<std::string> codes;
        for (const auto& error : item["problem"]["errors"]) {
            codes.insert(error["code"]);
            EXPECT_TRUE(error.contains("field"));
            EXPECT_TRUE(error.contains("detail"));
        }
        EXPECT_EQ(codes, (std::set<std::string>{"equipment_short", "room_taken"}));
        EXPECT_EQ(item["collides_with"].size(), std::size_t{kItems - 1});
    }
    EXPECT_GT(items[0]["problem"]["errors"][0]["detail"].get<std::string>().size(), 2048U);
    EXPECT_EQ(items[0]["problem"]["alternatives"].size(), 5U);
    EXPECT_TRUE(items.back()["problem"]["alternatives"].empty());
}

TEST(SelectionAnswers, WhatFitsIsLeftAsItIs) {
    auto items = json::array({items_with(2, 100)[0]});
    items.push_back({{"id", 7}, {"collides_with", json::array()}, {"problem", nullptr}});
    const auto before = items;
    fit_items(items);
    EXPECT_EQ(items, before);
}

}  // namespace
}  // namespace creneau::http
