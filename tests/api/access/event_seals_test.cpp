#include "api/access/events/event_seal_store.hpp"
#include "api/access/events/seal_events.hpp"
#include "api/access/events/take_events.hpp"
#include "api/privacy/erasure_store.hpp"
#include "api/privacy/keep_retention.hpp"
#include "api/privacy/retention_store.hpp"
#include "api/store/readers.hpp"
#include "api/store/writer.hpp"
#include "tests/api/access/doors_town.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace creneau::access {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::sys_seconds;

/// Two events of today and one of 80 days ago that came late: by a pass, a badge, and neither.
class EventSeals : public DoorsTown {
  protected:
    EventSeals() {
        auto by_pass = event(1, now_ - minutes{10});
        by_pass.pass = ShownPass{1001, 0};
        auto by_badge = event(2, now_ - minutes{5});
        by_badge.badge = kStaffBadge;
        const std::vector events{by_pass, by_badge, event(3, kLate)};
        EXPECT_TRUE(take_events(session, TownId{1}, kAgent,
                                {std::string(32, 'a'), std::string(64, '0'), events}, now_));
    }
    static JournalEvent event(std::int64_t sequence, sys_seconds at) {
        JournalEvent one;
        one.sequence = sequence;
        one.kind = "granted";
        one.occurred_at = at;
        one.clock = "trusted";
        one.door = "entrance";
        one.reader = "entrance-qr";
        one.reason = "granted_booking";
        return one;
    }
    std::int64_t seal(sys_seconds at) { return seal_due_events(readers, writer, kTown, at); }
    VerifiedEvents verified(sys_seconds at) { return verify_events(session, kTown, at); }
    std::int64_t lines() {
        return number("SELECT COUNT(*) FROM audit WHERE action = 'access_log_sealed'");
    }
    /// What the night does when so much is kept.
    void purge(sys_seconds before) {
        const privacy::DueRows due{"access_events", before, 0};
        const auto rows = privacy::select_due_rows(session, kTown, due, 200);
        EXPECT_EQ(privacy::purge_rows(session, kTown, due, rows), 1);
    }

    static constexpr sys_seconds kLate = kNow - days{80};
    const sys_seconds kMidnight = floor<days>(kNow) + days{1};
    store::Readers readers{database.database(), 1};
    store::Writer writer{database.database()};
};
CRENEAU_ON_BOTH_ENGINES(EventSeals);

TEST_P(EventSeals, CoverADayOnceItIsOver) {
    EXPECT_EQ(seal(kMidnight + minutes{4}), 0);
    EXPECT_EQ(verified(kMidnight).unsealed, 3);
    EXPECT_EQ(seal(kMidnight + minutes{5}), 3);
    EXPECT_EQ(lines(), 2) << "of what happened on two days";
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE action = 'access_log_sealed'"
                     " AND log = 'security' AND subject_kind = 'day' AND subject_id = 20261130"),
              1);
    const auto found = verified(kMidnight + hours{1});
    EXPECT_FALSE(found.broken) << *found.broken;
    EXPECT_EQ(found.days, 2);
    EXPECT_EQ(found.unsealed, 0);
    EXPECT_EQ(seal(kMidnight + hours{1}), 0);
    EXPECT_EQ(lines(), 2);
}

