// What doors tell of who came.
#include "api/booking/attendance/attendance.hpp"

#include "api/access/events/event_types.hpp"
#include "api/access/events/take_events.hpp"
#include "tests/api/booking/town_fixture.hpp"

#include <chrono>
#include <cstdint>
#include <string>

#include <tl/expected.hpp>

namespace creneau::booking {
namespace {

using namespace std::chrono_literals;

/// A booking of the choir in kDanton on 5 December, 18:30 to 20:30: its window begins ten minutes
/// before and ends ten minutes after. Agent 1 drives the only locked door.
class Attendances : public TownTest {
  protected:
    Attendances() : booking_(approved()) {
        session_->execute("UPDATE door_agents SET public_key = 'k', clock = 'trusted'");
    }
    access::JournalEvent shown_at(std::chrono::sys_seconds at) {
        access::JournalEvent event;
        event.sequence = ++sequence_;
        event.kind = "granted";
        event.reason = "granted_booking";
        event.clock = "trusted";
        event.door = "entrance";
        event.occurred_at = at;
        return event;
    }
    access::JournalEvent pass_at(std::chrono::sys_seconds at) {
        auto event = shown_at(at);
        event.pass = access::ShownPass{number("SELECT MAX(pass_id) FROM credentials"), 0};
        return event;
    }
    access::JournalEvent badge_at(std::chrono::sys_seconds at) {
        auto event = shown_at(at);
        event.badge = access::BadgeId{1};
        return event;
    }
    void add_badge(const std::string& holder_kind, const std::string& holder) {
        session_->execute(
            "INSERT INTO badges (id, town_id, number_sealed, number_mark, holder_kind, holder_id,"
            " from_at, changed_at) VALUES (1, 1, 'a', 'a', '" +
            holder_kind + "', " + holder + ", 1, 1)");
    }
    void take(const access::JournalEvent& event) {
        const access::EventBatch batch{std::string(32, 'a'), "", {event}};
        const auto done =
            writer_.run([&](store::Session& session) -> tl::expected<bool, access::EventFault> {
                const auto taken = access::take_events(session, access::TownId{1},
                                                       access::AgentId{1}, batch, end() + 1h);
                return taken ? tl::expected<bool, access::EventFault>(true)
                             : tl::unexpected(taken.error());
            });
        ASSERT_TRUE(done.value());
    }
    /// The agent came after the booking's end, with nothing left to tell.
    void told_all() {
        session_->execute("UPDATE door_agents SET journal_unsent = 0, seen_at = " +
                          std::to_string(end().time_since_epoch().count()));
    }
    std::string attendance(std::chrono::seconds later = 1h) {
        return std::string(word_of(attendance_of(*session_, kTown, booking_, end() + later)));
    }
    [[nodiscard]] std::chrono::sys_seconds start() const { return booking_.slot.at.start; }
    [[nodiscard]] std::chrono::sys_seconds end() const { return booking_.slot.at.end; }

