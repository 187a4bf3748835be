#include "api/http/booking_routes.hpp"
#include "api/http/series_routes.hpp"
#include "tests/api/http/called_routes.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {
namespace {

using booking::kAlex;
using booking::kCamille;
using booking::kOffice;
using nlohmann::json;
using Codes = std::vector<std::string>;

constexpr auto kPath = "/api/v1/series";

/// Four Saturdays of the choir, from 5 December 2026 on, in a room with two layouts.
class SeriesTerms : public CalledRoutes {
  protected:
    SeriesTerms() {
        add_booking_routes(routes_);
        add_series_routes(routes_);
        session_->execute(
            "INSERT INTO room_rules (town_id, room_id, grid_min) VALUES (1, 1, 0);"
            "INSERT INTO room_layouts (town_id, room_id, key, name, capacity) VALUES"
            " (1, 1, 'dinner', 'Banquet', 10), (1, 1, 'stage', 'Théâtre', 15)");
    }

    static json saturdays(const std::string& layout, int attendees = 10) {
        return {{"room_id", 1},
                {"association_id", 1},
                {"pattern", "weekly"},
                {"weekdays", {"saturday"}},
                {"first_date", "2026-12-05"},
                {"count", 4},
                {"start_time", "18:30"},
                {"end_time", "20:30"},
                {"attendees", attendees},
                {"purpose", "Répétition"},
                {"layout", layout}};
    }
    json asked(const json& wish) { return expect(201, kCamille, "POST", kPath, wish); }
    static std::string path_of(const json& series) {
        return std::string(kPath) + '/' + series["id"].dump();
    }
    /// "05:dinner 12:", of what is not given up.
    static std::string layouts_of(const json& series) {
        std::string layouts;
        for (const auto& one : series["occurrences"]) {
            if (one["status"] != "cancelled") {
                layouts += (layouts.empty() ? "" : " ") + one["date"].get<std::string>().substr(8) +
                           ':' + one["layout"].get<std::string>();
            }
        }
        return layouts;
    }
    /// A booking of the chess club, which ends as the series begins, in a room to be cleared.
    void chess_before(const std::string& date) {
        expect(201, kAlex, "POST", "/api/v1/bookings",
               {{"room_id", 1},
                {"association_id", 2},
                {"start", date + "T16:30"},
                {"end", date + "T18:30"},
                {"attendees", 8},
                {"purpose", "Tournoi"}});
    }
    void clear_for(int minutes) {
        session_->execute("UPDATE room_rules SET teardown_min = " + std::to_string(minutes));
    }
    std::int64_t overrides(const std::string& reason) {
        return number(
            "SELECT COUNT(*) FROM reasons WHERE action = 'buffers_overridden' AND by_id = 1"
            " AND reason = '" +
            reason + "'");
    }
};
CRENEAU_ON_BOTH_ENGINES(SeriesTerms);

TEST_P(SeriesTerms, EachDateIsJudgedByItsLayout) {
    const auto before = traces();
    const auto crowd = saturdays("dinner", 11);
    const auto plan = expect(200, kCamille, "POST", "/api/v1/series/preview", crowd);
    EXPECT_EQ(codes_of(plan["errors"]), Codes{"over_capacity"});
    const auto problem = expect(422, kCamille, "POST", kPath, crowd);
    ASSERT_EQ(problem["dates"].size(), 4U);
    EXPECT_EQ(codes_of(problem["dates"][3]["errors"]), Codes{"over_capacity"});
    const auto unknown = expect(422, kCamille, "POST", kPath, saturdays("circle"));
    EXPECT_EQ(codes_of(unknown["errors"]), Codes{"unknown_layout"});
    EXPECT_EQ(traces(), before);
    const auto series = asked(saturdays("dinner"));
    EXPECT_EQ(series["layout"], "dinner");
    EXPECT_EQ(layouts_of(series), "05:dinner 12:dinner 19:dinner 26:dinner");
}

TEST_P(SeriesTerms, AnEditKeepsTheLayoutUnlessItNamesOne) {
    const auto path = path_of(asked(saturdays("dinner")));
    const auto later = expect(200, kOffice, "PATCH", path, {{"start_time", "18:00"}});
    EXPECT_EQ(layouts_of(later), "05:dinner 12:dinner 19:dinner 26:dinner");
    EXPECT_EQ(codes_of(expect(422, kOffice, "PATCH", path, {{"attendees", 11}})["errors"]),
              Codes{"over_capacity"});
    EXPECT_EQ(codes_of(expect(422, kOffice, "PATCH", path, {{"layout", "circle"}})["errors"]),
              Codes{"unknown_layout"});
    const auto wider =
        expect(200, kOffice, "PATCH", path, {{"attendees", 11}, {"layout", "stage"}});
    EXPECT_EQ(layouts_of(wider), "05:stage 12:stage 19:stage 26:stage");
    const auto bare = expect(200, kOffice, "PATCH", path, {{"layout", ""}},
                             {{"scope", "following"}, {"date", "2026-12-19"}});
    EXPECT_EQ(layouts_of(bare), "19: 26:");
    EXPECT_EQ(layouts_of(expect(200, kOffice, "GET", path)), "05:stage 12:stage");
}

TEST_P(SeriesTerms, ADateWithALayoutOfItsOwnKeepsIt) {
    const auto path = path_of(asked(saturdays("dinner")));
    expect(200, kOffice, "PATCH", path, {{"layout", ""}},
           {{"scope", "this"}, {"date", "2026-12-05"}});
    const auto series = expect(200, kOffice, "PATCH", path, {{"layout", "stage"}});
    EXPECT_EQ(layouts_of(series), "05: 12:stage 19:stage 26:stage");
    EXPECT_EQ(series["layout"], "stage");
}

TEST_P(SeriesTerms, NewDatesOfARuleHaveTheLayoutOfTheSeries) {
    const auto path = path_of(asked(saturdays("dinner")));
    const json sundays{{"pattern", "weekly"}, {"weekdays", {"sunday"}}};
    const auto kept = expect(200, kOffice, "PATCH", path, sundays);
    EXPECT_EQ(layouts_of(kept), "06:dinner 13:dinner 20:dinner 27:dinner");
    auto mondays = sundays;
    mondays["weekdays"] = {"monday"};
    mondays["layout"] = "stage";
    const auto changed = expect(200, kOffice, "PATCH", path_of(kept), mondays);
    EXPECT_EQ(layouts_of(changed), "07:stage 14:stage 21:stage 28:stage");
}

TEST_P(SeriesTerms, AMissedDateIsAskedForAgainInTheLayoutOfTheOthers) {
    const auto chess = expect(201, kAlex, "POST", "/api/v1/bookings",
                              {{"room_id", 1},
                               {"association_id", 2},
                               {"start", "2026-12-12T18:30"},
                               {"end", "2026-12-12T20:30"},
                               {"attendees", 8},
                               {"purpose", "Tournoi"}});
    auto wish = saturdays("dinner");
    wish["conflicts"] = "skip";
    const auto path = path_of(asked(wish));
    expect(200, kOffice, "PATCH", path, {{"layout", "stage"}});
    expect(200, kAlex, "POST", "/api/v1/bookings/" + chess["id"].dump() + "/cancel",
           json::object());
    const auto again = expect(200, kCamille, "POST", path + "/retry", json::object());
    EXPECT_EQ(layouts_of(again), "05:stage 12:stage 19:stage 26:stage");
}

TEST_P(SeriesTerms, TheOfficeSetsBuffersAsideWithAReason) {
    clear_for(30);
    chess_before("2026-12-12");
    auto wish = saturdays("");
    EXPECT_EQ(codes_of(expect(422, kCamille, "POST", kPath, wish)["errors"]),
              Codes{"buffer_taken"});
    wish["override_reason"] = "Même équipe";
    EXPECT_EQ(codes_of(expect(422, kCamille, "POST", kPath, wish)["dates"][1]["errors"]),
              (Codes{"buffer_taken", "may_not_override"}));
    wish["booker_id"] = 2;
    const auto plan = expect(200, kOffice, "POST", "/api/v1/series/preview", wish);
    EXPECT_EQ(plan["accepted"], true);
    expect(201, kOffice, "POST", kPath, wish);
    EXPECT_EQ(overrides("Même équipe"), 1) << "one date alone meets a buffer";
}

TEST_P(SeriesTerms, AnEditSetsBuffersAsideToo) {
    clear_for(30);
    chess_before("2026-12-12");
    auto wish = saturdays("");
    wish["start_time"] = "19:00";
    const auto path = path_of(asked(wish));
    const json early{{"start_time", "18:30"}};
    EXPECT_EQ(codes_of(expect(422, kOffice, "PATCH", path, early)["errors"]),
              Codes{"buffer_taken"});
    auto reasoned = early;
    reasoned["override_reason"] = "Même équipe";
    const auto refused = expect(422, kCamille, "POST", path + "/preview", reasoned);
    EXPECT_EQ(codes_of(refused["errors"]), (Codes{"may_not_override", "buffer_taken"}));
    expect(200, kOffice, "POST", path + "/preview", reasoned);
    EXPECT_EQ(overrides("Même équipe"), 0);
    expect(200, kOffice, "PATCH", path, reasoned);
    EXPECT_EQ(overrides("Même équipe"), 1);
}

TEST_P(SeriesTerms, NewDatesMissedDatesAndApprovalsPassWithTheReason) {
    clear_for(30);
    chess_before("2026-12-06");
    auto wish = saturdays("");
    wish["pattern"] = "dates";
    wish["dates"] = {"2026-12-05", "2026-12-06"};
    wish["conflicts"] = "skip";
    wish.erase("weekdays");
    wish.erase("count");
    const auto missed = asked(wish);
    EXPECT_EQ(missed["missed"][0]["errors"][0]["code"], "buffer_taken");
    const json reason{{"override_reason", "Même équipe"}};
    const auto path = path_of(missed);
    expect(422, kCamille, "POST", path + "/retry", reason);
    EXPECT_EQ(expect(200, kOffice, "POST", path + "/retry", reason)["missed"].size(), 0U);
    EXPECT_EQ(overrides("Même équipe"), 1);
    EXPECT_EQ(codes_of(expect(422, kOffice, "POST", path + "/approve", json::object())["errors"]),
              Codes{"buffer_taken"});
    expect(200, kOffice, "POST", path + "/approve", reason);
    EXPECT_EQ(overrides("Même équipe"), 2);
    chess_before("2026-12-13");
    auto longer = reason;
    longer["pattern"] = "weekly";
    longer["weekdays"] = {"sunday"};
    longer["count"] = 2;
    expect(200, kOffice, "PATCH", path, longer, {{"scope", "following"}, {"date", "2026-12-06"}});
    EXPECT_EQ(overrides("Même équipe"), 3);
}

TEST_P(SeriesTerms, TheOfficeSaysWhatAllItsDatesAreFor) {
    session_->execute(
        "INSERT INTO booking_kinds (town_id, key, name, name_en) VALUES"
        " (1, 'upkeep', 'Entretien', 'Upkeep'), (1, 'event', 'Manifestation', 'Event')");
    auto wish = saturdays("");
    wish["kind"] = "event";
    const auto path = path_of(asked(wish));
    const json upkeep{{"kind", "upkeep"}};
    expect(403, kCamille, "PUT", path + "/kind", upkeep);
    expect(404, kAlex, "PUT", path + "/kind", upkeep);
    EXPECT_EQ(codes_of(expect(422, kOffice, "PUT", path + "/kind", json::object())["errors"]),
              Codes{"required"});
    EXPECT_EQ(codes_of(expect(422, kOffice, "PUT", path + "/kind", {{"kind", "x"}})["errors"]),
              Codes{"unknown_kind"});
    EXPECT_EQ(number("SELECT COUNT(*) FROM bookings WHERE kind = 'event'"), 4);
    const auto mails = number("SELECT COUNT(*) FROM outbox");
    now_ = booking::kNow + std::chrono::days{15};  // the first date is over
    for (int time = 0; time < 2; ++time) {
        expect(200, kOffice, "PUT", path + "/kind", upkeep);
        EXPECT_EQ(number("SELECT COUNT(*) FROM bookings WHERE kind = 'upkeep'"), 3);
        EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE action = 'booking_sorted'"), 3);
        EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE action = 'series_sorted'"), 1);
    }
    EXPECT_EQ(number("SELECT COUNT(*) FROM outbox"), mails);
    const json longer{{"pattern", "weekly"}, {"weekdays", {"sunday"}}};
    const auto after = expect(200, kOffice, "PATCH", path, longer);
    const auto added =
        expect(200, kOffice, "GET",
               "/api/v1/bookings/" + after["occurrences"].back()["booking_id"].dump());
    EXPECT_EQ(added["booking_kind"], "upkeep");
}

}  // namespace
}  // namespace creneau::http
