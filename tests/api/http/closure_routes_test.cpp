#include "api/http/closure_routes.hpp"

#include "api/http/booking_routes.hpp"
#include "api/http/equipment_routes.hpp"
#include "api/http/estate_routes.hpp"
#include "tests/api/http/called_routes.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {
namespace {

using booking::kCamille;
using booking::kOffice;
using nlohmann::json;

class ClosureRoutes : public CalledRoutes {
  protected:
    ClosureRoutes() {
        add_booking_routes(routes_);
        add_closure_routes(routes_);
        add_equipment_routes(routes_);
        add_estate_routes(routes_);
    }

    static json order(const std::string& meets = "refuse") {
        return {{"room_id", 1},    {"first_date", "2026-12-05"}, {"last_date", "2026-12-06"},
                {"kind", "works"}, {"reason", "Parquet"},        {"meets", meets}};
    }
    static json wish_of(const std::string& start, const std::string& end) {
        return {{"room_id", 1},    {"start", start},          {"end", end},
                {"attendees", 12}, {"purpose", "Répétition"}, {"association_id", 1}};
    }
    /// A request on the first day of the closure.
    json booked() {
        return expect(201, kCamille, "POST", "/api/v1/bookings",
                      wish_of("2026-12-05T18:30", "2026-12-05T20:30"));
    }
};
CRENEAU_ON_BOTH_ENGINES(ClosureRoutes);

TEST_P(ClosureRoutes, WholeDaysGoFromMidnightToMidnight) {
    const auto closure = expect(201, kOffice, "POST", "/api/v1/closures", order());
    EXPECT_EQ(closure["start"], "2026-12-05T00:00");
    EXPECT_EQ(closure["end"], "2026-12-07T00:00");
    EXPECT_EQ(closure["space_ids"], json({1}));
    const auto path = "/api/v1/closures/" + closure["id"].dump();
    EXPECT_EQ(expect(200, std::nullopt, "GET", path), closure);
    EXPECT_EQ(expect(200, std::nullopt, "GET", "/api/v1/closures")["items"].size(), 1U);
    const auto elsewhere = CalledRoutes::Query{{"room", "2"}};
    EXPECT_TRUE(
        expect(200, std::nullopt, "GET", "/api/v1/closures", nullptr, elsewhere)["items"].empty());
    expect(403, kCamille, "DELETE", path);
    EXPECT_EQ(call(kOffice, "DELETE", path).status, 204);
    expect(404, kOffice, "DELETE", path);
    expect(404, std::nullopt, "GET", path);
}

TEST_P(ClosureRoutes, WhatIsInTheWayIsListedBeforehandAndInTheRefusal) {
    const auto booking = booked();
    const auto before = traces();
    const auto seen = expect(200, kOffice, "POST", "/api/v1/closures/preview", order());
    EXPECT_EQ(seen["accepted"], false);
    EXPECT_EQ(seen["met"], 1);
    EXPECT_EQ(seen["bookings"][0]["id"], booking["id"]);
    const auto refusal = expect(409, kOffice, "POST", "/api/v1/closures", order());
    EXPECT_EQ(refusal["code"], "meets_bookings");
    EXPECT_EQ(refusal["bookings"], seen["bookings"]);
    EXPECT_EQ(traces(), before);
    expect(403, kCamille, "POST", "/api/v1/closures/preview", order());
    EXPECT_EQ(expect(200, kOffice, "POST", "/api/v1/closures/preview", order("notify"))["accepted"],
              true);
}

TEST_P(ClosureRoutes, AClosedSlotIs409WithItsOwnCodeAndOtherSlots) {
    expect(201, kOffice, "POST", "/api/v1/closures", order());
    const auto problem = expect(409, kCamille, "POST", "/api/v1/bookings",
                                wish_of("2026-12-05T18:30", "2026-12-05T20:30"));
    EXPECT_EQ(problem["code"], "room_closed");
    EXPECT_EQ(codes_of(problem["errors"]), std::vector<std::string>{"room_closed"});
    EXPECT_FALSE(problem["alternatives"].empty());
}

TEST_P(ClosureRoutes, EverybodySeesWhatIsClosedInScheduleAndAvailability) {
    booked();
    expect(201, kOffice, "POST", "/api/v1/closures", order("notify"));
    const CalledRoutes::Query range{
        {"from", "2026-12-05T00:00:00Z"}, {"to", "2026-12-06T00:00:00Z"}, {"room", "1"}};
    for (const auto& [person, kind] :
         std::vector<std::pair<std::optional<booking::PersonId>, std::string>>{
             {std::nullopt, "busy"}, {kOffice, "booking"}}) {
        const auto entries =
            expect(200, person, "GET", "/api/v1/schedule", nullptr, range)["items"][0]["entries"];
        ASSERT_EQ(entries.size(), 2U);
        EXPECT_EQ(entries[0]["kind"], "closure");
        EXPECT_EQ(entries[0]["reason"], "Parquet");
        EXPECT_EQ(entries[1]["kind"], kind);
        EXPECT_EQ(entries[1]["start"], "2026-12-05T18:30");
    }
    const auto availability =
        expect(200, std::nullopt, "GET", "/api/v1/rooms/1/availability", nullptr,
               {{"from", "2026-12-05T00:00:00Z"}, {"to", "2026-12-08T00:00:00Z"}});
    EXPECT_EQ(availability["closures"][0]["closure_kind"], "works");
    EXPECT_EQ(availability["busy"].size(), 1U);
    EXPECT_EQ(availability["free"][0]["start"], "2026-12-07T00:00");
}

TEST_P(ClosureRoutes, MembersOfTheWrongKindAreNamedAtOnce) {
    const auto before = traces();
    const auto problem = expect(422, kOffice, "POST", "/api/v1/closures",
                                {{"space_ids", {1, -2}},
                                 {"first_date", "soon"},
                                 {"kind", "party"},
                                 {"meets", "ignore"},
                                 {"colour", "red"}});
    EXPECT_EQ(problem["errors"].size(), 6U) << problem;
    EXPECT_EQ(traces(), before);
}

TEST_P(ClosureRoutes, OneMistakeIsOneError) {
    using Codes = std::vector<std::string>;
    const auto closing = [&](const std::string& member, const json& value) {
        auto one = order();
        one[member] = value;
        return codes_of(expect(422, kOffice, "POST", "/api/v1/closures", one)["errors"]);
    };
    EXPECT_EQ(closing("first_date", 1), Codes{"not_a_text"});
    EXPECT_EQ(closing("last_date", true), Codes{"not_a_text"});
    EXPECT_EQ(closing("last_date", "2026-02-30"), Codes{"not_a_date"});
    EXPECT_EQ(closing("last_date", nullptr), Codes{"required"});
    EXPECT_EQ(closing("start", "2026-12-05T00:00"), Codes{"required"}) << "both ways at once";
    EXPECT_EQ(closing("kind", nullptr), Codes{"required"});
    EXPECT_EQ(closing("kind", "party"), Codes{"unknown_kind"});
    EXPECT_EQ(closing("meets", 1), Codes{"not_a_text"});
    const auto sorting = [&, path = "/api/v1/bookings/" + booked()["id"].dump() +
                                    "/kind"](const json& body) {
        return codes_of(expect(422, kOffice, "PUT", path, body)["errors"]);
    };
    EXPECT_EQ(sorting({{"kind", 1}}), Codes{"not_a_text"});
    EXPECT_EQ(sorting({{"kind", nullptr}}), Codes{"required"});
    EXPECT_EQ(sorting(json::object()), Codes{"required"});
    const auto asking = [&](const std::string& path, const Query& range) {
        return codes_of(expect(422, kOffice, "GET", path, nullptr, range)["errors"]);
    };
    const std::string day = "2026-12-05T00:00:00Z";
    for (const auto* path : {"/api/v1/rooms/1/availability", "/api/v1/equipment"}) {
        EXPECT_EQ(asking(path, {{"from", "x"}, {"to", day}}), Codes{"not_an_instant"}) << path;
        EXPECT_EQ(asking(path, {{"from", day}}), Codes{"required"}) << path;
        EXPECT_EQ(asking(path, {{"from", "x"}, {"to", "y"}}),
                  (Codes{"not_an_instant", "not_an_instant"}))
            << path;
        EXPECT_EQ(asking(path, {{"from", day}, {"to", day}}), Codes{"end_before_start"}) << path;
    }
}

TEST_P(ClosureRoutes, ALongReasonLeavesRoomForWhatWouldPass) {
    auto one = order();
    std::string reason;
    for (int i = 0; i < 900; ++i) {
        reason += "é";
    }
    one["reason"] = reason;
    expect(201, kOffice, "POST", "/api/v1/closures", one);
    const auto refused = expect(409, kCamille, "POST", "/api/v1/bookings",
                                wish_of("2026-12-05T18:30", "2026-12-05T20:30"));
    const std::string detail = refused["errors"][0]["detail"];
    EXPECT_TRUE(detail.ends_with("é…): choose a slot before 2026-12-05 00:00 or after it."))
        << detail;
    EXPECT_TRUE(detail.starts_with("Closed until 2026-12-07 00:00 (works: é")) << detail;
    ASSERT_FALSE(refused["alternatives"].empty());
    const auto& other = refused["alternatives"][0];
    expect(201, kCamille, "POST", "/api/v1/bookings", wish_of(other["start"], other["end"]));
    auto odd = order();
    odd[std::string(100'000, 'x')] = 1;
    const auto echoed = expect(422, kOffice, "POST", "/api/v1/closures", odd);
    EXPECT_LT(echoed.dump().size(), 1000U) << "what was sent is not sent back";
}

TEST_P(ClosureRoutes, SpacesAreListed) {
    EXPECT_EQ(expect(200, std::nullopt, "GET", "/api/v1/spaces")["items"].size(), 5U);
}

TEST_P(ClosureRoutes, ComeInPagesByTheirStart) {
    for (const auto* date : {"2026-12-09", "2026-12-05", "2026-12-05"}) {
        auto one = order();
        one["first_date"] = date;
        one["last_date"] = date;
        expect(201, kOffice, "POST", "/api/v1/closures", one);
    }
    const auto all = expect(200, std::nullopt, "GET", "/api/v1/closures");
    ASSERT_EQ(all["items"].size(), 3U);
    EXPECT_EQ(all["next"], nullptr);
    const auto page =
        expect(200, std::nullopt, "GET", "/api/v1/closures", nullptr, {{"limit", "2"}});
    const auto next = page["next"].get<std::string>();
    const auto rest = expect(200, std::nullopt, "GET", "/api/v1/closures", nullptr,
                             {{"limit", "2"}, {"cursor", next}});
    EXPECT_EQ(page["items"], json::array({all["items"][0], all["items"][1]}));
    EXPECT_EQ(rest["items"], json::array({all["items"][2]}));
    EXPECT_EQ(rest["next"], nullptr);
}

}  // namespace
}  // namespace creneau::http
