#include "tests/api/estate/import_fixture.hpp"
#include "tests/api/estate/town_text.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include <nlohmann/json.hpp>

namespace creneau::estate {
namespace {

using nlohmann::json;

class StockImport : public TownImportTest {
  protected:
    /// A booking of the small town's room that takes so many chairs from one hour to another,
    /// counted from now; answers its id.
    std::int64_t take(int chairs, int from_hour, int to_hour) {
        const auto hour = [](int after) {
            return std::to_string(kNow.time_since_epoch().count() + 3600 * after);
        };
        execute(
            "INSERT INTO bookings (town_id, room_id, booker_id, requested_by_id, status, "
            "local_start, local_end, start_at, end_at, attendees, purpose, requested_at) "
            "SELECT r.town_id, r.id, p.id, p.id, 'approved', '', '', " +
            hour(from_hour) + ", " + hour(to_hour) +
            ", 1, 'x', 0 FROM rooms r, people p WHERE r.key = 'room' AND p.key = 'ann'");
        execute(
            "INSERT INTO equipment_takings (equipment_id, start_at, source_kind, source_id, "
            "end_at, quantity, town_id) SELECT e.id, b.start_at, 'booking', b.id, b.end_at, " +
            std::to_string(chairs) +
            ", b.town_id FROM equipment e, bookings b WHERE e.key = 'chairs' "
            "AND b.id = (SELECT max(id) FROM bookings)");
        return number("SELECT max(id) FROM bookings");
    }
};
CRENEAU_ON_BOTH_ENGINES(StockImport);

TEST_P(StockImport, LowersAStockOnlyToWhatBookingsTakeAndNamesThem) {
    ASSERT_TRUE(import(small_town()).has_value());
    take(20, -30, -20);
    const auto first = take(7, -1, 3);
    const auto second = take(6, 2, 5);
    take(12, 5, 6);
    json town = small_town();
    town["equipment"][0]["stock"] = 12;
    town["equipment"][0]["site"] = "hall";
    const auto report = import(town);
    ASSERT_FALSE(report.has_value());
    ASSERT_EQ(report.error().size(), 2U);
    EXPECT_EQ(report.error()[0].place, "/equipment/0/stock");
    EXPECT_EQ(report.error()[0].code, "in_use");
    EXPECT_EQ(report.error()[0].detail, "13 are taken at once by bookings " +
                                            std::to_string(first) + ", " + std::to_string(second) +
                                            "; change or cancel them first");
    EXPECT_EQ(report.error()[1].place, "/equipment/0/site");
    EXPECT_EQ(number("SELECT stock FROM equipment WHERE key = 'chairs'"), 20);
    town = small_town();
    town["equipment"][0]["stock"] = 13;
    EXPECT_TRUE(import(town).has_value());
}

TEST_P(StockImport, LowersAStockOnlyToWhatHoldsTakeWhileTheyHold) {
    ASSERT_TRUE(import(small_town()).has_value());
    take(7, 1, 3);
    const auto booking = take(6, 2, 5);
    const auto until = [&](int after) {
        execute("DELETE FROM equipment_takings WHERE quantity = 7");
        execute(
            "INSERT INTO equipment_takings (equipment_id, start_at, source_kind, source_id, end_at,"
            " quantity, town_id, expires_at) SELECT e.id, " +
            std::to_string(kNow.time_since_epoch().count() + 3600) + ", 'hold', 41, " +
            std::to_string(kNow.time_since_epoch().count() + 3 * 3600) + ", 7, e.town_id, " +
            std::to_string(kNow.time_since_epoch().count() + after) +
            " FROM equipment e WHERE e.key = 'chairs'");
    };
    until(60);
    json town = small_town();
    town["equipment"][0]["stock"] = 12;
    const auto report = import(town);
    ASSERT_FALSE(report.has_value());
    EXPECT_EQ(report.error()[0].detail, "13 are taken at once by bookings " +
                                            std::to_string(booking) +
                                            " and holds 41; change or cancel them first");
    until(0);
    EXPECT_TRUE(import(town).has_value());
}

}  // namespace
}  // namespace creneau::estate
