#include "api/booking/equipment/equipment_rules.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

namespace creneau::booking {
namespace {

std::chrono::sys_seconds at(int second) {
    return std::chrono::sys_seconds(std::chrono::seconds(second));
}
Interval from(int start, int end) {
    return {at(start), at(end)};
}

TEST(Stock, IsWholeWhereNobodyTakesAny) {
    EXPECT_EQ(left_through(10, from(0, 5), {}), (std::vector<Stretch>{{from(0, 5), 10}}));
}

TEST(Stock, ComesBackAtTheEndOfASlotAndNotBefore) {
    const std::vector<Taking> taken{{from(0, 10), 4}};
    EXPECT_EQ(least_left(left_through(10, from(10, 20), taken)), 10);
    EXPECT_EQ(least_left(left_through(10, from(9, 20), taken)), 6);
    EXPECT_EQ(least_left(left_through(10, from(-5, 0), taken)), 10);
}

TEST(Stock, IsTheLeastOverTheIntervalNotTheSumOfWhatMeetsIt) {
    const std::vector<Taking> taken{{from(0, 10), 6}, {from(10, 20), 6}, {from(18, 25), 3}};
    EXPECT_EQ(least_left(left_through(10, from(0, 30), taken)), 1);
    EXPECT_EQ(least_left(left_through(10, from(0, 18), taken)), 4);
}

TEST(Stock, IsCountedAsSecondBySecond) {
    EXPECT_TRUE(rc::check([] {
        std::vector<Taking> taken;
        for (const int seed : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 4000))) {
            const int start = seed % 40;
            taken.push_back({from(start, start + 1 + seed / 40 % 10), 1 + seed / 400});
        }
        const int start = *rc::gen::inRange(0, 40);
        const int end = start + *rc::gen::inRange(1, 15);
        const auto stretches = left_through(20, from(start, end), taken);
        RC_ASSERT(stretches.front().at.start == at(start) && stretches.back().at.end == at(end));
        std::size_t place = 0;
        for (int second = start; second < end; ++second) {
            std::int64_t left = 20;
            for (const Taking& one : taken) {
                left -= one.at.start <= at(second) && at(second) < one.at.end ? one.quantity : 0;
            }
            while (stretches[place].at.end <= at(second)) {
                ++place;
                RC_ASSERT(stretches[place].at.start == stretches[place - 1].at.end);
            }
            RC_ASSERT(stretches[place].left == left);
        }
    }));
}

std::string codes_of(const std::vector<Failure>& failures) {
    std::string codes;
    for (const Failure& failure : failures) {
        codes += (codes.empty() ? "" : ",") + std::string(word_of(failure.rule));
    }
    return codes;
}

TEST(EquipmentOrders, AreAnsweredAllAtOnce) {
    const std::vector<Equipment> known{{EquipmentId{1}, {}, "chairs", "Chaises", 10},
                                       {EquipmentId{2}, SiteId{1}, "piano", "Piano", 1}};
    const auto check = [&](std::vector<EquipmentOrder> orders, SiteId site = SiteId{1}) {
        return codes_of(check_orders(orders, known, site));
    };
    EXPECT_EQ(check({}), "");
    EXPECT_EQ(check({{EquipmentId{1}, 3}, {EquipmentId{2}, 1}}), "");
    EXPECT_EQ(check({{EquipmentId{7}, 3}, {EquipmentId{1}, 0}, {EquipmentId{1}, 2}}),
              "unknown_equipment,bad_quantity,equipment_twice");
    EXPECT_EQ(check({{EquipmentId{2}, -1}}, SiteId{2}), "equipment_elsewhere,bad_quantity");
}

TEST(EquipmentShort, NamesTheThingTheDatesAndWhatIsLeft) {
    const Equipment chairs{EquipmentId{1}, {}, "chairs", "Chaises", 10};
    const std::chrono::local_days day{std::chrono::year{2026} / 12 / 5};
    const auto failure = equipment_short(
        chairs, {{day, day, 3}, {day + std::chrono::days(2), day + std::chrono::days(3), 4}});
    EXPECT_EQ(failure.rule, Rule::equipment_short);
    EXPECT_EQ(failure.detail.fr,
              "Chaises : sur 10, il en reste 3 le 2026-12-05, 4 du 2026-12-07 au 2026-12-08. "
              "Demandez-en au plus 3.");
    EXPECT_EQ(failure.detail.en,
              "Chaises: of 10, what is left is 3 on 2026-12-05, 4 from 2026-12-07 to 2026-12-08. "
              "Ask for at most 3.");
    EXPECT_NE(equipment_short(chairs, {{day, day, -2}}).detail.en.find("0 on 2026-12-05"),
              std::string::npos);
}

TEST(EquipmentOrders, TakeNoMoreWhenNothingIsAdded) {
    const std::vector<EquipmentOrder> before{{EquipmentId{1}, 3}, {EquipmentId{2}, 1}};
    EXPECT_TRUE(takes_no_more(before, before));
    EXPECT_TRUE(takes_no_more(before, {}));
    EXPECT_TRUE(takes_no_more(before, std::vector<EquipmentOrder>{{EquipmentId{1}, 2}}));
    EXPECT_FALSE(takes_no_more(before, std::vector<EquipmentOrder>{{EquipmentId{1}, 4}}));
    EXPECT_FALSE(takes_no_more({}, std::vector<EquipmentOrder>{{EquipmentId{1}, 1}}));
}

}  // namespace
}  // namespace creneau::booking
