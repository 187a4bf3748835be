#include "tests/api/http/subscription_town.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>
#include <soci/soci.h>

namespace creneau::http {
namespace {

class Subscriptions : public SubscriptionTown {};
CRENEAU_ON_BOTH_ENGINES(Subscriptions);

TEST_P(Subscriptions, AServiceIsToldOfEachChangeAtOnce) {
    subscribed(heating());
    const auto booking = approved();
    ASSERT_TRUE(move(booking, "2026-12-05T17:00", "2026-12-05T19:00"));
    ASSERT_TRUE(cancel(booking));
    auto other = wish();
    other.start = "2026-12-06T10:00";
    other.end = "2026-12-06T11:00";
    ASSERT_TRUE(refuse_it(request(other).value()));
    EXPECT_EQ(told(), "requested approved moved cancelled requested refused");
    const auto moved = news().at(2);
    EXPECT_EQ(moved.subscriber, "Chauffage");
    EXPECT_EQ(moved.items[0].room, "LCR Danton");
    EXPECT_EQ(moved.items[0].association, "Chorale du Pré");
    EXPECT_EQ(moved.items[0].previous->local_start, "2026-12-05T18:30");
    // Each beside the mail to the booker, in the same transaction.
    EXPECT_EQ(number("SELECT COUNT(*) FROM outbox WHERE template LIKE 'booking_%'"), 6);
    EXPECT_EQ(number("SELECT COUNT(DISTINCT subscription_id) FROM outbox"), 1);
}

TEST_P(Subscriptions, AServiceMayBeToldOfAlarmsAlone) {
    const auto nothing = with(heating(), {{"changes", json::array()}});
    expect(422, kOffice, "POST", "/api/v1/subscriptions", nothing);
    expect(422, kOffice, "POST", "/api/v1/subscriptions", with(nothing, {{"alarms", "yes"}}));
    subscribed(with(nothing, {{"alarms", true}}));
    subscribed(heating());
    const auto items = expect(200, kOffice, "GET", "/api/v1/subscriptions")["items"];
    EXPECT_EQ(items[0]["alarms"], true);
    EXPECT_EQ(items[1]["alarms"], false);
}

TEST_P(Subscriptions, AChangeThatIsRefusedTellsNobody) {
    subscribed(heating());
    auto order = wish();
    order.attendees = 10'000;
    ASSERT_FALSE(request(order));
    EXPECT_EQ(told(), "");
}

TEST_P(Subscriptions, AServiceIsToldOfWhatItAskedFor) {
    const auto count_of = [this](const json& more) {
        const auto path = subscribed(with(heating(), more));
        const auto before = news().size();
        const auto booking = approved();
        EXPECT_TRUE(cancel(booking));
        EXPECT_EQ(call({kOffice, "DELETE", path}).status, 204);
        return news().size() - before;
    };
    EXPECT_EQ(count_of({{"changes", {"cancelled"}}}), 1U);
    EXPECT_EQ(count_of({{"room_id", 1}}), 3U);
    EXPECT_EQ(count_of({{"room_id", 2}}), 0U);
    EXPECT_EQ(count_of({{"site_id", 1}}), 3U);
    EXPECT_EQ(count_of({{"site_id", 2}}), 0U);
    EXPECT_EQ(count_of({{"holders", "associations"}}), 3U);
    EXPECT_EQ(count_of({{"holders", "individuals"}}), 0U);
    EXPECT_EQ(count_of({{"rhythm", "daily"}, {"daily_at", "07:00"}}), 0U);
    EXPECT_EQ(count_of(json::object()), 3U);
}

TEST_P(Subscriptions, AServiceIsToldOfItsKindsOfBookingAlone) {
    session_->sql() << "INSERT INTO booking_kinds (town_id, key, name, name_en) VALUES"
                       " (1, 'upkeep', 'Entretien', 'Upkeep'),"
                       " (1, 'event', 'Manifestation', 'Event')";
    EXPECT_EQ(call({kOffice, "GET", "/api/v1/booking-kinds"}).body,
              R"({"items":[{"key":"event","name":"Event"},{"key":"upkeep","name":"Upkeep"}]})");
    subscribed(with(heating(), {{"kinds", {"event"}}}));
    subscribed(with(
        heating(),
        {{"service", "Régie"}, {"kinds", {"event"}}, {"rhythm", "daily"}, {"daily_at", "07:00"}}));
    EXPECT_EQ(
        json::parse(call({kOffice, "GET", "/api/v1/subscriptions"}).body)["items"][0]["kinds"],
        json({"event"}));
    auto order = wish();
    ASSERT_TRUE(cancel(request(order).value()));  // of no kind
    order.kind = "upkeep";
    ASSERT_TRUE(cancel(request(order).value()));
    EXPECT_EQ(told(), "");
    order.kind = "event";
    const auto booking = request(order).value();
    EXPECT_EQ(told(), "requested");
    digests(kNow + hours{24});
    ASSERT_EQ(told(), "requested requested");
    EXPECT_EQ(news()[1].subscriber, "Régie");
    EXPECT_EQ(news()[1].items.size(), 1U);
    const auto path =
        "/api/v1/bookings/" + std::to_string(static_cast<std::int64_t>(booking.id)) + "/kind";
    expect(403, kCamille, "PUT", path, {{"kind", "upkeep"}});
    expect(422, kOffice, "PUT", path, {{"kind", "dance"}});
    expect(422, kOffice, "PUT", path, json::object());
    EXPECT_EQ(expect(200, kOffice, "PUT", path, {{"kind", "upkeep"}})["booking_kind"], "upkeep");
    ASSERT_TRUE(cancel(booking));
    EXPECT_EQ(told(), "requested requested");
    EXPECT_EQ(
        post(kOffice, "/api/v1/subscriptions", with(heating(), {{"kinds", {"dance"}}})).status,
        422);
}

TEST_P(Subscriptions, WhoHeatsTheRoomThatABookingLeavesIsTold) {
    subscribed(with(heating(), {{"room_id", 1}, {"changes", {"moved"}}}));
    const auto booking = approved();
    ASSERT_TRUE(move(booking, "2026-12-05T18:30", "2026-12-05T20:30", kOffice, booking::kSemanaz));
    ASSERT_EQ(told(), "moved");
    EXPECT_EQ(news()[0].items[0].room, "LCR Semanaz");
    EXPECT_EQ(news()[0].items[0].previous->room, "LCR Danton");
}

TEST_P(Subscriptions, ASeriesThatMovesTellsWhoHeatsTheRoomItLeaves) {
    subscribed(with(heating(), {{"room_id", 1}, {"changes", {"moved"}}}));
    const auto path = "/api/v1/series/" + series_of_four();
    expect(200, kOffice, "PATCH", path, {{"room_id", 2}}, {{"scope", "all"}});
    ASSERT_EQ(told(), "moved");
    const auto items = news()[0].items;
    ASSERT_EQ(items.size(), 4U);
    EXPECT_EQ(items[3].room, "LCR Semanaz");
    EXPECT_EQ(items[3].previous->room, "LCR Danton");
    EXPECT_EQ(items[3].previous->local_start, "2026-12-26T18:30");
}

TEST_P(Subscriptions, NoMailNamesAnIndividual) {
    subscribed(heating());
    auto order = wish();
    order.actor = kDominique;
    order.association.reset();
    order.purpose = "Anniversaire de Léa";
    ASSERT_TRUE(request(order));
    const auto facts = text("SELECT facts FROM outbox WHERE template = 'news'");
    EXPECT_EQ(facts.find("Dominique"), std::string::npos);
    EXPECT_EQ(facts.find("Anniversaire"), std::string::npos);
    EXPECT_EQ(news()[0].items[0].association, "");
}

TEST_P(Subscriptions, ASeriesIsOneMailWithItsDates) {
    subscribed(heating());
    const auto path = "/api/v1/series/" + series_of_four();
    ASSERT_EQ(post(kOffice, path + "/approve", {{"scope", "all"}}).status, 200);
    ASSERT_EQ(post(kCamille, path + "/cancel", {{"scope", "this"}, {"date", "2026-12-12"}}).status,
              200);
    EXPECT_EQ(told(), "requested approved cancelled");
    EXPECT_EQ(news()[0].items.size(), 4U);
    EXPECT_EQ(news()[1].items[3].local_start, "2026-12-26T18:30");
    EXPECT_EQ(news()[2].items.size(), 1U);
}

TEST_P(Subscriptions, WhatWaitsIsNotForAServiceThatHasLeft) {
    const auto path = subscribed(with(heating(), {{"changes", {"approved"}}}));
    approved();
    const auto claimed_news = [this] {
        session_->execute("UPDATE outbox SET next_try_at = 0 WHERE template = 'news'");
        return writer_
            .run([](store::Session& session)
                     -> tl::expected<std::optional<mail::ClaimedMail>, bool> {
                return mail::claim_due_mail(session, 1, kNow, kNow + hours(1));
            })
            .value()
            .value()
            .value();
    };
    const auto before = claimed_news();
    EXPECT_EQ(before.to_address, "chauffage@le-pre.example.org");
    EXPECT_EQ(before.to_name, "Chauffage");
    EXPECT_FALSE(before.unsubscribed);
    ASSERT_EQ(call({kOffice, "DELETE", path}).status, 204);
    EXPECT_TRUE(claimed_news().unsubscribed);
}

TEST_P(Subscriptions, AreTheOfficesToRead) {
    subscribed(heating());
    EXPECT_EQ(call({kCamille, "GET", "/api/v1/subscriptions"}).status, 403);
    EXPECT_EQ(post(kCamille, "/api/v1/subscriptions", heating()).status, 403);
    EXPECT_EQ(call({kCamille, "DELETE", "/api/v1/subscriptions/1"}).status, 403);
    const auto listed = json::parse(call({kOffice, "GET", "/api/v1/subscriptions"}).body)["items"];
    ASSERT_EQ(listed.size(), 1U);
    EXPECT_EQ(listed[0]["service"], "Chauffage");
    EXPECT_EQ(listed[0]["rhythm"], "at_once");
    EXPECT_EQ(listed[0]["daily_at"], nullptr);
    EXPECT_EQ(listed[0]["changes"].size(), 5U);
    EXPECT_EQ(call({kOffice, "DELETE", "/api/v1/subscriptions/1"}).status, 204);
    EXPECT_EQ(call({kOffice, "DELETE", "/api/v1/subscriptions/1"}).status, 404);
    EXPECT_EQ(json::parse(call({kOffice, "GET", "/api/v1/subscriptions"}).body)["items"].size(),
              0U);
    approved();
    EXPECT_EQ(told(), "");
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE subject_kind = 'subscription'"), 2);
}

TEST_P(Subscriptions, EverythingWrongIsNamedAtOnce) {
    const auto response = post(kOffice, "/api/v1/subscriptions",
                               {{"service", "Chauffage"},
                                {"email", "chauffage à la ville"},
                                {"rhythm", "daily"},
                                {"daily_at", "25:00"},
                                {"site_id", 9},
                                {"room_id", 9}});
    EXPECT_EQ(response.status, 422);
    std::string codes;
    const auto errors = json::parse(response.body)["errors"];
    for (const auto& error : errors) {
        codes += error["code"].get<std::string>() + " ";
    }
    EXPECT_EQ(codes, "unknown_site unknown_room site_and_room bad_email bad_hour no_changes ");
    EXPECT_EQ(
        post(kOffice, "/api/v1/subscriptions", with(heating(), {{"daily_at", "07:00"}})).status,
        422);
    EXPECT_EQ(
        post(kOffice, "/api/v1/subscriptions", with(heating(), {{"rhythm", "hourly"}})).status,
        422);
    EXPECT_EQ(number("SELECT COUNT(*) FROM subscriptions"), 0);
    subscribed(heating());
}

}  // namespace
}  // namespace creneau::http
