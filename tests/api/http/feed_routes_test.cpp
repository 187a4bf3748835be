#include "api/http/feed_routes.hpp"

#include "api/http/feed_pace.hpp"
#include "api/http/log_text.hpp"
#include "tests/api/http/feed_town.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {
namespace {

using booking::kAlex;
using booking::kCamille;
using booking::kDominique;
using booking::kMaud;
using booking::kNow;
using booking::kOffice;
using booking::PersonId;
using nlohmann::json;

std::string header_of(const Response& response, const std::string& name) {
    const auto found =
        std::ranges::find(response.headers, name, &std::pair<std::string, std::string>::first);
    return found == response.headers.end() ? "" : found->second;
}

class FeedRoutes : public FeedTown {};
CRENEAU_ON_BOTH_ENGINES(FeedRoutes);

TEST_P(FeedRoutes, ATokenIsShownOnceAndKeptAsItsHashOnly) {
    const auto response = post(kCamille, "/api/v1/feeds", {{"kind", "person"}});
    ASSERT_EQ(response.status, 201) << response.body;
    const auto body = json::parse(response.body);
    const std::string path = body["path"];
    const std::string token = path.substr(7, path.size() - 11);
    EXPECT_EQ(token.size(), 22U);  // 128 bits in base64url
    EXPECT_EQ(text("SELECT token_hash FROM feeds").size(), 64U);
    EXPECT_EQ(number("SELECT COUNT(*) FROM feeds WHERE token_hash LIKE '%" + token + "%'"), 0);
    const auto listed = call({kCamille, "GET", "/api/v1/feeds"}).body;
    EXPECT_FALSE(has(listed, token));
    EXPECT_EQ(json::parse(listed)["items"][0]["id"], body["id"]);
    EXPECT_EQ(json::parse(call({kMaud, "GET", "/api/v1/feeds"}).body)["items"].size(), 0U);
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE action = 'feed_created'"), 1);
    EXPECT_EQ(number("SELECT COUNT(*) FROM idempotency_keys"), 0);
}

TEST_P(FeedRoutes, WhoMayFollowWhat) {
    const auto status = [this](PersonId person, const std::string& kind, int subject) {
        return post(person, "/api/v1/feeds", {{"kind", kind}, {"subject_id", subject}}).status;
    };
    EXPECT_EQ(status(kOffice, "room", 1), 201);
    EXPECT_EQ(status(kOffice, "site", 2), 201);
    EXPECT_EQ(status(kOffice, "association", 2), 201);
    EXPECT_EQ(status(kDominique, "room", 1), 201);  // shows "busy"
    EXPECT_EQ(status(kCamille, "association", 1), 201);
    EXPECT_EQ(status(kCamille, "association", 2), 403);
    EXPECT_EQ(status(kDominique, "association", 1), 403);
    EXPECT_EQ(status(kOffice, "room", 9), 422);  // of the other town
    EXPECT_EQ(status(kOffice, "association", 999), 422);
    EXPECT_EQ(status(kOffice, "planet", 1), 422);
    EXPECT_EQ(post(kOffice, "/api/v1/feeds", {{"kind", "room"}}).status, 422);
}

TEST_P(FeedRoutes, NobodyGetsTheCalendarOfAnotherPerson) {
    for (const PersonId person : {kDominique, kOffice}) {
        for (const int other : {2, 999}) {
            const auto problem = expect(422, person, "POST", "/api/v1/feeds",
                                        {{"kind", "person"}, {"subject_id", other}});
            EXPECT_EQ(problem["errors"][0]["field"], "/subject_id");
            EXPECT_EQ(problem["errors"][0]["code"], "another_person");
        }
    }
    EXPECT_EQ(number("SELECT COUNT(*) FROM feeds"), 0);
    const auto own =
        expect(201, kDominique, "POST", "/api/v1/feeds", {{"kind", "person"}, {"subject_id", 3}});
    EXPECT_EQ(own["subject_id"], 3);
}

TEST_P(FeedRoutes, AManagerSeesTheAssociationsBookings) {
    const auto booking = approved();
    const auto text = calendar(feed(kCamille, "association", 1));
    EXPECT_TRUE(
        has(text, "UID:booking-" + std::to_string(static_cast<int>(booking.id)) + "@le-pre\r\n"));
    EXPECT_TRUE(has(text, "DTSTART;TZID=Europe/Paris:20261205T183000\r\n"));
    EXPECT_TRUE(has(text, "STATUS:CONFIRMED\r\n"));
    EXPECT_TRUE(has(text, "SEQUENCE:1\r\n"));
    EXPECT_TRUE(has(text, "SUMMARY:LCR Danton (LCR Danton)\r\n"));
    EXPECT_TRUE(has(text, "Répétition"));
    EXPECT_TRUE(has(text, "LAST-MODIFIED:20261121T120000Z\r\n"));
}

TEST_P(FeedRoutes, OneKindOfBookingIsFollowedAloneByWhoMaySeeIt) {
    session_->execute(
        "INSERT INTO booking_kinds (town_id, key, name, name_en) VALUES"
        " (1, 'event', 'Manifestation', 'Event'), (1, 'upkeep', 'Entretien', 'Upkeep')");
    asked_series();
    session_->execute("UPDATE bookings SET kind = 'event' WHERE series_date = '2026-12-12'");
    auto order = wish();
    order.start = "2026-12-06T18:30";
    order.end = "2026-12-06T20:30";
    order.kind = "upkeep";
    const auto upkeep = request(order).value();
    order.start = "2026-12-07T18:30";
    order.end = "2026-12-07T20:30";
    order.kind = "event";
    const auto event = request(order).value();
    const auto uid = [](const booking::Booking& one) {
        return "UID:booking-" + std::to_string(static_cast<int>(one.id)) + "@le-pre\r\n";
    };
    const auto follow = [&](PersonId person, const json& body, int status = 201) {
        return expect(status, person, "POST", "/api/v1/feeds", body);
    };
    json wanted{{"kind", "site"}, {"subject_id", 1}, {"booking_kind", "event"}};
    const auto made = follow(kOffice, wanted);
    EXPECT_EQ(made["booking_kind"], "event");
    EXPECT_EQ(expect(200, kOffice, "GET", "/api/v1/feeds")["items"][0]["booking_kind"], "event");
    const auto events = calendar(made["path"]);
    EXPECT_EQ(count(events, "BEGIN:VEVENT"), 2U) << "one date of the series, and " << events;
    EXPECT_TRUE(has(events, uid(event)));
    EXPECT_TRUE(has(events, "UID:series-1@le-pre\r\n"));
    EXPECT_TRUE(has(events, "20261212T183000"));
    EXPECT_FALSE(has(events, "20261205T183000"));
    EXPECT_FALSE(has(events, uid(upkeep)));
    EXPECT_EQ(count(calendar(follow(kDominique, wanted)["path"]), "BEGIN:VEVENT"), 0U)
        << "not even that the room is taken for one";
    wanted["booking_kind"] = "gala";
    EXPECT_EQ(codes_of(follow(kOffice, wanted, 422)["errors"]),
              std::vector<std::string>{"unknown_kind"});
    EXPECT_EQ(
        codes_of(follow(kOffice, {{"kind", "person"}, {"booking_kind", "event"}}, 422)["errors"]),
        std::vector<std::string>{"kind_elsewhere"});
    wanted.erase("booking_kind");
    const auto all = follow(kOffice, wanted);
    EXPECT_TRUE(all["booking_kind"].is_null());
    EXPECT_TRUE(has(calendar(all["path"]), uid(upkeep)));
}

TEST_P(FeedRoutes, AStrangerSeesThatTheRoomIsTakenAndNoMore) {
    asked_series();
    const auto text = calendar(feed(kDominique, "room", 1));
    EXPECT_EQ(count(text, "BEGIN:VEVENT"), 4U);
    EXPECT_EQ(count(text, "SUMMARY:Busy\r\n"), 4U);  // Dominique reads English
    EXPECT_EQ(count(text, "STATUS:CONFIRMED"), 4U);
    EXPECT_FALSE(has(text, "series"));
    EXPECT_FALSE(has(text, "Chorale"));
    EXPECT_FALSE(has(text, "Répétition"));
    EXPECT_FALSE(has(text, "DESCRIPTION"));
    const auto office = calendar(feed(kOffice, "room", 1));
    EXPECT_EQ(count(office, "BEGIN:VEVENT"), 1U);
    EXPECT_TRUE(has(office, "SUMMARY:Chorale du Pré\r\n"));
    EXPECT_TRUE(has(office, "STATUS:TENTATIVE\r\n"));
}

TEST_P(FeedRoutes, TheOfficesCalendarNamesNoIndividual) {
    auto order = wish();
    order.actor = kDominique;
    order.association.reset();
    order.purpose = "Anniversaire de Léa";
    ASSERT_TRUE(request(order));
    const auto office = calendar(feed(kOffice, "site", 1));
    EXPECT_TRUE(has(office, "SUMMARY:LCR Danton : Particulier\r\n"));
    EXPECT_FALSE(has(office, "Dominique"));
    EXPECT_FALSE(has(office, "Anniversaire"));
    EXPECT_TRUE(has(calendar(feed(kDominique, "person")), "Anniversaire"));
}

TEST_P(FeedRoutes, ARoomIsTakenByThoseThatShareItsSpaces) {
    auto order = wish();
    order.room = booking::kSmall;
    ASSERT_TRUE(request(order));
    EXPECT_EQ(count(calendar(feed(kDominique, "room", 5)), "BEGIN:VEVENT"), 1U);
    EXPECT_EQ(count(calendar(feed(kDominique, "room", 1)), "BEGIN:VEVENT"), 0U);
}

TEST_P(FeedRoutes, EveryChangeRaisesTheSequence) {
    const auto booking = approved();
    const auto path = feed(kCamille, "person");
    EXPECT_TRUE(has(calendar(path), "SEQUENCE:1\r\n"));
    ASSERT_TRUE(move(booking, "2026-12-05T17:00", "2026-12-05T19:00"));
    const auto text = calendar(path);
    EXPECT_TRUE(has(text, "SEQUENCE:2\r\n"));
    EXPECT_TRUE(has(text, "DTSTART;TZID=Europe/Paris:20261205T170000\r\n"));
}

TEST_P(FeedRoutes, WhatIsCancelledStaysForAMonthAndGoes) {
    const auto booking = approved();
    const auto path = feed(kCamille, "person");
    ASSERT_TRUE(cancel(booking));
    EXPECT_TRUE(has(calendar(path), "STATUS:CANCELLED\r\n"));
    EXPECT_FALSE(has(calendar(feed(kDominique, "room", 1)), "VEVENT"));
    now_ = kNow + std::chrono::days(32);
    EXPECT_FALSE(has(calendar(path), "VEVENT"));
    EXPECT_TRUE(has(calendar(path), "BEGIN:VTIMEZONE"));
}

TEST_P(FeedRoutes, AnUnchangedCalendarIsNotSentAgain) {
    const auto booking = approved();
    const auto path = feed(kCamille, "person");
    const auto first = read(path);
    EXPECT_EQ(header_of(first, "Content-Type"), "text/calendar; charset=utf-8");
    const std::string tag = header_of(first, "ETag");
    ASSERT_FALSE(tag.empty());
    const CalledRoutes::Call again{{}, "GET", path, nullptr, {{"if-none-match", tag}}};
    EXPECT_EQ(call(again).status, 304);
    EXPECT_TRUE(call(again).body.empty());
    ASSERT_TRUE(cancel(booking));
    EXPECT_EQ(call(again).status, 200);
}

TEST_P(FeedRoutes, ARevokedTokenNamesNothing) {
    const auto path = feed(kCamille, "person");
    const auto id = json::parse(call({kCamille, "GET", "/api/v1/feeds"}).body)["items"][0]["id"];
    const auto one = "/api/v1/feeds/" + id.dump();
    EXPECT_EQ(call({kMaud, "DELETE", one}).status, 404);
    EXPECT_EQ(read(path).status, 200);
    EXPECT_EQ(call({kCamille, "DELETE", one}).status, 204);
    EXPECT_EQ(read(path).status, 404);
    EXPECT_EQ(call({kCamille, "DELETE", one}).status, 404);
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE action = 'feed_revoked'"), 1);
    EXPECT_EQ(read(feed(kCamille, "person")).status, 200);
}

TEST_P(FeedRoutes, ACalendarEndsWithItsReadersRights) {
    const auto office = feed(kOffice, "room", 1);
    const auto manager = feed(kCamille, "association", 1);
    approved();
    EXPECT_TRUE(has(calendar(office), "Chorale"));
    session_->execute("DELETE FROM person_roles WHERE role = 'office'");
    session_->execute("DELETE FROM association_managers WHERE person_id = 2");
    EXPECT_TRUE(has(calendar(office), "Occupé"));
    EXPECT_FALSE(has(calendar(office), "Chorale"));
    EXPECT_EQ(read(manager).status, 404);
    session_->execute("UPDATE people SET enabled = 0 WHERE id = 1");
    EXPECT_EQ(read(office).status, 404);
    session_->execute("UPDATE people SET enabled = 1 WHERE id = 1");
    EXPECT_EQ(read(office).status, 404) << "who comes back makes a new one";
    EXPECT_EQ(read(feed(kOffice, "room", 1)).status, 200);
}

TEST_P(FeedRoutes, AWrongTokenIsNotFound) {
    const auto path = feed(kCamille, "person");
    for (const std::string& wrong :
         {std::string("/feeds/x.ics"), std::string("/feeds/AAAAAAAAAAAAAAAAAAAAAA.ics"),
          path.substr(0, path.size() - 5) + "=.ics", path.substr(0, path.size() - 4)}) {
        EXPECT_EQ(read(wrong).status, 404) << wrong;
    }
    EXPECT_EQ(read(path).status, 200);
}

TEST_P(FeedRoutes, OneReaderDoesNotTakeAllTheTime) {
    const auto path = feed(kCamille, "person");
    for (int i = 0; i < FeedPace::kMost; ++i) {
        ASSERT_EQ(read(path).status, 200);
    }
    const auto refused = read(path);
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(header_of(refused, "Retry-After"), "600");
    EXPECT_EQ(read(feed(kMaud, "person")).status, 200);
    now_ += FeedPace::kWindow;
    EXPECT_EQ(read(path).status, 200);
}

TEST_P(FeedRoutes, APersonHasSoManyCalendarsAndNoMore) {
    for (int i = 0; i < 20; ++i) {
        feed(kCamille, "person");
    }
    const auto response = post(kCamille, "/api/v1/feeds", {{"kind", "person"}});
    EXPECT_EQ(response.status, 422);
    EXPECT_EQ(json::parse(response.body)["errors"][0]["code"], "too_many_feeds");
    feed(kMaud, "person");
}

TEST_P(FeedRoutes, AHugeCalendarKeepsToItsSize) {
    session_->execute(
        "INSERT INTO bookings (town_id, room_id, booker_id, requested_by_id, status, local_start,"
        " local_end, start_at, end_at, attendees, purpose, requested_at)"
        " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500)"
        " SELECT 1, 1, 2, 2, 'approved', '2026-12-05T18:30', '2026-12-05T20:30',"
        " 1796491800 + i * 7200, 1796491800 + i * 7200 + 3600, 5, '" +
        std::string(500, 'x') + "', 1796000000 FROM n");
    const auto text = calendar(feed(kCamille, "person"));
    EXPECT_LE(text.size(), 480U * 1024);
    EXPECT_GT(count(text, "BEGIN:VEVENT"), 300U);
    EXPECT_TRUE(has(text, "DTSTART;TZID=Europe/Paris:20261205T203000"));  // the nearest stay
}

TEST(FeedLogs, HoldNoToken) {
    const std::string token = "c3VyZWx5IG5vdCByZWFsIQ";
    for (const auto& path :
         {"/feeds/" + token + ".ics", "/feeds/" + token, "/%66eeds/" + token,
          "/api/v1/feeds/" + token + ".ics", "/api/v1/feeds/" + token, "/x/" + token + ".ics",
          "/" + token, "/x/" + token.substr(0, 20), "/api/v1/" + token}) {
        EXPECT_FALSE(has(path_for_log(path), token.substr(0, 20))) << path;
    }
    EXPECT_EQ(path_for_log("/api/v1/feeds/12"), "/api/v1/feeds/12");
    EXPECT_EQ(path_for_log("/api/v1/feeds"), "/api/v1/feeds");
    EXPECT_EQ(path_for_log("/api/v1/bookings/12/approve"), "/api/v1/bookings/12/approve");
    std::string deep;
    for (int i = 0; i < 100; ++i) {
        deep.append("/aa");
    }
    EXPECT_EQ(path_for_log(deep).size(), 200U);
}

}  // namespace
}  // namespace creneau::http
