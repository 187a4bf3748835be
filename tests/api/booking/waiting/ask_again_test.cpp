#include "api/booking/waiting/ask_again.hpp"

#include "tests/api/booking/waiting/waiting_fixture.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace creneau::booking {
namespace {

class AskAgain : public WaitingTest {
  protected:
    void ask_again() {
        store::Readers readers(database_.database(), 1);
        ask_lines_again(readers, writer_, kTown, now_);
    }
    std::string statuses() {
        std::string all;
        for (const Wait& wait : select_waits(*session_, kTown, {now_})) {
            all += (all.empty() ? "" : ",") + std::string(word_of(wait.status));
        }
        return all;
    }
};
CRENEAU_ON_BOTH_ENGINES(AskAgain);

TEST_P(AskAgain, OffersWhatNoticeHeldBackOnceItsDayHasCome) {
    const auto booking = approved();
    ASSERT_TRUE(wait(chess()));
    ASSERT_TRUE(wait(dominique()));
    session_->execute(
        "INSERT INTO room_rules (room_id, town_id, create_most_min) VALUES (1, 1, 1440)");
    ASSERT_TRUE(cancel_now(booking));
    EXPECT_EQ(statuses(), "waiting,waiting") << "nobody may book it yet";
    now_ = booking.slot.at.start - std::chrono::hours(24) - std::chrono::seconds(1);
    const auto before = traces();
    ask_again();
    EXPECT_EQ(traces(), before);
    now_ += std::chrono::seconds(1);
    ask_again();
    EXPECT_EQ(statuses(), "offered,waiting");
    EXPECT_EQ(count("outbox WHERE template = 'wait_offered' AND person_id = 4"), 1);
    const auto after = traces();
    ask_again();
    EXPECT_EQ(traces(), after) << "once";
    expect_sound();
}

TEST_P(AskAgain, OffersWhatAQuotaHeldBackOnceItHasRoomAgain) {
    const auto booking = approved();
    ASSERT_TRUE(wait(chess()));
    auto other = chess();
    other.room = kSemanaz;
    const auto had = request(other);
    ASSERT_TRUE(had);
    session_->execute(
        "INSERT INTO quotas (id, town_id, key, name, holder, unit, most, period)"
        " VALUES (1, 1, 'q', 'Part', 'association', 'hours', 3, 'week')");
    ASSERT_TRUE(cancel_now(booking));
    ask_again();
    EXPECT_EQ(statuses(), "waiting") << "four hours in that week would be one too many";
    ASSERT_TRUE(cancel_now(*had));
    ask_again();
    EXPECT_EQ(statuses(), "offered");
}

TEST_P(AskAgain, ReadsALineOfManyPageByPage) {
    const auto booking = approved();
    ASSERT_TRUE(wait(chess()));
    // Two pages whose slots are free and too small for them.
    session_->execute(
        "INSERT INTO waits (town_id, room_id, association_id, booker_id, requested_by_id,"
        " local_start, local_end, start_at, end_at, attendees, purpose, layout, asked_at)"
        " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400)"
        " SELECT w.town_id, w.room_id, w.association_id, w.booker_id, w.requested_by_id,"
        " w.local_start, w.local_end, w.start_at + 864000 + 7200 * i, w.end_at + 864000 + 7200 * i,"
        " 9000, w.purpose, w.layout, w.asked_at FROM waits w, n");
    session_->execute("DELETE FROM waits WHERE id = 1");
    ASSERT_TRUE(wait(dominique()));
    session_->execute(
        "INSERT INTO room_rules (room_id, town_id, create_most_min) VALUES (1, 1, 1440)");
    ASSERT_TRUE(cancel_now(booking));
    EXPECT_EQ(count("waits WHERE status = 'offered'"), 0);
    now_ = booking.slot.at.start - std::chrono::hours(24);
    ask_again();
    EXPECT_EQ(count("waits WHERE status = 'offered' AND booker_id <> 4"), 1);
    EXPECT_EQ(count("waits WHERE status = 'offered'"), 1);
}

TEST_P(AskAgain, LeavesTheOtherTownAlone) {
    const auto booking = approved();
    ASSERT_TRUE(wait(chess()));
    session_->execute(
        "INSERT INTO room_rules (room_id, town_id, create_most_min) VALUES (1, 1, 1440)");
    ASSERT_TRUE(cancel_now(booking));
    session_->execute("UPDATE room_rules SET create_most_min = 0");
    store::Readers readers(database_.database(), 1);
    ask_lines_again(readers, writer_, kOtherTown, now_);
    EXPECT_EQ(statuses(), "waiting");
    ask_again();
    EXPECT_EQ(statuses(), "offered");
}

}  // namespace
}  // namespace creneau::booking
