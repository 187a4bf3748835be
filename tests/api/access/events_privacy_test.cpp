#include "api/access/events/take_events.hpp"
#include "api/privacy/erasure_store.hpp"
#include "api/privacy/export_store.hpp"
#include "api/privacy/retention_rules.hpp"
#include "api/privacy/retention_store.hpp"
#include "tests/api/access/doors_town.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace creneau::access {
namespace {

using std::chrono::days;

class AccessLogPrivacy : public DoorsTown {
  protected:
    AccessLogPrivacy() {
        EventBatch batch{std::string(32, 'b'), "", {}};
        for (std::int64_t sequence = 1; sequence <= 4; ++sequence) {
            JournalEvent event;
            event.sequence = sequence;
            event.kind = "granted";
            event.occurred_at = kNow - days{80};
            event.clock = "trusted";
            batch.events.push_back(event);
        }
        batch.events[0].pass = ShownPass{1001, 0};  // of Amélie
        batch.events[1].pass = ShownPass{1007, 0};  // of the association
        batch.events[2].badge = kStaffBadge;
        batch.events[3].badge = kChoirBadge;
        EXPECT_EQ(take_events(session, TownId{1}, kAgent, batch, kNow).value().added, 4);
    }
    std::int64_t rows() { return number("SELECT COUNT(*) FROM access_events"); }
    std::int64_t exported(const std::string& table, PersonId person) {
        return static_cast<std::int64_t>(
            privacy::select_exported(session, kTown, person, {table, 0, 50}).rows.size());
    }
};
CRENEAU_ON_BOTH_ENGINES(AccessLogPrivacy);

TEST_P(AccessLogPrivacy, ForgetsWhatWasKeptLongEnough) {
    EXPECT_EQ(privacy::find_data_kind("access_events")->most, 3);
    const privacy::DueRows early{"access_events", kNow - days{80}};
    const privacy::DueRows late{"access_events", kNow - days{79}};
    EXPECT_TRUE(privacy::select_due_rows(session, kTown, early, 200).empty());
    EXPECT_TRUE(privacy::select_due_rows(session, kOtherTown, late, 200).empty());
    const auto due = privacy::select_due_rows(session, kTown, late, 3);
    EXPECT_EQ(due.size(), 3U);
    EXPECT_EQ(privacy::purge_rows(session, kTown, early, due), 0) << "not due any more";
    EXPECT_EQ(privacy::purge_rows(session, kTown, late, due), 3);
    EXPECT_EQ(rows(), 1);
}

TEST_P(AccessLogPrivacy, ShowsEverybodyTheirOwn) {
    EXPECT_EQ(exported("pass_events", kAmelie), 1);
    EXPECT_EQ(exported("badge_events", kAmelie), 0);
    EXPECT_EQ(exported("badge_events", kOffice), 1);
    EXPECT_EQ(exported("pass_events", kOffice), 0);
}

TEST_P(AccessLogPrivacy, ForgetsWhoseItWasWithAnErasure) {
    privacy::erase_traces(session, kTown, kAmelie, kNow);
    EXPECT_EQ(number("SELECT COUNT(*) FROM access_events WHERE pass_number = 1"), 0);
    EXPECT_EQ(number("SELECT COUNT(*) FROM access_events WHERE pass_number = 7"), 1);
    privacy::erase_traces(session, kTown, kOffice, kNow);
    EXPECT_EQ(number("SELECT COUNT(*) FROM access_events WHERE badge_id = 1"), 0);
    EXPECT_EQ(number("SELECT COUNT(*) FROM access_events WHERE badge_id = 2"), 1);
    EXPECT_EQ(rows(), 4) << "the door's row stays";
}

}  // namespace
}  // namespace creneau::access