    std::int64_t sequence_ = 0;
    Booking booking_;
};
CRENEAU_ON_BOTH_ENGINES(Attendances);

TEST_P(Attendances, APassThatIsLetInIsTheCheckIn) {
    EXPECT_EQ(attendance(), "unknown");
    take(pass_at(start() - 10min - 301s));
    EXPECT_EQ(attendance(), "unknown") << "before its window and any allowance for clocks";
    auto refused = pass_at(start());
    refused.kind = "refused";
    take(refused);
    auto unsure = pass_at(start());
    unsure.clock = "untrusted";
    take(unsure);
    auto elsewhere = pass_at(start());
    elsewhere.door = "semanaz";
    take(elsewhere);
    EXPECT_EQ(attendance(), "unknown");
    take(pass_at(start() - 10min));
    EXPECT_EQ(attendance(), "checked_in");
    take(pass_at(start() + 1h));
    EXPECT_EQ(attendance(), "checked_in");
    EXPECT_EQ(number("SELECT COUNT(*) FROM check_ins"), 1);
}

TEST_P(Attendances, APassThatIsLetInByTheAllowanceForClocksIsTheCheckIn) {
    take(pass_at(start() - 10min - 300s));
    EXPECT_EQ(attendance(), "checked_in");
    session_->execute("DELETE FROM check_ins");
    take(pass_at(end() + 10min + 299s));
    EXPECT_EQ(attendance(), "checked_in") << "and so late";
    session_->execute("DELETE FROM check_ins");
    take(pass_at(end() + 10min + 300s));
    EXPECT_EQ(attendance(), "unknown");
}

TEST_P(Attendances, ABadgeOfItsAssociationIsTheCheckIn) {
    add_badge("association", "1");
    take(badge_at(end() + 10min));
    EXPECT_EQ(attendance(), "unknown") << "its window is over";
    take(badge_at(end() + 9min));
    EXPECT_EQ(attendance(), "checked_in");
}

TEST_P(Attendances, ABadgeOfAnotherAssociationOrOfStaffIsNone) {
    add_badge("association", "2");
    take(badge_at(start()));
    EXPECT_EQ(attendance(), "unknown");
    session_->execute("UPDATE badges SET holder_kind = 'person', holder_id = 1");
    take(badge_at(start()));
    EXPECT_EQ(attendance(), "unknown");
    session_->execute("UPDATE badges SET holder_kind = 'association', holder_id = 1");
    take(badge_at(start()));
    EXPECT_EQ(attendance(), "checked_in");
}

TEST_P(Attendances, NobodyCameOnceEveryDoorHasToldAll) {
    session_->execute("UPDATE door_agents SET seen_at = " +
                      std::to_string(end().time_since_epoch().count() - 1));
    EXPECT_EQ(attendance(), "unknown") << "it is not over";
    told_all();
    EXPECT_EQ(attendance(), "no_show");
    session_->execute("UPDATE door_agents SET journal_unsent = 1 WHERE id = 1");
    EXPECT_EQ(attendance(), "unknown") << "rows are on their way";
    told_all();
    session_->execute("UPDATE door_agents SET clock = 'untrusted' WHERE id = 1");
    EXPECT_EQ(attendance(), "unknown") << "nobody knows when they were";
    session_->execute("UPDATE door_agents SET clock = 'holdover' WHERE id = 1");
    EXPECT_EQ(attendance(), "no_show");
    session_->execute("UPDATE doors SET agent_id = NULL WHERE id = 2");
    EXPECT_EQ(attendance(), "unknown") << "a door that nobody drives";
    session_->execute("UPDATE doors SET agent_id = 1 WHERE id = 2");
    take(pass_at(start()));
    EXPECT_EQ(attendance(), "checked_in");
}

TEST_P(Attendances, IsUnknownWhereThereIsAnotherWayIn) {
    told_all();
    EXPECT_EQ(attendance(), "no_show");
    session_->execute(
        "INSERT INTO room_ways_in (town_id, room_id, way, from_date, until_date) VALUES"
        " (1, 1, 'key', '2026-09-01', '2026-12-05')");
    EXPECT_EQ(attendance(), "no_show") << "until the day before";
    session_->execute("UPDATE room_ways_in SET until_date = '2026-12-06' WHERE way = 'key'");
    EXPECT_EQ(attendance(), "unknown");
}

TEST_P(Attendances, IsUnknownWhereSomebodyGotInByAnotherRight) {
    add_badge("person", "1");
    told_all();
    take(badge_at(start() - 10min - 301s));
    take(badge_at(end() + 10min));
    auto refused = badge_at(start());
    refused.kind = "refused";
    take(refused);
    auto elsewhere = badge_at(start());
    elsewhere.door = "semanaz";
    take(elsewhere);
    EXPECT_EQ(attendance(), "no_show")
        << "outside of its window, refused, at no door that is known";
    take(badge_at(start() - 10min));
    EXPECT_EQ(attendance(), "unknown");
}

TEST_P(Attendances, IsUnknownWhereADoorStoodOpenForAll) {
    told_all();
    auto open = shown_at(start() + 1min);
    open.kind = "door_state";
    open.reason = "free_access";
    take(open);
    EXPECT_EQ(attendance(), "unknown");
}

TEST_P(Attendances, IsNoNoShowOnceTheLogHasForgotten) {
    told_all();
    EXPECT_EQ(attendance(24h * 80), "no_show");
    EXPECT_EQ(attendance(24h * 95), "unknown");
}

TEST_P(Attendances, StaysWithTheSlotThatSomebodyCameFor) {
    take(pass_at(start()));
    ASSERT_EQ(attendance(), "checked_in");
    booking_ = move(booking_, "2026-12-12T18:30", "2026-12-12T20:30").value();
    EXPECT_EQ(attendance(), "unknown");
    take(pass_at(start()));
    EXPECT_EQ(attendance(), "checked_in");
    booking_ = cancel(booking_, kOffice, "property_management").value();
    EXPECT_EQ(attendance(), "unknown") << "given up";
}

}  // namespace
}  // namespace creneau::booking