TEST_P(EventSeals, MissNoChange) {
    seal(kMidnight + minutes{5});
    const std::vector<std::string> changes{
        "UPDATE access_events SET reason = 'revoked' WHERE sequence = 1",
        "UPDATE access_events SET kind = 'refused' WHERE sequence = 1",
        "UPDATE access_events SET door_id = 1 WHERE sequence = 1",
        "UPDATE access_events SET occurred_at = occurred_at + 1 WHERE sequence = 1",
        "UPDATE access_events SET count = 2 WHERE sequence = 3",
        "UPDATE access_events SET pass_number = 7 WHERE sequence = 1",
        "UPDATE access_events SET pass_number = 7, shown_salt = '' WHERE sequence = 1",
        "UPDATE access_events SET badge_id = NULL WHERE sequence = 2",
        "UPDATE access_events SET badge_id = NULL, shown_salt = '', shown_mark = ''"
        " WHERE sequence = 2",
        "UPDATE access_events SET seal = NULL WHERE sequence = 2",
        "UPDATE access_events SET seal = 2 WHERE sequence = 2",
        "UPDATE access_events SET kept_since = kept_since - 86400 WHERE sequence = 2",
        "DELETE FROM access_events WHERE sequence = 3",
        "INSERT INTO access_events (town_id, journal_id, sequence, kind, reason, clock, reader,"
        " count, occurred_at, received_at, kept_since, seal) SELECT town_id, journal_id, 9, kind,"
        " reason, clock, reader, 1, occurred_at, received_at, kept_since, seal FROM access_events"
        " WHERE sequence = 2"};
    for (const auto& change : changes) {
        session.execute("BEGIN");
        session.execute(change);
        EXPECT_TRUE(verified(kMidnight + hours{1}).broken) << change;
        session.execute("ROLLBACK");
    }
    EXPECT_FALSE(verified(kMidnight + hours{1}).broken);
}

TEST_P(EventSeals, HoldWhereSomebodyWasErased) {
    seal(kMidnight + minutes{5});
    privacy::erase_traces(session, kTown, kAmelie, kMidnight + hours{1});
    privacy::erase_traces(session, kTown, kOffice, kMidnight + hours{1});
    EXPECT_EQ(number("SELECT COUNT(*) FROM access_events WHERE pass_number IS NOT NULL"
                     " OR badge_id IS NOT NULL"),
              0);
    EXPECT_FALSE(verified(kMidnight + hours{2}).broken);
    session.execute("UPDATE access_events SET pass_number = 1 WHERE sequence = 1");
    EXPECT_TRUE(verified(kMidnight + hours{2}).broken) << "what was taken is not put back";
}

TEST_P(EventSeals, LetWholeDaysBePurgedWhileTheRestVerifies) {
    seal(kMidnight + minutes{5});
    purge(floor<days>(kLate) + days{1});
    EXPECT_TRUE(verified(kMidnight + hours{1}).broken) << "before its time";
    const auto later = verified(kLate + days{100});
    EXPECT_FALSE(later.broken) << *later.broken;
    EXPECT_EQ(later.purged, 1);
    EXPECT_EQ(later.days, 1);
}

TEST_P(EventSeals, KnowHowLongRowsWereKeptMeanwhile) {
    seal(kMidnight + minutes{5});
    session.execute(
        "INSERT INTO person_roles (town_id, person_id, role) VALUES (1, 8, 'administrator')");
    const auto kept_for = [this](std::int64_t months) {
        return privacy::set_retention(
                   session, {kTown, kOffice, "access_events", months, "2026-41", kMidnight})
            .has_value();
    };
    ASSERT_TRUE(kept_for(1));
    purge(floor<days>(kLate) + days{1});
    ASSERT_TRUE(kept_for(3));
    const auto found = verified(kMidnight + hours{1});
    EXPECT_FALSE(found.broken) << *found.broken;
}

TEST_P(EventSeals, AreNumberedOnFromTheLast) {
    seal(kMidnight + minutes{5});
    const auto next = kMidnight + hours{2};
    EXPECT_TRUE(take_events(session, TownId{1}, kAgent,
                            {std::string(32, 'b'), "", {event(1, next)}}, next));
    EXPECT_EQ(seal(kMidnight + days{2}), 1);
    EXPECT_EQ(select_last_run(session, TownId{1}), 2);
    EXPECT_EQ(select_event_seals(session, TownId{1}).size(), 3U);
    EXPECT_FALSE(verified(kMidnight + days{2}).broken);
    EXPECT_EQ(seal_due_events(readers, writer, kOtherTown, kMidnight + days{2}), 0);
}

}  // namespace
}  // namespace creneau::access
