#include "api/http/feed_answers.hpp"
#include "api/mail/series_calendar_store.hpp"
#include "tests/api/http/feed_town.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

namespace creneau::http {
namespace {

using booking::kCamille;
using booking::kDominique;
using booking::kNow;
using booking::kOffice;
using nlohmann::json;

class FeedEvents : public FeedTown {};
CRENEAU_ON_BOTH_ENGINES(FeedEvents);

TEST_P(FeedEvents, ClosuresStandInTheCalendarsOfTheirRoomAndSite) {
    const json order{{"room_id", 1},
                     {"first_date", "2026-12-05"},
                     {"last_date", "2026-12-06"},
                     {"kind", "works"},
                     {"reason", "Parquet"}};
    const auto closure = expect(201, kOffice, "POST", "/api/v1/closures", order);
    const std::string uid = "UID:closure-" + closure["id"].dump() + "@le-pre\r\n";
    const auto room = feed(kDominique, "room", 1);
    const auto text = calendar(room);
    EXPECT_TRUE(has(text, uid));
    EXPECT_TRUE(has(text, "SUMMARY:Closed\r\n"));
    EXPECT_TRUE(has(text, "DESCRIPTION:Parquet\r\n"));
    EXPECT_TRUE(has(text, "STATUS:CONFIRMED\r\n"));
    EXPECT_TRUE(has(text, "TRANSP:OPAQUE\r\n"));
    EXPECT_TRUE(has(text, "DTSTART;TZID=Europe/Paris:20261205T000000\r\n"));
    EXPECT_TRUE(has(text, "DTEND;TZID=Europe/Paris:20261207T000000\r\n"));
    EXPECT_EQ(calendar(room), text) << "the same each time";
    EXPECT_TRUE(has(calendar(feed(kOffice, "site", 1)), "SUMMARY:LCR Danton : Fermé\r\n"));
    EXPECT_FALSE(has(calendar(feed(kOffice, "room", 2)), "VEVENT"));
    EXPECT_FALSE(has(calendar(feed(kOffice, "site", 2)), "VEVENT"));
    EXPECT_FALSE(has(calendar(feed(kOffice, "association", 1)), "VEVENT"));
    EXPECT_FALSE(has(calendar(feed(kOffice, "person")), "VEVENT"));
    expect(204, kOffice, "DELETE", "/api/v1/closures/" + closure["id"].dump());
    EXPECT_FALSE(has(calendar(room), "VEVENT"));
}

TEST_P(FeedEvents, AClosedSiteIsClosedInTheCalendarOfEachOfItsRooms) {
    expect(201, kOffice, "POST", "/api/v1/closures",
           {{"site_id", 2},
            {"first_date", "2026-12-24"},
            {"last_date", "2026-12-31"},
            {"kind", "holiday"},
            {"reason", "Trêve"}});
    EXPECT_EQ(count(calendar(feed(kOffice, "room", 3)), "SUMMARY:Fermé\r\n"), 1U);
    const auto name = text("SELECT name FROM sites WHERE id = 2");
    EXPECT_TRUE(has(calendar(feed(kOffice, "site", 2)), "SUMMARY:" + name + " : Fermé\r\n"));
    EXPECT_FALSE(has(calendar(feed(kOffice, "room", 1)), "VEVENT"));
    now_ = kNow + std::chrono::days(80);
    EXPECT_FALSE(has(calendar(feed(kOffice, "room", 3)), "VEVENT")) << "long over";
}

TEST_P(FeedEvents, AHoldIsTentativeInTheCalendarsOfItsRoomAndSiteWhileItHolds) {
    const json order{
        {"room_id", 1},          {"start", "2026-12-05T18:30"}, {"end", "2026-12-05T20:30"},
        {"booker_id", 2},        {"association_id", 1},         {"attendees", 12},
        {"purpose", "Audition"}, {"until", "2026-11-28T12:00"}};
    const auto hold = expect(201, kOffice, "POST", "/api/v1/holds", order);
    const std::string uid = "UID:hold-" + hold["id"].dump() + "@le-pre\r\n";
    const auto room = feed(kDominique, "room", 1);
    const auto text = calendar(room);
    EXPECT_TRUE(has(text, uid));
    EXPECT_TRUE(has(text, "SUMMARY:Held\r\n"));
    EXPECT_TRUE(has(text, "STATUS:TENTATIVE\r\n"));
    EXPECT_TRUE(has(text, "TRANSP:OPAQUE\r\n"));
    EXPECT_TRUE(has(text, "SEQUENCE:0\r\n"));
    EXPECT_TRUE(has(text, "DTSTART;TZID=Europe/Paris:20261205T183000\r\n"));
    EXPECT_FALSE(has(text, "Chorale") || has(text, "Audition")) << text;
    EXPECT_EQ(calendar(room), text) << "the same each time";
    const auto site = feed(kOffice, "site", 1);
    EXPECT_TRUE(has(calendar(site), "SUMMARY:LCR Danton : Option : Chorale du Pré\r\n"));
    EXPECT_TRUE(has(calendar(site), "Audition"));
    EXPECT_FALSE(has(calendar(feed(kOffice, "site", 2)), "VEVENT"));
    EXPECT_FALSE(has(calendar(feed(kOffice, "room", 2)), "VEVENT"));
    now_ = kNow + std::chrono::days(7) - std::chrono::hours(1) - std::chrono::seconds(1);
    EXPECT_TRUE(has(calendar(room), uid));
    now_ += std::chrono::seconds(1);
    EXPECT_FALSE(has(calendar(room), "VEVENT")) << "nobody has looked, and it holds no more";
}

TEST_P(FeedEvents, AHoldThatIsUsedOrGivenUpLeavesTheCalendar) {
    const json order{{"room_id", 1},
                     {"start", "2026-12-05T18:30"},
                     {"end", "2026-12-05T20:30"},
                     {"booker_id", 3},
                     {"attendees", 12},
                     {"purpose", "Fête"},
                     {"until", "2026-11-28T12:00"}};
    const auto path = [this, &order] {
        return "/api/v1/holds/" + expect(201, kOffice, "POST", "/api/v1/holds", order)["id"].dump();
    };
    const auto room = feed(kOffice, "room", 1);
    const auto first = path();
    EXPECT_TRUE(has(calendar(room), "SUMMARY:Option : Particulier\r\n"));
    EXPECT_FALSE(has(calendar(room), "Fête")) << "an individual's purpose is theirs";
    EXPECT_TRUE(has(calendar(feed(kDominique, "room", 1)), "Fête"));
    expect(204, kOffice, "DELETE", first);
    EXPECT_FALSE(has(calendar(room), "VEVENT"));
    expect(201, kDominique, "POST", path() + "/book", json::object());
    EXPECT_EQ(count(calendar(room), "BEGIN:VEVENT"), 1U);
    EXPECT_TRUE(has(calendar(room), "UID:booking-"));
}

TEST_P(FeedEvents, TooManyDatesEndAtAHorizonThatTheCalendarTells) {
    asked_series();  // 5, 12, 19 and 26 December
    auto order = wish();
    order.start = "2026-12-05T10:00";
    order.end = "2026-12-05T12:00";
    const auto first = request(order).value();
    const auto id = std::to_string(static_cast<std::int64_t>(first.id));
    const auto path = feed(kOffice, "room", 1);
    EXPECT_FALSE(has(calendar(path), "UID:more-")) << "nothing is missing";
    // One each quarter of an hour, from 5 December on.
    session_->execute(
        "INSERT INTO bookings (town_id, room_id, booker_id, purpose, attendees, status,"
        " local_start, local_end, start_at, end_at, requested_at, requested_by_id, tz_version)"
        " WITH RECURSIVE more (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more WHERE n < 1300)"
        " SELECT b.town_id, b.room_id, b.booker_id, b.purpose, b.attendees, b.status,"
        " b.local_start, b.local_end, b.start_at + 900 * n, b.start_at + 900 * n + 900,"
        " b.requested_at, b.requested_by_id, b.tz_version FROM bookings b, more WHERE b.id = " +
        id);
    const auto text_of_feed = calendar(path);
    EXPECT_LE(text_of_feed.size(), kLargestCalendar);
    ASSERT_EQ(count(text_of_feed, "UID:more-"), 1U);
    const auto at = text_of_feed.find("UID:more-") + 9;
    const auto horizon = text_of_feed.substr(at, text_of_feed.find('-', at) - at);
    EXPECT_TRUE(has(text_of_feed, "TRANSP:TRANSPARENT\r\n"));
    EXPECT_TRUE(has(text_of_feed, "Ce calendrier s'arrête ici"));
    EXPECT_EQ(
        static_cast<std::int64_t>(count(text_of_feed, "UID:booking-")),
        number("SELECT COUNT(*) FROM bookings WHERE series_id IS NULL AND start_at < " + horizon))
        << "all that comes before, and nothing else";
    EXPECT_GT(
        number("SELECT COUNT(*) FROM bookings WHERE series_id IS NULL AND start_at < " + horizon),
        500);
    EXPECT_TRUE(has(text_of_feed, "UID:series-")) << "its first dates come before";
    EXPECT_FALSE(has(text_of_feed, "20261226T183000"));
    EXPECT_EQ(calendar(path), text_of_feed) << "the same each time";
}

TEST_P(FeedEvents, ASeriesRisesWithEachOfItsChanges) {
    const auto series = asked_series();
    const auto path = feed(kCamille, "person");
    const auto sequence = [this, &path] {
        const auto text = calendar(path);
        const auto at = text.find("SEQUENCE:") + 9;
        return std::stol(text.substr(at, text.find('\r', at) - at));
    };
    long last = sequence();
    const auto rises = [&](const Response& response) {
        EXPECT_EQ(response.status, 200) << response.body;
        const long now = sequence();
        EXPECT_GT(now, last);
        last = now;
    };
    rises(post(kOffice, series + "/approve", {{"scope", "all"}}));
    rises(post(kCamille, series + "/cancel", {{"scope", "this"}, {"date", "2026-12-12"}}));
    // The dates from the third on leave for a series that goes on from this one.
    rises(call({kOffice,
                "PATCH",
                series,
                {{"start_time", "18:00"}},
                {},
                {{"scope", "following"}, {"date", "2026-12-19"}}}));
    EXPECT_EQ(count(calendar(path), "RECURRENCE-ID"), 1U);  // the cancelled one
}

TEST_P(FeedEvents, TheMailsFileOfASeriesHasTheNumbersAndDatesOfTheFeed) {
    const auto series = asked_series();
    const auto path = feed(kCamille, "person");
    post(kOffice, series + "/approve", {{"scope", "all"}});
    post(kCamille, series + "/cancel", {{"scope", "this"}, {"date", "2026-12-12"}});
    // From the third date on another series: it goes first in a mail about it, this one second.
    const auto goes_on = expect(200, kOffice, "PATCH", series, {{"start_time", "18:00"}},
                                {{"scope", "following"}, {"date", "2026-12-19"}})["id"];
    for (const auto& [asked, other] : {std::pair<std::int64_t, std::int64_t>(1, goes_on),
                                       std::pair<std::int64_t, std::int64_t>(goes_on, 1)}) {
        const auto family = mail::select_series_calendars(*session_, 1, asked, kNow);
        ASSERT_EQ(family.size(), 2U);
        EXPECT_EQ(family[0].series_id, asked);
        EXPECT_EQ(family[1].series_id, other);
        EXPECT_EQ(family[0].dates.size(), 2U);
        EXPECT_EQ(family[1].dates.size(), 2U);
        for (const auto& one : family) {
            EXPECT_TRUE(has(calendar(path), "SEQUENCE:" + std::to_string(one.sequence)));
            EXPECT_EQ(one.start_time, one.series_id == 1 ? "18:30" : "18:00");
        }
    }
    EXPECT_EQ(mail::select_series_calendars(*session_, 1, 1, kNow)[0].dates[1].status, "cancelled");
    const auto later = mail::select_series_calendars(*session_, 1, 1, kNow + mail::kGoneShown);
    EXPECT_EQ(later[0].dates.size(), 1U) << "no calendar shows it any more";
    EXPECT_TRUE(mail::select_series_calendars(*session_, 1, 99, kNow).empty());
    EXPECT_TRUE(mail::select_series_calendars(*session_, 2, 1, kNow).empty()) << "another town";
}

TEST_P(FeedEvents, ASeriesThatOthersTookWholeIsCancelledInTheMailsFile) {
    const auto series = asked_series();
    post(kOffice, series + "/approve", {{"scope", "all"}});
    const auto goes_on = expect(200, kOffice, "PATCH", series,
                                {{"count", 3}, {"start_time", "18:00"}}, {{"scope", "all"}})["id"];
    ASSERT_NE(goes_on, 1);
    session_->execute("UPDATE bookings SET series_id = " + goes_on.dump());
    const auto family = mail::select_series_calendars(*session_, 1, goes_on, kNow);
    ASSERT_EQ(family.size(), 2U);
    EXPECT_EQ(family[0].dates[0].status, "approved");
    ASSERT_EQ(family[1].dates.size(), family[0].dates.size());
    EXPECT_EQ(family[1].dates[0].status, "cancelled");
}

}  // namespace
}  // namespace creneau::http
