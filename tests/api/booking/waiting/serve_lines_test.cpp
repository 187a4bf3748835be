#include "api/booking/waiting/serve_lines.hpp"

#include "tests/api/booking/equipment/equipment_fixture.hpp"
#include "tests/api/booking/waiting/waiting_fixture.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace creneau::booking {
namespace {

/// What a town has changes by statements here, as its import writes them.
class ServeLines : public WaitingTest {
  protected:
    ServeLines() { add_equipment(*session_); }

    LinesServed after(const std::string& change) {
        return writer_
            .run([&](store::Session& session) -> tl::expected<LinesServed, bool> {
                session.execute(change);
                return serve_lines(session, kTown, now_);
            })
            .value()
            .value();
    }
    static RequestBooking with_chairs(RequestBooking order, std::int64_t chairs,
                                      RoomId room = kDanton) {
        order.room = room;
        order.equipment = {{kChairs, chairs}};
        return order;
    }
    std::string status_of(const Outcome<Wait>& wait) {
        return text("SELECT status FROM waits WHERE id = " +
                    std::to_string(static_cast<std::int64_t>(wait.value().id)));
    }
};
CRENEAU_ON_BOTH_ENGINES(ServeLines);

TEST_P(ServeLines, AHigherStockIsOfferedInTheOrderOfTheLine) {
    ASSERT_TRUE(request(with_chairs(wish_now(), 8)));
    const auto first = wait(with_chairs(chess(), 6, kSemanaz));
    const auto second = wait(with_chairs(dominique(), 3, kSemanaz));
    ASSERT_TRUE(first);
    ASSERT_TRUE(second);
    EXPECT_EQ(after("UPDATE equipment SET stock = 12 WHERE id = 1").offered, 1U);
    EXPECT_EQ(status_of(first), "waiting") << "4 are left";
    EXPECT_EQ(status_of(second), "offered");
    EXPECT_EQ(after("UPDATE equipment SET stock = 17 WHERE id = 1").offered, 0U)
        << "the offer of the other holds room and chairs";
    EXPECT_EQ(count("outbox WHERE template = 'wait_offered'"), 1);
    expect_sound();
}

TEST_P(ServeLines, WhatIsTakenStaysTaken) {
    approved();
    ASSERT_TRUE(wait(chess()));
    const auto served = after("UPDATE rooms SET capacity = 90 WHERE id = 1");
    EXPECT_EQ(served.offered, 0U);
    EXPECT_TRUE(served.hopeless.empty());
}

TEST_P(ServeLines, WhoAsksForMoreThanTheTownHasIsNamedAndKeepsTheirPlace) {
    approved();
    const auto crowd = wait(chess());
    ASSERT_TRUE(crowd);
    auto served = after("UPDATE rooms SET capacity = 3 WHERE id = 1");
    ASSERT_EQ(served.hopeless.size(), 1U);
    EXPECT_EQ(served.hopeless[0].wait.id, crowd->id);
    EXPECT_EQ(served.hopeless[0].failures.front().rule, Rule::over_capacity);
    EXPECT_EQ(status_of(crowd), "waiting");
    served = after("UPDATE rooms SET capacity = 60 WHERE id = 1");
    EXPECT_TRUE(served.hopeless.empty());
}

TEST_P(ServeLines, ALowerStockIsNamedWithWhatThereIs) {
    approved();
    ASSERT_TRUE(wait(with_chairs(chess(), 6)));
    const auto served = after("UPDATE equipment SET stock = 5 WHERE id = 1");
    ASSERT_EQ(served.hopeless.size(), 1U);
    const auto& failure = served.hopeless[0].failures.front();
    EXPECT_EQ(failure.rule, Rule::equipment_short);
    EXPECT_NE(failure.detail.en.find("6 asked for, there are 5 in all"), std::string::npos)
        << failure.detail.en;
}

TEST_P(ServeLines, ASlotThatTheRoomsNewRulesForbidIsNamed) {
    approved();
    ASSERT_TRUE(wait(chess()));
    const auto served =
        after("INSERT INTO room_rules (room_id, town_id, length_most_min) VALUES (1, 1, 60)");
    ASSERT_EQ(served.hopeless.size(), 1U);
    EXPECT_EQ(served.hopeless[0].failures.front().field, "end");
}

TEST_P(ServeLines, ANoticeThatIsOverIsNamedAndOneToComeIsNot) {
    approved();
    const auto late = wait(chess());
    ASSERT_TRUE(late);
    // The slot begins in a fortnight.
    const auto served =
        after("INSERT INTO room_rules (room_id, town_id, create_least_min) VALUES (1, 1, 43200)");
    ASSERT_EQ(served.hopeless.size(), 1U);
    EXPECT_EQ(served.hopeless[0].wait.id, late->id);
    EXPECT_EQ(served.hopeless[0].failures.front().rule, Rule::notice_too_short);
    EXPECT_EQ(status_of(late), "waiting");
    EXPECT_TRUE(after("UPDATE room_rules SET create_least_min = 60").hopeless.empty());
    EXPECT_TRUE(after("UPDATE room_rules SET create_most_min = 1440").hopeless.empty())
        << "one day it may be asked for";
}

TEST_P(ServeLines, AQuotaThatLetsTheHolderHaveNoMoreIsNamed) {
    approved();
    const auto club = wait(chess());
    ASSERT_TRUE(club);
    auto other = chess();
    other.room = kSemanaz;
    const auto had = request(other);
    ASSERT_TRUE(had);
    const auto served = after(
        "INSERT INTO quotas (id, town_id, key, name, holder, unit, most, period)"
        " VALUES (1, 1, 'q', 'Part', 'association', 'hours', 3, 'week')");
    ASSERT_EQ(served.hopeless.size(), 1U);
    EXPECT_EQ(served.hopeless[0].wait.id, club->id);
    EXPECT_EQ(served.hopeless[0].failures.front().rule, Rule::quota_exceeded);
    ASSERT_TRUE(cancel_now(*had));
    EXPECT_TRUE(after("UPDATE quotas SET name = 'Part de chacun'").hopeless.empty());
    EXPECT_EQ(after("UPDATE quotas SET most = 1").hopeless.size(), 1U) << "two hours in one";
}

TEST_P(ServeLines, ASlotThatHasBegunIsNobodysAnyMore) {
    approved();
    const auto late = wait(chess()).value();
    now_ = late.claim.slot.at.start;
    EXPECT_TRUE(after("UPDATE rooms SET capacity = 3 WHERE id = 1").hopeless.empty());
}

}  // namespace
}  // namespace creneau::booking
