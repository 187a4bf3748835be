#include "api/booking/calendars/import_holidays.hpp"
#include "api/booking/series/calendar_rules.hpp"
#include "tests/api/http/round_town.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

namespace creneau::http {
namespace {

using namespace std::chrono_literals;
using booking::LocalDate;
using booking::SchoolHoliday;

/// The round of four weeks in January 2027, whose calendar is fictional.
class RoundCalendar : public RoundTown {
  protected:
    RoundCalendar() { session_->execute("UPDATE towns SET school_zone = 'c' WHERE id = 1"); }

    void import(const LocalDate& known_until, const std::vector<SchoolHoliday>& holidays = {}) {
        const booking::SchoolCalendar calendar{{}, holidays, 2026y / 9 / 1, known_until};
        (void)writer_
            .run([&](store::Session& session) -> tl::expected<bool, bool> {
                (void)booking::import_holidays(
                    session, {booking::kTown, booking::SchoolZone::c, calendar, now_});
                return true;
            })
            .value();
    }
    std::string made() {
        auto round = round_of();
        round["skip_school_holidays"] = true;
        const auto answer = expect(201, kOffice, "POST", "/api/v1/rounds", round);
        EXPECT_EQ(answer["skip_school_holidays"], true);
        EXPECT_EQ(answer["skip_public_holidays"], false);
        return "/api/v1/rounds/" + answer["id"].dump();
    }
    std::string opened() {
        auto round = made();
        step(round, "open");
        return round;
    }
    std::int64_t count(const std::string& from) { return number("SELECT COUNT(*) FROM " + from); }
    void expect_unknown(const json& answer, const std::string& day) {
        ASSERT_EQ(codes_of(answer["errors"]), std::vector<std::string>{"calendar_unknown"});
        EXPECT_EQ(answer["errors"][0]["field"], "/skip_school_holidays");
        EXPECT_NE(answer["errors"][0]["detail"].get<std::string>().find(day), std::string::npos)
            << answer;
    }

    const std::vector<SchoolHoliday> holidays_{{"Fictives", 2027y / 1 / 9, 2027y / 1 / 17}};
};
CRENEAU_ON_BOTH_ENGINES(RoundCalendar);

TEST_P(RoundCalendar, ARoundSkipsNoHolidaysUnlessItSaysSo) {
    const auto round = expect(201, kOffice, "POST", "/api/v1/rounds", round_of());
    EXPECT_EQ(round["skip_school_holidays"], false);
    step("/api/v1/rounds/" + round["id"].dump(), "open");
}

TEST_P(RoundCalendar, ASeasonThatTheCalendarDoesNotKnowIsNotOpened) {
    const auto round = made();
    expect_unknown(step(round, "open", 422), "2027-01-04");
    import(2027y / 1 / 20);
    expect_unknown(step(round, "open", 422), "2027-01-21");
    EXPECT_EQ(text("SELECT status FROM rounds"), "draft");
    import(2027y / 1 / 31);
    EXPECT_EQ(step(round, "open")["status"], "open");
    const auto fixed =
        expect(422, kOffice, "PATCH", round, {{"skip_school_holidays", false}})["errors"];
    EXPECT_EQ(codes_of(fixed), std::vector<std::string>{"fixed_once_open"});
    EXPECT_EQ(fixed[0]["field"], "/skip_school_holidays");
}

TEST_P(RoundCalendar, ADraftMayStopSkippingThem) {
    const auto round = made();
    EXPECT_EQ(expect(200, kOffice, "PATCH", round,
                     {{"skip_school_holidays", false}})["skip_school_holidays"],
              false);
    step(round, "open");
}

TEST_P(RoundCalendar, NothingIsPublishedOnceTheCalendarForgotTheSeason) {
    import(2027y / 1 / 31);
    const auto round = opened();
    stated(round, kCamille, wish_of(1, 12));
    proposed(round);
    import(2027y / 1 / 24);
    step(round, "publish", 409);
    EXPECT_EQ(text("SELECT status FROM rounds"), "closed") << "proposed for other dates";
    step(round, "propose");
    expect_unknown(step(round, "publish", 422), "2027-01-25");
    EXPECT_EQ(text("SELECT status FROM rounds"), "proposed");
    EXPECT_EQ(count("series"), 0);
    EXPECT_EQ(count("outbox WHERE template <> 'round_wish'"), 0);
    import(2027y / 1 / 31);
    step(round, "propose");
    import(2027y / 1 / 31);
    step(round, "publish");
    EXPECT_EQ(count("bookings"), 4);
}

TEST_P(RoundCalendar, HolidaysAreNeitherBookedNorWaitedFor) {
    import(2027y / 1 / 31, holidays_);
    for (const char* day : {"2027-01-12", "2027-01-19"}) {
        expect(201, kDominique, "POST", "/api/v1/bookings",
               {{"room_id", 1},
                {"start", std::string(day) + "T19:00"},
                {"end", std::string(day) + "T20:00"},
                {"attendees", 5},
                {"purpose", "Fête"}});
    }
    const auto round = opened();
    const auto winner = stated(round, kCamille, wish_of(1, 40));
    const auto loser = stated(round, kAlex, wish_of(2, 20));
    proposed(round);
    step(round, "publish");
    const auto became = seen(winner, kCamille);
    EXPECT_EQ(became["waits"], 1) << "19 January is taken; nobody wants the 12th";
    const auto series =
        expect(200, kCamille, "GET", "/api/v1/series/" + became["series_id"].dump());
    EXPECT_EQ(series["occurrences"].size(), 2U);
    EXPECT_EQ(series["skip"], json::array({"school_holidays"}));
    EXPECT_EQ(seen(loser, kAlex)["waits"], 3);
    EXPECT_EQ(count("waits WHERE local_start LIKE '2027-01-12%'"), 0);
}

TEST_P(RoundCalendar, AWeekdayThatIsAlwaysAHolidayFitsNothing) {
    import(2027y / 1 / 31, {{"Fictives", 2027y / 1 / 1, 2027y / 1 / 31}});
    const auto round = opened();
    const auto wish = stated(round, kCamille, wish_of(1, 12));
    proposed(round);
    const auto decision = seen(wish)["decision"];
    EXPECT_EQ(decision["verdict"], "nothing_fits");
    EXPECT_NE(decision["why"].get<std::string>().find("holidays on every date"), std::string::npos)
        << decision;
}

}  // namespace
}  // namespace creneau::http
