// Slots that are given back when their doors prove that nobody came.
#include "api/access/agents/take_sync.hpp"
#include "api/booking/attendance/attendance.hpp"
#include "api/booking/booking_store.hpp"
#include "api/booking/holders/hand_pass.hpp"
#include "api/booking/pass_changes.hpp"
#include "api/booking/release/release_booking.hpp"
#include "api/booking/release/release_store.hpp"
#include "api/booking/waiting/join_line.hpp"
#include "api/store/doctor_checks.hpp"
#include "tests/api/booking/release/release_fixture.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

namespace creneau::booking {
namespace {

class Releases : public ReleaseTest {};
CRENEAU_ON_BOTH_ENGINES(Releases);

TEST_P(Releases, TheRestIsGivenBackWhenAllIsProved) {
    EXPECT_EQ(doubt(), "");
    tick(due() - 1s);
    EXPECT_EQ(count("releases"), 0) << "its time has not come";
    tick(told() + 10s);
    const auto end = due() + 2min;
    EXPECT_EQ(number("SELECT end_at FROM bookings"), seconds_of(end)) << "to the minute, upward";
    EXPECT_EQ(text("SELECT local_end FROM bookings"), "2026-12-05T19:02");
    EXPECT_EQ(text("SELECT status FROM bookings"), "approved");
    EXPECT_EQ(number("SELECT sequence FROM bookings"), booking_.sequence + 1);
    EXPECT_EQ(number("SELECT MAX(end_at) FROM occupancies"), seconds_of(end));
    EXPECT_EQ(count("occupancies"), 1);
    EXPECT_EQ(count("access_windows"), 0);
    EXPECT_EQ(count("credentials WHERE revoked_at IS NULL"), 0);
    EXPECT_EQ(count("audit WHERE action = 'booking_released' AND actor_id IS NULL"), 1);
    EXPECT_EQ(count("outbox WHERE template = 'booking_released' AND person_id = 2"), 1);
    const auto facts =
        nlohmann::json::parse(text("SELECT facts FROM outbox WHERE template = 'booking_released'"));
    EXPECT_EQ(facts["local_end"], "2026-12-05T19:02");
    EXPECT_EQ(facts["previous"]["local_end"], "2026-12-05T20:30");
    EXPECT_TRUE(store::check_occupancies(*session_, database_.database()).healthy);
    tick(told() + 30s);
    EXPECT_EQ(count("audit WHERE action = 'booking_released'"), 1);
}

TEST_P(Releases, NobodyGetsAPassForItFromThenOn) {
    tick(due() + 70s);
    ASSERT_EQ(count("releases"), 1);
    const access::PassRow pass{number("SELECT id FROM passes")};
    const auto now = told() + 20s;
    for (const PersonId actor : {kCamille, kOffice}) {
        const auto again = write(reissue_pass, PassChange{kTown, actor, pass, now});
        ASSERT_FALSE(again);
        EXPECT_EQ(again.error().refusal, Refusal::ended);
    }
    EXPECT_FALSE(write(add_pass, MorePasses{kTown, kCamille, booking_.id, now}));
    EXPECT_EQ(count("credentials"), 1);
    EXPECT_EQ(text("SELECT revoked_why FROM credentials"), "cancelled") << "no other will follow";
    EXPECT_EQ(count("access_windows"), 0);
}

/// As agents tell it: a whole request, with the state of its doors.
TEST_P(Releases, WhatTheAgentsRequestsTellDecides) {
    session_->execute("UPDATE door_agents SET counter = 0, unbroken_since = NULL, seen_at = NULL");
    session_->execute("DELETE FROM door_phases");
    access::TakeSync sync;
    sync.town = access::TownId{1};
    sync.agent = {access::AgentId{1}, "danton", "k", 0};
    sync.status.clock = "trusted";
    sync.doors = {{"entrance", "locked"}};
    for (auto at = from() - 2h - 1min; at < told() + 10s; at += 25s) {
        ++sync.agent.counter;
        sync.now = at;
        ASSERT_TRUE(
            writer_.run([&](store::Session& session) { return take_sync(session, sync); }).value());
        if (at >= start()) {
            tick(at);
            ASSERT_EQ(count("releases"), at < told() ? 0 : 1);
        }
    }
    EXPECT_EQ(count("releases"), 1);
}

TEST_P(Releases, ItIsANoShowFromThenOn) {
    tick(told() + 10s);
    const auto after = select_booking(*session_, kTown, booking_.id).value();
    EXPECT_EQ(word_of(attendance_of(*session_, kTown, after, due() + 5min)), "no_show");
    EXPECT_EQ(number("SELECT booked_until FROM releases"), seconds_of(booking_.slot.at.end));
    session_->execute("UPDATE releases SET start_at = start_at + 1");
    EXPECT_EQ(word_of(attendance_of(*session_, kTown, after, due() + 5min)), "unknown")
        << "another slot's";
}

TEST_P(Releases, ARoomThatDoesNotAskForItGivesNothingBack) {
    session_->execute("UPDATE room_rules SET release_min = NULL");
    tick(told() + 10s);
    EXPECT_EQ(count("releases"), 0);
    session_->execute("DELETE FROM room_rules");
    tick(told() + 10s);
    EXPECT_EQ(count("releases"), 0);
}

TEST_P(Releases, ASlotThatIsNotLongerIsKept) {
    session_->execute("UPDATE room_rules SET release_min = 118");
    hear(due(), start() + 119min);
    tick(start() + 119min + 1s);
    EXPECT_EQ(count("releases"), 0) << "nothing is left of it";
    tick(start() + 121min);
    EXPECT_EQ(count("releases"), 0);
    EXPECT_ANY_THROW(session_->execute("UPDATE room_rules SET release_min = 4"));
    EXPECT_ANY_THROW(session_->execute("UPDATE room_rules SET release_min = 241"));
}

TEST_P(Releases, WhatIsNotApprovedIsNotGivenBack) {
    session_->execute("UPDATE bookings SET status = 'pending'");
    tick(told() + 10s);
    EXPECT_EQ(count("releases"), 0);
    EXPECT_FALSE(writer_
                     .run([&](store::Session& session) -> tl::expected<bool, bool> {
                         return release_booking(session, kTown, booking_.id, told() + 10s);
                     })
                     .value()
                     .value());
}

TEST_P(Releases, ItsEquipmentIsFreeForTheRestWithTheBuffersItHad) {
    session_->execute(
        "INSERT INTO equipment (id, town_id, site_id, key, name, stock) VALUES"
        " (1, 1, NULL, 'chairs', 'Chaises', 10)");
    session_->execute(
        "INSERT INTO booking_equipment (town_id, booking_id, equipment_id, quantity)"
        " SELECT town_id, id, 1, 10 FROM bookings");
    session_->execute(
        "INSERT INTO equipment_takings (equipment_id, start_at, source_kind, source_id, end_at,"
        " quantity, town_id) SELECT 1, start_at - 600, 'booking', id, end_at + 900, 10, town_id"
        " FROM bookings");
    tick(told() + 10s);
    EXPECT_EQ(number("SELECT start_at FROM equipment_takings"), seconds_of(from()));
    EXPECT_EQ(number("SELECT end_at FROM equipment_takings"), seconds_of(due() + 17min));
}

/// The read says that nobody came; what was let in arrives before the write.
TEST_P(Releases, AnArrivalThatComesInJustBeforeKeepsTheSlot) {
    const auto now = told() + 10s;
    ASSERT_EQ(doubt_at(now), "");
    take(pass_at(now - 2s));
    const auto done = writer_.run([&](store::Session& session) -> tl::expected<bool, bool> {
        return release_booking(session, kTown, booking_.id, now);
    });
    EXPECT_FALSE(done.value().value());
    EXPECT_EQ(number("SELECT end_at FROM bookings"), seconds_of(booking_.slot.at.end));
    EXPECT_EQ(count("releases"), 0);
    EXPECT_EQ(count("credentials WHERE revoked_at IS NULL"), 1);
}

TEST_P(Releases, WhoWaitsForTheRestGetsAnOffer) {
    auto order = wish();
    order.actor = kAlex;
    order.association = kChess;
    order.start = "2026-12-05T19:30";
    order.end = "2026-12-05T20:30";
    const auto line = write(join_line, order);
    ASSERT_TRUE(line) << codes_of(line.error());
    tick(told() + 10s);
    ASSERT_EQ(count("releases"), 1);
    EXPECT_EQ(text("SELECT status FROM waits"), "offered");
}

TEST_P(Releases, ServicesAreToldOfTheEarlierEnd) {
    session_->execute(
        "INSERT INTO subscriptions (id, town_id, email, service, locale, rhythm, holders,"
        " created_at, created_by_id, told_until) VALUES (1, 1, 'gardien@example.org', 'Gardiens',"
        " 'fr', 'at_once', 'all', 1, 1, 0)");
    session_->execute(
        "INSERT INTO subscription_changes (town_id, subscription_id, change) VALUES"
        " (1, 1, 'moved')");
    tick(told() + 10s);
    EXPECT_EQ(count("outbox WHERE template = 'news' AND subscription_id = 1"), 1);
}

TEST_P(Releases, AreLookedForSomeAtATime) {
    const auto now = told() + 10s;
    EXPECT_EQ(select_releasable(*session_, kTown, {now, {}, 1}).size(), 1U);
    EXPECT_TRUE(select_releasable(*session_, kTown, {now, booking_.id, 1}).empty());
    EXPECT_TRUE(select_releasable(*session_, kTown, {now, {}, 0}).empty());
    EXPECT_TRUE(select_releasable(*session_, kOtherTown, {now, {}, 1}).empty());
}

}  // namespace
}  // namespace creneau::booking
