#include "api/booking/nearby_rules.hpp"

#include "api/booking/cure_rules.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <vector>

namespace creneau::booking {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::minutes;

/// Saturday, 5 December 2026.
constexpr std::chrono::local_days kSaturday{std::chrono::year{2026} / 12 / 5};

LocalMinutes shown(LocalMinutes written) {
    return written;
}

LocalSlot slot(minutes from, minutes until, days later = days(0)) {
    return {kSaturday + later + from, kSaturday + later + until};
}

Hindrance wishing(const LocalSlot& wished) {
    return {wished, kSaturday - days(14) + 13h, {}, {}, {}, {}};
}

bool holds(const std::vector<LocalSlot>& slots, const LocalSlot& one) {
    return std::ranges::find(slots, one) != slots.end();
}

TEST(NearbySlots, OfARoomWithoutRulesAreTheSameHoursOnDaysAround) {
    const auto slots = nearby_slots({}, wishing(slot(18h, 20h)), shown);
    EXPECT_EQ(slots, (std::vector<LocalSlot>{slot(18h, 20h, days(1)), slot(18h, 20h, days(-1)),
                                             slot(18h, 20h, days(2)), slot(18h, 20h, days(-2)),
                                             slot(18h, 20h, days(7)), slot(18h, 20h, days(-7))}));
}

TEST(NearbySlots, LieJustAfterAndJustBeforeWhatIsInTheWay) {
    auto why = wishing(slot(18h, 20h));
    why.busy = slot(17h, 19h + 20min);
    RoomRules rules;
    rules.grid = 30min;
    const auto slots = nearby_slots(rules, why, shown);
    EXPECT_EQ(slots[0], slot(19h + 30min, 21h + 30min));
    EXPECT_EQ(slots[1], slot(15h, 17h));
}

TEST(NearbySlots, SendNobodyToAHallAtNight) {
    auto why = wishing(slot(21h, 23h));
    why.busy = slot(20h, 22h);
    EXPECT_FALSE(holds(nearby_slots({}, why, shown), slot(22h, 24h)));
    EXPECT_TRUE(holds(nearby_slots({}, why, shown), slot(18h, 20h)));
    why.busy = slot(9h, 24h);
    EXPECT_FALSE(holds(nearby_slots({}, why, shown), slot(7h, 9h)));
}

TEST(NearbySlots, FitTheHoursOfTheirDay) {
    RoomRules rules;
    rules.opening.week[5] = {{8h, 12h}, {14h, 18h + 10min}};
    rules.opening.week[6] = {{23h, 25h}};
    rules.grid = 15min;
    const auto slots = nearby_slots(rules, wishing(slot(18h + 30min, 20h + 30min)), shown);
    EXPECT_EQ(slots[0], slot(16h, 18h));
    EXPECT_TRUE(holds(slots, slot(23h, 25h, days(1)))) << "past midnight";
    EXPECT_FALSE(holds(slots, slot(18h + 30min, 20h + 30min, days(2)))) << "closed on Mondays";
    const auto longer = nearby_slots(rules, wishing(slot(8h, 20h)), shown);
    EXPECT_TRUE(longer.empty()) << "at no time open for so long";
}

TEST(NearbySlots, AreNotPastAndReachAsFarAsTheNoticeAsks) {
    auto why = wishing(slot(18h, 20h));
    why.now = kSaturday + 12h;
    why.notice.least = days(10);
    const auto slots = nearby_slots({}, why, shown);
    EXPECT_FALSE(holds(slots, slot(18h, 20h, days(-1))));
    EXPECT_TRUE(holds(slots, slot(18h, 20h, days(10))));
    EXPECT_TRUE(holds(slots, slot(18h, 20h, days(14)))) << "the same day of the week";
}

TEST(NearbySlots, LeaveASpentPeriodOnBothSides) {
    auto why = wishing(slot(18h, 20h));
    why.spent = {{kSaturday - days(4), kSaturday + days(26)}};
    const auto slots = nearby_slots({}, why, shown);
    EXPECT_TRUE(holds(slots, slot(18h, 20h, days(-5))));
    EXPECT_TRUE(holds(slots, slot(18h, 20h, days(26))));
    EXPECT_TRUE(holds(slots, slot(18h, 20h, days(28))));
}

TEST(NearbySlots, LieBesideWhatTheSeriesItselfWants) {
    auto why = wishing(slot(18h, 20h));
    why.busy = slot(18h, 19h);
    for (int later = -30; later <= 30; ++later) {
        if (later != 0) {
            why.own.push_back(slot(18h, 20h, days(later)));
        }
    }
    const auto slots = nearby_slots({}, why, shown);
    ASSERT_GE(slots.size(), 4U);
    EXPECT_EQ(slots[0], slot(19h, 21h));
    EXPECT_EQ(slots[1], slot(16h, 18h));
    EXPECT_EQ(slots[2], slot(20h, 22h, days(1)));
    EXPECT_EQ(slots[3], slot(16h, 18h, days(1)));
    for (const LocalSlot& found : slots) {
        EXPECT_TRUE(std::ranges::none_of(why.own, [&](const LocalSlot& own) {
            return own.start < found.end && found.start < own.end;
        }));
    }
}

TEST(Cure, IsWhereEveryFailureIsCured) {
    const auto of = [](const std::vector<Rule>& rules) {
        std::vector<Failure> failures;
        for (const Rule rule : rules) {
            failures.push_back({rule, "", {}});
        }
        return cure_of(failures);
    };
    EXPECT_EQ(of({}), Cure::nothing);
    EXPECT_EQ(of({Rule::room_taken, Rule::quota_exceeded}), Cure::another_slot);
    EXPECT_EQ(of({Rule::room_taken, Rule::over_capacity}), Cure::another_room);
    EXPECT_EQ(of({Rule::over_capacity, Rule::purpose_missing}), Cure::another_room);
    EXPECT_EQ(of({Rule::room_taken, Rule::unknown_kind}), Cure::another_slot);
    EXPECT_EQ(of({Rule::purpose_missing}), Cure::nothing);
    EXPECT_EQ(of({Rule::room_taken, Rule::too_few_attendees}), Cure::nothing);
    EXPECT_EQ(of({Rule::not_a_manager}), Cure::nothing);
}

}  // namespace
}  // namespace creneau::booking
