#include "api/http/availability_page.hpp"
#include "api/http/closure_routes.hpp"
#include "api/http/estate_routes.hpp"
#include "api/http/wire.hpp"
#include "tests/api/http/called_routes.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {
namespace {

using booking::kOffice;
using nlohmann::json;

std::vector<TimePiece> three_pieces() {
    const auto piece = [](std::int64_t start, TimeList list) {
        return TimePiece{start, list, [start] { return json{{"at", start}}.dump(); }};
    };
    return {piece(30, TimeList::free), piece(10, TimeList::busy), piece(30, TimeList::closures)};
}

json page_of(const std::optional<std::int64_t>& from, std::size_t most) {
    return json::parse(availability_page({{"room_id", 1}}, three_pieces(), from, most));
}

TEST(AvailabilityPage, HoldsEachListByStart) {
    EXPECT_EQ(page_of({}, 1000),
              json::parse(R"({"room_id": 1, "busy": [{"at": 10}], "closures": [{"at": 30}],
                              "free": [{"at": 30}], "next": null})"));
    EXPECT_EQ(json::parse(availability_page({{"room_id", 1}}, {}, {}, 1000)),
              json::parse(R"({"room_id": 1, "busy": [], "closures": [], "free": [],
                              "next": null})"));
}

TEST(AvailabilityPage, IsCutBetweenStartsAndHoldsOneAtLeast) {
    const auto first = page_of({}, 1);
    EXPECT_EQ(first["busy"].size(), 1U);
    EXPECT_EQ(first["closures"].size() + first["free"].size(), 0U);
    EXPECT_EQ(first["next"], "30");
    const auto rest = page_of(30, 1);
    EXPECT_TRUE(rest["busy"].empty());
    EXPECT_EQ(rest["closures"].size() + rest["free"].size(), 2U) << "one start, one page";
    EXPECT_EQ(rest["next"], nullptr);
    EXPECT_TRUE(page_of(31, 1)["free"].empty());
}

class Availability : public CalledRoutes {
  protected:
    Availability() {
        add_closure_routes(routes_);
        add_estate_routes(routes_);
    }
    /// Ten minutes of room 1 every twenty, from 2 December 2026, 00:00 UTC.
    void fill(int count) {
        session_->execute(
            "INSERT INTO occupancies (space_id, start_at, end_at, town_id, source_kind, source_id)"
            " WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < " +
            std::to_string(count) +
            ") SELECT 1, 1796169600 + i * 1200, 1796169600 + i * 1200 + 600, 1, 'booking', i + 1"
            " FROM n");
    }
    static constexpr auto kPath = "/api/v1/rooms/1/availability";
};
CRENEAU_ON_BOTH_ENGINES(Availability);

TEST_P(Availability, OfAFullSeasonComesInPagesThatTogetherAreAllOfIt) {
    expect(201, kOffice, "POST", "/api/v1/closures",
           {{"room_id", 1},
            {"first_date", "2027-02-26"},
            {"last_date", "2027-02-27"},
            {"kind", "works"},
            {"reason", "Parquet"}});
    fill(6000);
    const Query range{{"from", "2026-12-02T00:00:00Z"}, {"to", "2027-03-03T00:00:00Z"}};
    json busy = json::array();
    json free = json::array();
    std::size_t closures = 0;
    int pages = 0;
    json next;
    do {
        auto query = range;
        if (pages > 0) {
            query.emplace_back("cursor", next.get<std::string>());
        }
        const auto response = call({}, "GET", kPath, nullptr, query);
        ASSERT_EQ(response.status, 200) << response.body;
        EXPECT_LE(response.body.size(), kMaxAnswer);
        const auto page = json::parse(response.body);
        EXPECT_EQ(page["to"], "2027-03-03T00:00:00Z");
        busy.insert(busy.end(), page["busy"].begin(), page["busy"].end());
        free.insert(free.end(), page["free"].begin(), page["free"].end());
        closures += page["closures"].size();
        next = page["next"];
    } while (!next.is_null() && ++pages < 100);
    EXPECT_GE(pages, 2);
    ASSERT_EQ(busy.size(), 6001U);
    ASSERT_EQ(free.size(), 6001U);
    EXPECT_EQ(closures, 1U);
    for (std::size_t at = 0; at < busy.size(); ++at) {
        ASSERT_EQ(free[at]["start_at"], busy[at]["end_at"]) << at;
    }
    EXPECT_EQ(free.back()["end_at"], "2027-03-03T00:00:00Z");
}

TEST_P(Availability, IsFreeWithinOpeningHoursAndClearOfBuffers) {
    session_->execute(
        "INSERT INTO room_rules (town_id, room_id, setup_min, teardown_min) VALUES (1, 1, 30, 15);"
        "INSERT INTO opening_hours (town_id, room_id, weekday, from_min, until_min) VALUES"
        " (1, 1, 6, 480, 1320), (1, 1, 7, 600, 720)");
    ASSERT_TRUE(request(wish()));
    const Query range{{"from", "2026-12-05T00:00:00Z"}, {"to", "2026-12-07T00:00:00Z"}};
    const auto availability = expect(200, {}, "GET", kPath, nullptr, range);
    std::string free;
    for (const auto& slot : availability["free"]) {
        free += slot["start"].get<std::string>().substr(8) + '-' +
                slot["end"].get<std::string>().substr(11) + ' ';
    }
    // Saturday 8:00 to 22:00, about 18:30 to 20:30; Sunday 10:00 to noon.
    EXPECT_EQ(free, "05T08:00-18:00 05T21:00-22:00 06T10:00-12:00 ");
}

TEST_P(Availability, OfAnOrdinaryWeekIsOnePage) {
    fill(3);
    const Query range{{"from", "2026-12-02T00:00:00Z"}, {"to", "2026-12-09T00:00:00Z"}};
    const auto page = expect(200, {}, "GET", kPath, nullptr, range);
    EXPECT_EQ(page["busy"].size(), 3U);
    EXPECT_EQ(page["next"], nullptr);
    for (const auto* cursor : {"soon", "-1", "1-2"}) {
        auto query = range;
        query.emplace_back("cursor", cursor);
        EXPECT_EQ(expect(422, {}, "GET", kPath, nullptr, query)["errors"][0]["field"], "cursor");
    }
}

}  // namespace
}  // namespace creneau::http
