#include "api/estate/import_town.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"
#include "tests/api/estate/town_text.hpp"
#include "tests/support/test_database.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::estate {
namespace {

using nlohmann::json;

constexpr auto kNow = support::kMigratedAt;

/// The small town, its one site in Paris.
class ZoneImport : public testing::TestWithParam<store::Engine> {
  protected:
    ZoneImport() { import(small_town()); }

    tl::expected<ImportReport, std::vector<ImportError>> import(const json& town) {
        const std::string text = town.dump();
        return writer_
            .run([&](store::Session& session) { return import_town(session, text, kNow); })
            .value();
    }
    /// What an import says that puts the site into London; "" when it does.
    std::string move_to_london() {
        json town = small_town();
        town["sites"][0]["time_zone"] = "Europe/London";
        const auto report = import(town);
        if (report) {
            EXPECT_TRUE(import(small_town()).has_value()) << "and back";
            return "";
        }
        EXPECT_EQ(report.error().size(), 1U);
        EXPECT_EQ(report.error()[0].place, "/sites/0/time_zone");
        EXPECT_EQ(report.error()[0].code, "in_use");
        return report.error()[0].detail;
    }
    void execute(const std::string& statement) { database_.open().execute(statement); }

    /// Seconds from now, as SQL.
    static std::string after(int seconds) {
        return std::to_string(kNow.time_since_epoch().count() + seconds);
    }
    static std::string claim_in(const std::string& table, const std::string& more_columns,
                                const std::string& more_values) {
        return "INSERT INTO " + table +
               " (town_id, room_id, booker_id, requested_by_id, status, local_start, local_end,"
               " start_at, end_at, attendees, purpose, layout, " +
               more_columns + ") SELECT r.town_id, r.id, p.id, p.id, " + more_values +
               " FROM rooms r, people p WHERE r.key = 'room' AND p.key = 'ann'";
    }

    support::TestDatabase database_{GetParam()};
    store::Writer writer_{database_.database()};
};
CRENEAU_ON_BOTH_ENGINES(ZoneImport);

TEST_P(ZoneImport, MovesASiteWhoseTimeIsFree) {
    EXPECT_EQ(move_to_london(), "");
}

TEST_P(ZoneImport, LeavesASiteWithAClosureToComeInItsZone) {
    execute(
        "INSERT INTO closures (town_id, site_id, kind, reason, local_start, local_end, start_at,"
        " end_at, created_at, created_by_id) SELECT s.town_id, s.id, 'works', 'x', '', '', " +
        after(-60) + ", " + after(60) + ", 0, p.id FROM sites s, people p WHERE p.key = 'ann'");
    EXPECT_EQ(move_to_london(),
              "closures to come were made in the old time zone; "
              "move or end them first");
    execute("UPDATE closures SET removed_at = 1");
    EXPECT_EQ(move_to_london(), "");
    execute("UPDATE closures SET removed_at = NULL, end_at = " + after(0));
    EXPECT_EQ(move_to_london(), "") << "it is over";
}

TEST_P(ZoneImport, LeavesASiteWithAHoldInItsZone) {
    execute(claim_in("holds", "expires_at, placed_at",
                     "'held', '', '', " + after(3600) + ", " + after(7200) + ", 1, 'x', '', " +
                         after(60) + ", 0"));
    EXPECT_EQ(move_to_london(),
              "holds to come were made in the old time zone; "
              "move or end them first");
    execute("UPDATE holds SET expires_at = " + after(0));
    EXPECT_EQ(move_to_london(), "") << "nobody sees it any more";
    execute("UPDATE holds SET status = 'released', expires_at = " + after(60));
    EXPECT_EQ(move_to_london(), "");
}

TEST_P(ZoneImport, LeavesASiteThatSomebodyWaitsForInItsZone) {
    execute(claim_in("waits", "asked_at",
                     "'waiting', '', '', " + after(3600) + ", " + after(7200) + ", 1, 'x', '', 0"));
    EXPECT_EQ(move_to_london(),
              "waits to come were made in the old time zone; "
              "move or end them first");
    execute("UPDATE waits SET start_at = " + after(0));
    EXPECT_EQ(move_to_london(), "") << "it has begun";
    execute("UPDATE waits SET status = 'left', start_at = " + after(60));
    EXPECT_EQ(move_to_london(), "");
}

TEST_P(ZoneImport, NamesAllThatRestsOnTheZone) {
    execute(claim_in("waits", "asked_at",
                     "'waiting', '', '', " + after(3600) + ", " + after(7200) + ", 1, 'x', '', 0"));
    execute(
        "INSERT INTO bookings (town_id, room_id, booker_id, requested_by_id, status, local_start,"
        " local_end, start_at, end_at, attendees, purpose, requested_at) SELECT r.town_id, r.id,"
        " p.id, p.id, 'pending', '', '', " +
        after(3600) + ", " + after(7200) +
        ", 1, 'x', 0 FROM rooms r, people p WHERE r.key = 'room' AND p.key = 'ann'");
    EXPECT_EQ(move_to_london(),
              "bookings, waits to come were made in the old time zone; "
              "move or end them first");
}

}  // namespace
}  // namespace creneau::estate
