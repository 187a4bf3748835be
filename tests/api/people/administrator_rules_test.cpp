#include "api/people/roles/administrator_rules.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <vector>

namespace creneau::people {
namespace {

constexpr PersonId kNoa{1};
constexpr PersonId kSam{2};

std::chrono::sys_seconds at(int hour) {
    return std::chrono::sys_seconds{std::chrono::hours{hour}};
}

TEST(FirstWithout, IsWhereTheStaysLeaveAGap) {
    EXPECT_EQ(first_without({}, at(5)), at(5));
    EXPECT_EQ(first_without({{kNoa, {}, {}}}, at(5)), std::nullopt);
    EXPECT_EQ(first_without({{kNoa, {}, at(9)}}, at(5)), at(9));
    EXPECT_EQ(first_without({{kNoa, {}, at(3)}}, at(5)), at(5));
    EXPECT_EQ(first_without({{kSam, at(9), {}}, {kNoa, {}, at(9)}}, at(5)), std::nullopt);
    EXPECT_EQ(first_without({{kSam, at(10), {}}, {kNoa, {}, at(9)}}, at(5)), at(9));
    EXPECT_EQ(first_without({{kSam, at(6), at(12)}, {kNoa, {}, at(9)}}, at(5)), at(12));
}

TEST(LeavesNone, AsksOnlyWhetherTheChangeMakesItWorse) {
    const std::vector<AdministratorStay> relay{{kNoa, {}, at(9)}, {kSam, at(9), {}}};
    EXPECT_TRUE(leaves_none(relay, {kSam, {}}, at(5)));
    EXPECT_TRUE(leaves_none(relay, {kSam, AdministratorStay{kSam, at(10), {}}}, at(5)));
    EXPECT_TRUE(leaves_none(relay, {kNoa, AdministratorStay{kNoa, {}, at(8)}}, at(5)));
    EXPECT_FALSE(leaves_none(relay, {kNoa, AdministratorStay{kNoa, {}, at(10)}}, at(5)));
    EXPECT_FALSE(leaves_none(relay, {kSam, AdministratorStay{kSam, at(7), {}}}, at(5)));
    EXPECT_FALSE(leaves_none(relay, {PersonId{3}, {}}, at(5))) << "no administrator";
    const std::vector<AdministratorStay> ending{{kNoa, {}, at(9)}, {kSam, {}, at(7)}};
    EXPECT_FALSE(leaves_none(ending, {kSam, {}}, at(5))) << "it ends at 9 either way";
    EXPECT_TRUE(leaves_none(ending, {kNoa, {}}, at(5)));
}

}  // namespace
}  // namespace creneau::people
