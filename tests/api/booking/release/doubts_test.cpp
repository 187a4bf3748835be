// What keeps it from being proved that nobody came, one thing at a time.
#include "api/booking/release/doubts.hpp"

#include "api/access/agents/agent_store.hpp"
#include "api/audit/audit_store.hpp"
#include "tests/api/booking/release/release_fixture.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>

#include <tl/expected.hpp>

namespace creneau::booking {
namespace {

class Doubts : public ReleaseTest {};
CRENEAU_ON_BOTH_ENGINES(Doubts);

TEST_P(Doubts, ARoomWithoutKnownDoorsKeepsItsSlots) {
    session_->execute("UPDATE doors SET locked = 0");
    expect_kept("no_doors");
    session_->execute("UPDATE doors SET locked = 1 WHERE id = 2");
    EXPECT_EQ(doubt(), "");
    session_->execute("UPDATE access_windows SET start_at = start_at + 1");
    EXPECT_EQ(doubt(), "no_doors") << "its window is another";
    session_->execute("UPDATE rooms SET access_zone_id = NULL");
    EXPECT_EQ(doubt(), "no_doors");
}

TEST_P(Doubts, WhoHasNoWayInIsNotSaidToHaveStayedAway) {
    session_->execute("UPDATE credentials SET not_before = not_before + 1");
    expect_kept("no_way_in");
    session_->execute(
        "INSERT INTO badges (id, town_id, number_sealed, number_mark, holder_kind, holder_id,"
        " from_at, changed_at) VALUES (1, 1, 'a', 'a', 'association', 1, 1, 1)");
    EXPECT_EQ(doubt(), "") << "a badge is one";
    session_->execute("UPDATE badges SET state = 'lost'");
    EXPECT_EQ(doubt(), "no_way_in");
    session_->execute("UPDATE badges SET state = 'issued'");
    session_->execute("UPDATE credentials SET revoked_at = " + seconds_text(from()));
    EXPECT_EQ(doubt(), "no_way_in") << "its pass was taken away meanwhile";
}

TEST_P(Doubts, NotWhereAKeyIsLent) {
    session_->execute(
        "INSERT INTO room_ways_in (town_id, room_id, way, from_date) VALUES"
        " (1, 1, 'key', '2026-09-01')");
    expect_kept("other_way_in");
}

TEST_P(Doubts, NotWhereSomebodyCame) {
    take(pass_at(from()));
    expect_kept("came");
    session_->execute("DELETE FROM check_ins");
    EXPECT_EQ(doubt(), "door_used");
}

TEST_P(Doubts, WhoIsLetInEarlyByTheAllowanceForClocksHasCome) {
    take(pass_at(from() - 300s));
    expect_kept("came");
    session_->execute("DELETE FROM check_ins");
    EXPECT_EQ(doubt(), "door_used");
}

TEST_P(Doubts, WhoWasRefusedBeforeThatIsNobodysArrival) {
    auto refused = row("refused", "entrance", from() - 301s);
    refused.reason = "not_yet_valid";
    take(refused);
    EXPECT_EQ(doubt(), "");
    refused = row("refused", "entrance", from() - 300s);
    refused.reason = "not_yet_valid";
    take(refused);
    EXPECT_EQ(doubt(), "door_used");
}

TEST_P(Doubts, WhoWasLetInShortlyBeforeMayHaveLetOthersIn) {
    auto granted = row("granted", "entrance", from() - 2h - 1s);
    granted.reason = "granted_profile";
    take(granted);
    EXPECT_EQ(doubt(), "");
    granted = row("granted", "entrance", from() - 2h);
    granted.reason = "granted_profile";
    take(granted);
    expect_kept("door_used");
}

TEST_P(Doubts, NotBehindTheLongestSlotBeforeTheWidestMargin) {
    session_->execute(
        "INSERT INTO bookings (town_id, room_id, booker_id, requested_by_id, status, start_at,"
        " end_at, local_start, local_end, attendees, purpose, requested_at)"
        " SELECT town_id, room_id, 4, 4, 'approved', " +
        seconds_text(start() - 270min - 720h) + ", " + seconds_text(start() - 270min) +
        ", local_start, local_end, attendees, purpose, requested_at FROM bookings");
    EXPECT_EQ(doubt(), "");
    session_->execute("UPDATE rooms SET margin_before_min = 240 WHERE id = 1");
    session_->execute("UPDATE access_windows SET start_at = " + seconds_text(start() - 4h));
    session_->execute("UPDATE credentials SET not_before = " + seconds_text(start() - 4h));
    session_->execute("UPDATE door_agents SET unbroken_since = 1");
    EXPECT_EQ(doubt(), "stayed_on");
}

TEST_P(Doubts, NotBehindASlotWhosePeopleMayBeThereStill) {
    auto order = wish();
    order.actor = kAlex;
    order.association = kChess;
    order.start = "2026-12-05T16:00";
    order.end = "2026-12-05T17:20";  // an hour before the choir's window
    const auto before = request(order).value();
    ASSERT_TRUE(approve(before));
    const std::string it = " WHERE id = " + std::to_string(static_cast<std::int64_t>(before.id));
    EXPECT_EQ(doubt(), "");
    session_->execute("UPDATE bookings SET end_at = end_at + 60" + it);
    EXPECT_EQ(doubt(), "stayed_on");
    session_->execute("UPDATE rooms SET access_zone_id = 2 WHERE id = 1");
    session_->execute("UPDATE rooms SET access_zone_id = 1 WHERE id = 2");
    session_->execute("UPDATE bookings SET room_id = 2" + it);
    session_->execute("UPDATE rooms SET access_zone_id = 1 WHERE id = 1");
    EXPECT_EQ(doubt(), "stayed_on") << "another room behind the same door";
    session_->execute("UPDATE rooms SET access_zone_id = 2 WHERE id = 2");
    EXPECT_EQ(doubt(), "") << "another door";
    session_->execute("UPDATE bookings SET room_id = 1" + it);
    session_->execute("UPDATE bookings SET status = 'cancelled'" + it);
    EXPECT_EQ(doubt(), "");
    session_->execute("UPDATE bookings SET status = 'approved'" + it);
    session_->execute(
        "INSERT INTO releases (booking_id, town_id, start_at, booked_until)"
        " SELECT id, town_id, start_at, end_at FROM bookings" +
        it);
    EXPECT_EQ(doubt(), "") << "nobody came for that one";
}

TEST_P(Doubts, NotWhereAnybodyWasSeenAtADoor) {
    auto refused = row("refused", "entrance", start());
    refused.reason = "revoked";
    take(refused);
    expect_kept("door_used");
}

TEST_P(Doubts, NotWhereAnAgentHadSomethingToTell) {
    take(row("policy_accepted", "", start()));
    EXPECT_EQ(doubt(), "") << "an ordinary thing";
    take(row("agent_started", "", start()));
    expect_kept("door_used");
}

TEST_P(Doubts, NotWhereADoorStoodOpen) {
    session_->execute("UPDATE door_phases SET phase = 'open'");
    expect_kept("door_moved");
    session_->execute("UPDATE door_phases SET phase = 'held_open'");
    EXPECT_EQ(doubt(), "door_moved");
    session_->execute("UPDATE door_phases SET phase = 'fire'");
    EXPECT_EQ(doubt(), "door_moved");
    session_->execute("UPDATE door_phases SET phase = 'locked', since = " +
                      seconds_text(from() - 2h));
    EXPECT_EQ(doubt(), "");
    session_->execute("UPDATE door_phases SET since = since + 1");
    EXPECT_EQ(doubt(), "door_moved") << "people may have come in by it";
    session_->execute("DELETE FROM door_phases");
    EXPECT_EQ(doubt(), "door_moved") << "nobody knows how it is";
}

TEST_P(Doubts, NotWhereADoorIsFreeByItsHours) {
    session_->execute(
        "INSERT INTO hours_ahead (town_id, owner_kind, owner_id, time_zone, local_date, start_at,"
        " end_at) VALUES (1, 'door', 2, 'Europe/Paris', '2026-12-05', " +
        seconds_text(from() - 9h) + ", " + seconds_text(from() - 2h + 1s) + ")");
    expect_kept("free_access");
    session_->execute("UPDATE hours_ahead SET end_at = end_at - 1");
    EXPECT_EQ(doubt(), "");
}

TEST_P(Doubts, NotWhereADoorWasOpenedFromAfar) {
    session_->execute(
        "INSERT INTO door_commands (town_id, agent_id, door_id, ground, asked_by_id, asked_at,"
        " offered_to) VALUES (1, 1, 2, 'help', 1, " +
        seconds_text(start()) + ", " + seconds_text(start() + 10s) + ")");
    expect_kept("ordered");
}

TEST_P(Doubts, NotWhereThereWasAnAlarm) {
    session_->execute(
        "INSERT INTO alarms (town_id, kind, agent_id, door_id, begun_at, ended_at, heard_at) VALUES"
        " (1, 'held_open', 1, 2, 1, " +
        seconds_text(from()) + ", " + seconds_text(from()) + ")");
    expect_kept("alarm");
    session_->execute("UPDATE alarms SET ended_at = ended_at - 1");
    EXPECT_EQ(doubt(), "");
    session_->execute("UPDATE alarms SET ended_at = NULL");
    EXPECT_EQ(doubt(), "alarm");
}

TEST_P(Doubts, NotInALockedDownSite) {
    session_->execute(
        "INSERT INTO lockdowns (town_id, site_id, ground, begun_at, begun_by_id) VALUES"
        " (1, 1, 'threat', 1, 1)");
    expect_kept("decided_on_door");
    session_->execute("UPDATE lockdowns SET ended_by_id = 1, ended_at = " + seconds_text(from()));
    EXPECT_EQ(doubt(), "decided_on_door") << "it held within the window";
    session_->execute("UPDATE lockdowns SET ended_at = ended_at - 1");
    EXPECT_EQ(doubt(), "");
}

TEST_P(Doubts, NotWhereADoorIsOutOfServiceOrNobodys) {
    session_->execute("UPDATE doors SET disabled_at = 1 WHERE id = 2");
    expect_kept("door_out");
    session_->execute("UPDATE doors SET disabled_at = NULL, enabled = 0 WHERE id = 2");
    EXPECT_EQ(doubt(), "door_out");
    session_->execute("UPDATE doors SET enabled = 1, agent_id = NULL WHERE id = 2");
    EXPECT_EQ(doubt(), "door_out");
    session_->execute("UPDATE doors SET agent_id = 1 WHERE id = 2");
    EXPECT_EQ(doubt(), "");
    session_->execute("UPDATE door_agents SET public_key = NULL");
    EXPECT_EQ(doubt(), "door_out") << "not enrolled";
    session_->execute("UPDATE door_agents SET public_key = 'k', revoked_at = 1");
    EXPECT_EQ(doubt(), "door_out");
    session_->execute("UPDATE door_agents SET revoked_at = NULL, confirmed_at = " +
                      seconds_text(from() + 1s));
    EXPECT_EQ(doubt(), "door_out") << "enrolled since";
}

TEST_P(Doubts, EveryDoorHasToProveIt) {
    session_->execute("INSERT INTO zone_doors (town_id, zone_id, door_id) VALUES (1, 1, 3)");
    expect_kept("agent_silent");
}

TEST_P(Doubts, NotWhereAnAgentWasAwayForAMoment) {
    hear(told() + 45s, told() + 45s);
    EXPECT_EQ(doubt_at(told() + 50s), "") << "45 seconds are no silence";
    hear(told() + 91s, told() + 2min);
    EXPECT_EQ(doubt_at(told() + 2min), "agent_silent");
    tick(told() + 2min);
    EXPECT_EQ(count("releases"), 0);
    hear(told() + 2min, told() + 80min);
    EXPECT_EQ(doubt_at(told() + 80min), "agent_silent") << "it does not pass";
}

TEST_P(Doubts, NotBeforeEveryAgentWasHeardAfterTheTime) {
    session_->execute("UPDATE door_agents SET seen_at = seen_at - 1");
    expect_kept("agent_silent");
    hear(told() + 9s, told() + 9s);
    EXPECT_EQ(doubt(), "");
    EXPECT_EQ(doubt_at(told() + 55s), "agent_silent") << "nor after it has fallen silent";
    EXPECT_EQ(doubt_at(told() + 8s), "agent_silent") << "nor by a clock that was put back";
}

TEST_P(Doubts, NotWhereAClockWasNotToBeTrusted) {
    hear(told() + 1s, told() + 1s, "holdover");
    expect_kept("agent_silent");
    hear(told() + 2s, told() + 9s);
    EXPECT_EQ(doubt(), "agent_silent") << "it was so for a moment";
}

TEST_P(Doubts, NotWhereTheTownWasAway) {
    (void)writer_.run([](store::Session& session) -> tl::expected<bool, bool> {
        access::forget_unbroken(session, access::TownId{1});
        return true;
    });
    expect_kept("agent_silent");
    hear(told() + 1s, told() + 9s);
    EXPECT_EQ(doubt(), "agent_silent") << "it is heard from now on only";
}

TEST_P(Doubts, NotWhileRowsAreMissing) {
    session_->execute("UPDATE door_agents SET journal_unsent = 1");
    expect_kept("rows_missing");
    session_->execute("UPDATE door_agents SET journal_unsent = 0");
    EXPECT_EQ(doubt(), "");
    take(row("policy_accepted", "", from() - 2h - 1s));
    EXPECT_EQ(doubt(), "");
    ++sequence_;
    take(row("policy_accepted", "", from() - 2h));
    EXPECT_EQ(doubt(), "rows_missing") << "one before it never came";
}

TEST_P(Doubts, NotWhereALastRowIsMissingOrNoneEverCame) {
    session_->execute("UPDATE access_journals SET last_sequence = 2");
    EXPECT_EQ(doubt(), "rows_missing");
    session_->execute("DELETE FROM access_events");
    session_->execute("DELETE FROM access_journals");
    expect_kept("rows_missing");
}

TEST_P(Doubts, AReplacedBoardsJournalIsAskedNoMoreWhenItsRowsArePastTheirTime) {
    session_->execute("UPDATE access_journals SET last_sequence = 2");
    session_->execute(
        "INSERT INTO access_journals (town_id, agent_id, journal, last_sequence, last_hash)"
        " SELECT town_id, agent_id, 'b', 0, '' FROM access_journals");
    EXPECT_EQ(doubt(), "rows_missing") << "some of the old one are here";
    session_->execute("DELETE FROM access_events");
    EXPECT_EQ(doubt(), "");
    session_->execute("UPDATE access_journals SET last_sequence = 1 WHERE journal = 'b'");
    EXPECT_EQ(doubt(), "rows_missing") << "the newest has to be whole";
}

TEST_P(Doubts, NotWhereItWasDecidedAfterItBegan) {
    session_->execute("UPDATE bookings SET decided_at = start_at + 1");
    expect_kept("changed_late");
    session_->execute("UPDATE bookings SET decided_at = start_at");
    EXPECT_EQ(doubt(), "");
}

TEST_P(Doubts, NotWhereSomebodyWroteAnythingAboutItSinceItBegan) {
    (void)writer_.run([&](store::Session& session) -> tl::expected<bool, bool> {
        audit::Line line;
        line.at = start();
        line.actor = kOffice;
        line.action = "booking_moved";
        line.subject_kind = "booking";
        line.subject = static_cast<std::int64_t>(booking_.id);
        audit::append(session, kTown, line);
        return true;
    });
    expect_kept("changed_late");
}

}  // namespace
}  // namespace creneau::booking
