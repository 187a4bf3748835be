#pragma once

#include "api/access/agents/agent_store.hpp"
#include "api/access/events/event_types.hpp"
#include "api/access/events/take_events.hpp"
#include "api/booking/release/release_booking.hpp"
#include "api/booking/release/release_watch.hpp"
#include "api/store/readers.hpp"
#include "tests/api/booking/town_fixture.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>

#include <tl/expected.hpp>

namespace creneau::booking {

using namespace std::chrono_literals;
using std::chrono::sys_seconds;

/// A booking of the choir in kDanton on 5 December, 18:30 to 20:30 in Paris; its pass is let in ten
/// minutes earlier. The room gives back after 30 minutes; agent 1 drives its only locked door and
/// came without a pause for an hour before. Each test takes one thing of that away.
class ReleaseTest : public TownTest {
  protected:
    ReleaseTest() {
        session_->execute(
            "INSERT INTO room_rules (room_id, town_id, release_min) VALUES (1, 1, 30)");
        session_->execute("UPDATE door_agents SET public_key = 'k', confirmed_at = 1");
        session_->execute(
            "INSERT INTO door_phases (door_id, town_id, phase, since) VALUES (2, 1, 'locked', 1)");
        booking_ = approved();
        take(row("journal_started", "", start() - 24h));
        hear(start() - 1h, told());
    }

    [[nodiscard]] sys_seconds start() const { return booking_.slot.at.start; }
    [[nodiscard]] sys_seconds from() const { return start() - 10min; }
    [[nodiscard]] sys_seconds due() const { return start() + 30min; }
    /// What was read until the time is here when the agent has come since then.
    [[nodiscard]] sys_seconds told() const { return due() + 1min; }

    /// A row of the agent's journal, and the town's answer at once.
    access::JournalEvent row(const std::string& kind, const std::string& door, sys_seconds at) {
        access::JournalEvent event;
        event.sequence = ++sequence_;
        event.kind = kind;
        event.clock = "trusted";
        event.door = door;
        event.occurred_at = at;
        return event;
    }
    access::JournalEvent pass_at(sys_seconds at) {
        auto event = row("granted", "entrance", at);
        event.reason = "granted_booking";
        event.pass = access::ShownPass{number("SELECT MAX(pass_id) FROM credentials"), 0};
        return event;
    }
    void take(const access::JournalEvent& event) {
        const access::EventBatch batch{std::string(32, 'a'), "", {event}};
        const auto done =
            writer_.run([&](store::Session& session) -> tl::expected<bool, access::EventFault> {
                const auto taken = access::take_events(
                    session, access::TownId{1}, access::AgentId{1}, batch, event.occurred_at + 1s);
                return taken ? tl::expected<bool, access::EventFault>(true)
                             : tl::unexpected(taken.error());
            });
        ASSERT_TRUE(done.value());
    }
    /// The agent comes every 25 seconds, and at `until`.
    void hear(sys_seconds first, sys_seconds until, const std::string& clock = "trusted") {
        (void)writer_.run([&](store::Session& session) -> tl::expected<bool, bool> {
            for (sys_seconds at = first; at < until; at += 25s) {
                note(session, at, clock);
            }
            note(session, until, clock);
            return true;
        });
    }
    static void note(store::Session& session, sys_seconds at, const std::string& clock) {
        access::note_status(session, access::TownId{1}, access::AgentId{1}, {0, 0, clock}, at);
    }

    /// The first doubt, ten seconds after all was told; empty: none.
    std::string doubt() { return doubt_at(told() + 10s); }
    std::string doubt_at(sys_seconds now) {
        const auto found = release_doubt(*session_, kTown, booking_, now);
        return found ? std::string(word_of(*found)) : "";
    }
    void tick(sys_seconds now) {
        store::Readers readers(database_.database(), 1);
        ReleaseWatch().tick(readers, writer_, kTown, now);
    }
    [[nodiscard]] std::int64_t seconds_of(sys_seconds at) const {
        return at.time_since_epoch().count();
    }
    std::string seconds_text(sys_seconds at) const { return std::to_string(seconds_of(at)); }
    std::int64_t count(const std::string& what) { return number("SELECT COUNT(*) FROM " + what); }
    /// Nothing is given back, and the doubt is this one.
    void expect_kept(const std::string& doubted) {
        EXPECT_EQ(doubt(), doubted);
        tick(told() + 10s);
        EXPECT_EQ(count("releases"), 0);
        EXPECT_EQ(number("SELECT end_at FROM bookings"), seconds_of(booking_.slot.at.end));
        EXPECT_EQ(count("credentials WHERE revoked_at IS NULL"), 1);
        EXPECT_EQ(count("outbox WHERE template = 'booking_released'"), 0);
    }

    std::int64_t sequence_ = 0;
    Booking booking_;
};

}  // namespace creneau::booking
