#include "api/booking/selection/selection_rules.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <vector>

namespace creneau::booking {
namespace {

Interval hours_of(int from, int until) {
    const std::chrono::sys_seconds day{std::chrono::days{20'000}};
    return {day + std::chrono::hours{from}, day + std::chrono::hours{until}};
}

using Ids = std::vector<BookingId>;

TEST(Collisions, AreOfASpaceAtTheSameTime) {
    const auto found = collisions({{BookingId{1}, hours_of(8, 10), {SpaceId{1}, SpaceId{3}}},
                                   {BookingId{2}, hours_of(9, 11), {SpaceId{3}}},
                                   {BookingId{3}, hours_of(10, 12), {SpaceId{1}}},
                                   {BookingId{4}, hours_of(9, 11), {SpaceId{2}}},
                                   {BookingId{5}, hours_of(7, 12), {SpaceId{3}, SpaceId{4}}}});
    EXPECT_EQ(found.at(BookingId{1}), (Ids{BookingId{2}, BookingId{5}}));
    EXPECT_EQ(found.at(BookingId{2}), (Ids{BookingId{1}, BookingId{5}}));
    EXPECT_EQ(found.at(BookingId{5}), (Ids{BookingId{1}, BookingId{2}}));
    EXPECT_FALSE(found.contains(BookingId{3})) << "it begins when the first ends";
    EXPECT_FALSE(found.contains(BookingId{4})) << "in another space";
    EXPECT_TRUE(collisions({}).empty());
}

}  // namespace
}  // namespace creneau::booking
