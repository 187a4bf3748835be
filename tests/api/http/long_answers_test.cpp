#include "api/http/booking_routes.hpp"
#include "api/http/closure_routes.hpp"
#include "api/http/series_routes.hpp"
#include "api/http/wire.hpp"
#include "tests/api/http/called_routes.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {
namespace {

using booking::kCamille;
using booking::kOffice;
using nlohmann::json;

constexpr int kMany = 200;
constexpr int kMostDates = 400;

std::string repeated(const std::string& character, int times) {
    std::string text;
    for (int time = 0; time < times; ++time) {
        text += character;
    }
    return text;
}

/// What people may write as long as they like, on as many dates as they like.
class LongAnswers : public CalledRoutes {
  protected:
    LongAnswers() {
        add_booking_routes(routes_);
        add_closure_routes(routes_);
        add_series_routes(routes_);
    }

    static std::string date_after(int days) {
        const std::chrono::year_month_day date{
            std::chrono::sys_days{std::chrono::year{2026} / 12 / 5} + std::chrono::days{days}};
        const auto two = [](unsigned number) {
            return (number < 10 ? "0" : "") + std::to_string(number);
        };
        return std::to_string(static_cast<int>(date.year())) + '-' +
               two(static_cast<unsigned>(date.month())) + '-' +
               two(static_cast<unsigned>(date.day()));
    }
    static json every_day() {
        return {{"room_id", 1},
                {"association_id", 1},
                {"pattern", "daily"},
                {"count", kMostDates},
                {"first_date", "2026-12-05"},
                {"start_time", "18:30"},
                {"end_time", "20:30"},
                {"attendees", 12},
                {"purpose", "Répétition"}};
    }
    /// Closes the room from the day after the first date until all are over.
    void close_for_long(const std::string& last = "2028-06-30") {
        expect(201, kOffice, "POST", "/api/v1/closures",
               {{"room_id", 1},
                {"first_date", "2026-12-06"},
                {"last_date", last},
                {"kind", "works"},
                {"reason", repeated("é", 1000)}});
    }
    /// The body, which has this status and is no longer than an answer may be.
    json expect_short(int status, const Response& response) {
        EXPECT_EQ(response.status, status);
        EXPECT_LE(response.body.size(), kMaxAnswer);
        return json::parse(response.body);
    }
    static std::size_t told(const json& errors) {
        std::size_t number = 0;
        for (const auto& error : errors) {
            number += error.contains("detail") ? 1U : 0U;
        }
        return number;
    }
};
CRENEAU_ON_BOTH_ENGINES(LongAnswers);

TEST_P(LongAnswers, APlanLosesNoDateAndNoCode) {
    const std::vector<std::string> lasts{"2028-06-30", "2028-06-29", "2028-06-28", "2028-06-27"};
    for (const auto& last : lasts) {
        close_for_long(last);
    }
    const std::size_t failing = 4 + lasts.size();
    auto wish = every_day();
    wish["purpose"] = "";
    wish["attendees"] = 100'000;
    wish["kind"] = "unheard";
    wish["layout"] = "";
    wish["override_reason"] = "no";
    const std::set<std::string> codes{"over_capacity", "may_not_override", "purpose_missing",
                                      "unknown_kind", "room_closed"};
    const auto plan = expect_short(200, post(kCamille, "/api/v1/series/preview", wish));
    const auto problem = expect_short(422, post(kCamille, "/api/v1/series", wish));
    for (const auto* dates : {&plan["dates"], &problem["dates"]}) {
        ASSERT_EQ(dates->size(), std::size_t{kMostDates});
        EXPECT_EQ(told((*dates)[1]["errors"]), failing) << "said in full where it comes first";
        for (std::size_t at = 1; at < dates->size(); ++at) {
            std::set<std::string> found;
            for (const auto& error : (*dates)[at]["errors"]) {
                found.insert(error["code"]);
                EXPECT_TRUE(error.contains("field"));
            }
            EXPECT_EQ(found, codes) << at;
        }
        EXPECT_LT(told(dates->back()["errors"]), failing);
    }
}

TEST_P(LongAnswers, EachSentenceIsSaidOnceBeforeAnyIsRepeated) {
    close_for_long();
    close_for_long("2028-05-31");
    const auto problem = expect_short(409, post(kCamille, "/api/v1/series", every_day()));
    std::set<std::string> sentences;
    for (const auto& date : problem["dates"]) {
        EXPECT_FALSE(date["errors"].empty());
        for (const auto& error : date["errors"]) {
            if (error.contains("detail")) {
                sentences.insert(error["detail"]);
            }
        }
    }
    EXPECT_EQ(sentences.size(), 2U);
}

TEST_P(LongAnswers, ASeriesTellsOfEachDateThatMissedIt) {
    close_for_long();
    auto wish = every_day();
    wish["conflicts"] = "skip";
    const auto series = expect_short(201, post(kCamille, "/api/v1/series", wish));
    const auto path = "/api/v1/series/" + series["id"].dump();
    const auto body = expect_short(200, call(kCamille, "GET", path));
    EXPECT_EQ(body["occurrences"].size(), 1U);
    ASSERT_EQ(body["missed"].size(), std::size_t{kMostDates - 1});
    EXPECT_EQ(told(body["missed"][0]["errors"]), 1U);
    EXPECT_EQ(body["missed"].back()["errors"][0]["code"], "room_closed");
    const auto preview = expect_short(
        200, call(kOffice, "POST", path + "/preview", {{"pattern", "daily"}, {"count", 300}}));
    EXPECT_EQ(preview["dates"].size(), 300U);
}

TEST_P(LongAnswers, ListsOfBookingsGoOnOrEndWhereAnAnswerIsFull) {
    std::set<std::int64_t> asked;
    for (int days = 0; days < kMany; ++days) {
        auto order = wish();
        order.start = date_after(days) + "T18:30";
        order.end = date_after(days) + "T20:30";
        order.purpose = repeated("𝄞", 500);
        asked.insert(static_cast<std::int64_t>(request(order).value().id));
    }
    const json closing{{"room_id", 1},
                       {"first_date", "2026-12-05"},
                       {"last_date", "2028-06-30"},
                       {"kind", "works"},
                       {"reason", repeated("é", 1000)}};
    const auto plan = expect_short(200, post(kOffice, "/api/v1/closures/preview", closing));
    EXPECT_EQ(plan["met"], kMany);
    EXPECT_GT(plan["bookings"].size(), 100U);
    EXPECT_EQ(expect_short(409, post(kOffice, "/api/v1/closures", closing))["met"], kMany);
    session_->execute("UPDATE bookings SET ground_text = '" + repeated("é", 1000) + "'");
    std::set<std::int64_t> listed;
    Query query{{"limit", std::to_string(kMany)}};
    std::size_t rows = 0;
    std::size_t pages = 0;
    for (json next = ""; !next.is_null(); ++pages) {
        const auto page = expect_short(200, call(kOffice, "GET", "/api/v1/bookings", {}, query));
        ASSERT_FALSE(page["items"].empty());
        for (const auto& item : page["items"]) {
            listed.insert(item["id"].get<std::int64_t>());
            ++rows;
        }
        next = page["next"];
        if (next.is_string()) {
            query = {{"limit", std::to_string(kMany)}, {"cursor", next}};
        }
    }
    EXPECT_EQ(pages, 2U);
    EXPECT_EQ(rows, std::size_t{kMany});
    EXPECT_EQ(listed, asked);
}

}  // namespace
}  // namespace creneau::http
