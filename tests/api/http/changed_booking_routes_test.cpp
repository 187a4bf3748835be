#include "api/booking/equipment/preparation.hpp"
#include "api/http/booking_routes.hpp"
#include "api/http/equipment_answers.hpp"
#include "api/http/equipment_routes.hpp"
#include "api/http/estate_routes.hpp"
#include "tests/api/http/called_routes.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>

#include <nlohmann/json.hpp>

namespace creneau::http {
namespace {

using booking::kCamille;
using booking::kOffice;
using nlohmann::json;

class ChangedBooking : public CalledRoutes {
  protected:
    ChangedBooking() {
        add_booking_routes(routes_);
        add_equipment_routes(routes_);
        add_estate_routes(routes_);
    }

    static json wish_of(const std::string& start, const std::string& end) {
        return {{"room_id", 1},    {"start", start},          {"end", end},
                {"attendees", 12}, {"purpose", "Répétition"}, {"association_id", 1}};
    }
    /// The path of an approved one.
    std::string approved() {
        const auto made = expect(201, kCamille, "POST", "/api/v1/bookings",
                                 wish_of("2026-12-05T18:30", "2026-12-05T20:30"));
        auto path = "/api/v1/bookings/" + made["id"].dump();
        expect(200, kOffice, "POST", path + "/approve", json::object());
        return path;
    }
    static json same_slot(const std::string& field, const json& value) {
        return {{"start", "2026-12-05T18:30"}, {"end", "2026-12-05T20:30"}, {field, value}};
    }
};
CRENEAU_ON_BOTH_ENGINES(ChangedBooking);

TEST_P(ChangedBooking, ItsPeopleAndPurposeChangeInTheSameSlot) {
    const auto path = approved();
    const auto fewer = expect(200, kCamille, "POST", path + "/move", same_slot("attendees", 8));
    EXPECT_EQ(fewer["attendees"], 8);
    EXPECT_EQ(fewer["status"], "approved") << "it takes no more than was approved";
    const auto before = traces();
    const auto crowd = expect(422, kCamille, "POST", path + "/move", same_slot("attendees", 4711));
    EXPECT_EQ(crowd["errors"][0]["code"], "over_capacity");
    EXPECT_EQ(crowd["errors"][0]["field"], "/attendees");
    const auto silent = expect(422, kCamille, "POST", path + "/move", same_slot("purpose", ""));
    EXPECT_EQ(silent["errors"][0]["field"], "/purpose");
    EXPECT_EQ(traces(), before);
    const auto other = expect(200, kCamille, "POST", path + "/move", same_slot("purpose", "Bal"));
    EXPECT_EQ(other["purpose"], "Bal");
    EXPECT_EQ(other["attendees"], 8);
    EXPECT_EQ(other["status"], "pending") << "the office approved something else";
}

TEST_P(ChangedBooking, ADayToPrepareGoesOnWhereItsPageEnds) {
    for (const char* hour : {"08", "10", "12"}) {
        const auto at = std::string("2026-12-05T") + hour;
        expect(201, kCamille, "POST", "/api/v1/bookings", wish_of(at + ":00", at + ":45"));
    }
    const Query day{{"site", "1"}, {"day", "2026-12-05"}};
    const auto whole = expect(200, kOffice, "GET", "/api/v1/preparation", nullptr, day);
    ASSERT_EQ(whole["items"].size(), 3U);
    EXPECT_EQ(whole["next"], nullptr);
    auto later = day;
    later.emplace_back("cursor", "1796461200");  // 10:00 in Paris
    const auto rest = expect(200, kOffice, "GET", "/api/v1/preparation", nullptr, later);
    EXPECT_EQ(rest["items"], json({whole["items"][1], whole["items"][2]}));
    later.back().second = "soon";
    expect(422, kOffice, "GET", "/api/v1/preparation", nullptr, later);
}

TEST(PreparationPage, IsCutBetweenInstantsAndLeadsToTheNext) {
    booking::DayPlan plan;
    plan.site.time_zone = "Europe/Paris";
    for (const int hour : {8, 8, 10}) {
        booking::Preparation item;
        item.booking = booking::BookingId{static_cast<std::int64_t>(plan.items.size()) + 1};
        item.with_buffers.start = booking::kNow + std::chrono::hours(hour);
        item.with_buffers.end = item.with_buffers.start + std::chrono::hours(1);
        item.slot.at = item.with_buffers;
        plan.items.push_back(item);
    }
    const auto first = json::parse(preparation_page(plan, 0, 600));
    ASSERT_EQ(first["items"].size(), 2U) << "what is set up together stays together";
    const auto next = std::stoll(first["next"].get<std::string>());
    const auto second = json::parse(preparation_page(plan, next, 600));
    ASSERT_EQ(second["items"].size(), 1U);
    EXPECT_EQ(second["items"][0]["booking_id"], 3);
    EXPECT_EQ(second["next"], nullptr);
}

}  // namespace
}  // namespace creneau::http
