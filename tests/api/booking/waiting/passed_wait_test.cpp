#include "api/booking/waiting/end_passed_waits.hpp"
#include "tests/api/booking/waiting/waiting_fixture.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace creneau::booking {
namespace {

class PassedWait : public WaitingTest {
  protected:
    void end_passed() {
        store::Readers readers(database_.database(), 1);
        end_passed_waits(readers, writer_, kTown, now_);
    }
};
CRENEAU_ON_BOTH_ENGINES(PassedWait);

TEST_P(PassedWait, EndsWhenItsSlotBegins) {
    const auto booking = approved();
    const auto waits = wait(chess()).value();
    now_ = booking.slot.at.start - std::chrono::seconds(1);
    const auto before = traces();
    end_passed();
    EXPECT_EQ(traces(), before) << "it could still be offered";
    EXPECT_EQ(select_waits(*session_, kTown, {now_}).size(), 1U);
    now_ = booking.slot.at.start;
    EXPECT_TRUE(select_waits(*session_, kTown, {now_}).empty()) << "not living, ticked or not";
    end_passed();
    EXPECT_EQ(text("SELECT status FROM waits"), "lapsed");
    EXPECT_EQ(count("audit WHERE action = 'wait_lapsed' AND subject_kind = 'wait'"
                    " AND actor_id IS NULL"),
              1);
    EXPECT_EQ(leave(waits.id, kAlex).error().refusal, Refusal::wrong_state);
    const auto after = traces();
    end_passed();
    EXPECT_EQ(traces(), after) << "once";
}

TEST_P(PassedWait, EndsNoOfferAndNobodyElses) {
    const auto booking = approved();
    ASSERT_TRUE(wait(chess()));
    auto later = dominique();
    later.start = "2026-12-06T18:30";
    later.end = "2026-12-06T20:30";
    auto taken = wish_now();
    taken.start = later.start;
    taken.end = later.end;
    ASSERT_TRUE(request(taken));
    ASSERT_TRUE(wait(later));
    ASSERT_TRUE(cancel_now(booking));
    now_ = booking.slot.at.start;
    end_passed();
    EXPECT_EQ(count("waits WHERE status = 'offered'"), 1) << "its hold ends it";
    EXPECT_EQ(count("waits WHERE status = 'waiting'"), 1);
    tick();
    EXPECT_EQ(count("waits WHERE status = 'lapsed'"), 1);
    EXPECT_EQ(count("waits WHERE status = 'waiting'"), 1) << "the later slot";
}

TEST_P(PassedWait, EndsInBatches) {
    session_->execute(
        "INSERT INTO waits (town_id, room_id, booker_id, requested_by_id, local_start, local_end,"
        " start_at, end_at, attendees, purpose, layout, asked_at)"
        " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
        std::to_string(kMostPassedWaits + 50) +
        ") SELECT 1, 1, 3, 3, '2026-11-01T10:00', '2026-11-01T11:00', 1793523600 + i,"
        " 1793527200 + i, 5, 'Loto', '', 1793000000 FROM n");
    end_passed();
    EXPECT_EQ(count("waits WHERE status = 'waiting'"), 50);
    EXPECT_EQ(count("outbox WHERE template = 'wait_ended'"), kMostPassedWaits);
    EXPECT_EQ(number("SELECT MIN(start_at) FROM waits WHERE status = 'waiting'"),
              1793523600 + kMostPassedWaits + 1)
        << "the earliest first";
    end_passed();
    EXPECT_EQ(count("waits WHERE status = 'waiting'"), 0);
    EXPECT_EQ(count("audit WHERE action = 'wait_lapsed'"), kMostPassedWaits + 50);
    EXPECT_EQ(count("outbox WHERE template = 'wait_ended'"), kMostPassedWaits + 50);
}

}  // namespace
}  // namespace creneau::booking
