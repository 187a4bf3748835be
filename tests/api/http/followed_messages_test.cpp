#include "tests/api/http/message_town.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {
namespace {

/// What the office follows beyond one booking.
class FollowedMessages : public MessageTown {
  protected:
    /// Two dates in a room without codes, each approved by itself. The later one then moves with
    /// its series, whose mail names no booking.
    void approve_two_and_move_one(bool leaves_before) {
        const auto series = weekly(2);
        for (const std::string date : {"2026-12-05", "2026-12-12"}) {
            const auto id = text("SELECT id FROM bookings WHERE series_date = '" + date + "'");
            expect(200, kOffice, "POST", "/api/v1/bookings/" + id + "/approve", json::object());
        }
        if (leaves_before) {
            send();
        }
        now_ += std::chrono::minutes(1);
        expect(200, kOffice, "PATCH", "/api/v1/series/" + series, {{"start_time", "18:00"}},
               {{"scope", "following"}, {"date", "2026-12-12"}});
        send();
    }
    std::string approval_of(const std::string& date, const std::string& column) {
        return text("SELECT o." + column +
                    " FROM outbox o JOIN bookings b ON b.id = o.booking_id"
                    " WHERE o.template = 'booking_approved' AND b.series_date = '" +
                    date + "'");
    }
};
CRENEAU_ON_BOTH_ENGINES(FollowedMessages);

TEST_P(FollowedMessages, WhatDidNotArriveIsListedWhateverItIsAbout) {
    const auto list = [&](const Query& more = {}) {
        Query query{{"state", "undelivered"}};
        query.insert(query.end(), more.begin(), more.end());
        return expect(200, kOffice, "GET", "/api/v1/messages", nullptr, query);
    };
    session_->execute("UPDATE people SET has_email = 1, email = 'c@example.org' WHERE id = 2");
    approved();
    expect(201, kOffice, "POST", "/api/v1/holds",
           {{"room_id", 2},
            {"booker_id", 2},
            {"association_id", 1},
            {"start", "2026-12-12T18:30"},
            {"end", "2026-12-12T20:30"},
            {"attendees", 12},
            {"purpose", "Stage"},
            {"until", "2026-11-28T12:00"}});
    send();
    EXPECT_TRUE(list()["items"].empty());
    session_->execute(
        "UPDATE outbox SET state = 'bounced', last_error = '5.1.1' WHERE template = 'hold_placed';"
        "UPDATE outbox SET state = 'dead' WHERE template = 'booking_approved';"
        "INSERT INTO outbox (town_id, template, person_id, facts, created_at, next_try_at, state)"
        " VALUES (1, 'account_sign_in_code', 2, '{}', 1, 1, 'dead'),"
        " (1, 'paper_expiring', 2, '', 1, 1, 'dead')");
    const auto items = list()["items"];
    ASSERT_EQ(items.size(), 3U) << "what is about an account is nobody else's";
    EXPECT_EQ(items[0]["template"], "paper_expiring") << "the newest first";
    EXPECT_EQ(items[0]["subject"], "") << "its words were erased";
    EXPECT_EQ(items[1]["template"], "hold_placed");
    EXPECT_EQ(items[1]["state"], "bounced");
    EXPECT_EQ(items[1]["reason"], "5.1.1");
    EXPECT_TRUE(items[1]["booking_id"].is_null());
    EXPECT_EQ(items[1]["person_name"], "Camille Roussel");
    const std::string subject = items[1]["subject"];
    EXPECT_NE(subject.find("samedi 12 décembre 2026"), std::string::npos) << subject;
    EXPECT_EQ(items[2]["template"], "booking_approved");
    const auto page = list({{"limit", "2"}});
    ASSERT_EQ(page["items"].size(), 2U);
    const auto rest = list({{"cursor", page["next"].get<std::string>()}});
    ASSERT_EQ(rest["items"].size(), 1U);
    EXPECT_EQ(rest["items"][0]["id"], items[2]["id"]);
    expect(403, kCamille, "GET", "/api/v1/messages", nullptr, {{"state", "undelivered"}});
    expect(422, kOffice, "GET", "/api/v1/messages");
    expect(422, kOffice, "GET", "/api/v1/messages", nullptr, {{"state", "sent"}});
}

TEST_P(FollowedMessages, AMailThatCameBackToAServiceIsListedByItsName) {
    session_->execute(
        "INSERT INTO subscriptions (town_id, service, email, locale, rhythm, holders,"
        " created_by_id, created_at, told_until)"
        " VALUES (1, 'Chauffage', 'chauffage@example.org', 'fr', 'at_once', 'all', 1, 1, 0);"
        "INSERT INTO outbox (town_id, template, person_id, facts, created_at, next_try_at, state,"
        " subscription_id) SELECT 1, 'news', 1, '', 1, 1, 'bounced', MAX(id) FROM subscriptions");
    const auto items = expect(200, kOffice, "GET", "/api/v1/messages", nullptr,
                              {{"state", "undelivered"}})["items"];
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(items[0]["person_name"], "Chauffage");
    EXPECT_EQ(pdf(kOffice, items[0]).status, 404) << "no letter to a person";
}

TEST_P(FollowedMessages, WhatIsAboutASeriesStaysOnItsDatesAfterASplit) {
    const auto series = weekly();
    send();
    session_->execute(
        "UPDATE outbox SET state = 'bounced', last_error = '5.1.1'"
        " WHERE template = 'series_received'");
    const auto last = text("SELECT id FROM bookings WHERE series_date = '2026-12-26'");
    const auto first = text("SELECT id FROM bookings WHERE series_date = '2026-12-05'");
    const auto templates = [&](const std::string& booking) {
        std::vector<std::string> words;
        const auto items =
            expect(200, kOffice, "GET", "/api/v1/bookings/" + booking + "/messages")["items"];
        for (const auto& item : items) {
            words.push_back(item["template"]);
        }
        return words;
    };
    EXPECT_EQ(templates(last), std::vector<std::string>{"series_received"});
    expect(200, kCamille, "PATCH", "/api/v1/series/" + series, {{"start_time", "18:00"}},
           {{"scope", "following"}, {"date", "2026-12-19"}});
    EXPECT_EQ(templates(last), (std::vector<std::string>{"series_received", "series_moved"}));
    EXPECT_EQ(templates(first), std::vector<std::string>{"series_received"})
        << "what goes on elsewhere is not about it";
}

TEST_P(FollowedMessages, WhoMaySeeASeriesReadsTheMessagesAboutIt) {
    weekly();
    send();
    const auto message = letters()[0];
    ASSERT_EQ(message["template"], "series_received");
    EXPECT_EQ(pdf(kMaud, message).status, 200) << "she manages the choir too";
    EXPECT_EQ(pdf(kAlex, message).status, 404);
    session_->execute(
        "INSERT INTO person_roles (town_id, person_id, role, scope_kind, scope_id)"
        " VALUES (1, 4, 'office', 'site', 2)");
    EXPECT_EQ(pdf(kAlex, message).status, 404) << "the office of another site";
    session_->execute("UPDATE person_roles SET scope_id = 1 WHERE person_id = 4");
    EXPECT_EQ(pdf(kAlex, message).status, 200);
}

TEST_P(FollowedMessages, TheOfficeOfOneSiteHasTheLettersAndTheUndeliveredOfItsRooms) {
    session_->execute(
        "INSERT INTO person_roles (town_id, person_id, role, scope_kind, scope_id)"
        " VALUES (1, 4, 'office', 'site', 2)");
    weekly();
    auto order = wish();
    order.start = "2026-12-06T18:30";
    order.end = "2026-12-06T20:30";
    ASSERT_TRUE(request(order));
    order.room = booking::kSemanaz;
    ASSERT_TRUE(request(order));
    send();
    const auto of_alex = [&](const std::string& path, const Query& query = {}) {
        return expect(200, kAlex, "GET", path, nullptr, query)["items"];
    };
    ASSERT_EQ(letters().size(), 3U);
    const auto theirs = of_alex("/api/v1/letters");
    ASSERT_EQ(theirs.size(), 1U);
    EXPECT_EQ(theirs[0]["booking_id"], number("SELECT id FROM bookings WHERE room_id = 2"));
    for (const auto& letter : letters()) {
        const auto path = "/api/v1/letters/" + letter["id"].dump() + "/printed";
        expect(letter["id"] == theirs[0]["id"] ? 200 : 404, kAlex, "POST", path);
    }
    session_->execute("UPDATE person_roles SET scope_id = 1 WHERE person_id = 4");
    EXPECT_EQ(of_alex("/api/v1/letters").size(), 2U) << "a booking's and a series'";
    session_->execute(
        "UPDATE outbox SET state = 'bounced', last_error = '5.1.1';"
        "INSERT INTO outbox (town_id, template, person_id, facts, created_at, next_try_at, state)"
        " VALUES (1, 'paper_expiring', 2, '', 1, 1, 'dead')");
    const Query undelivered{{"state", "undelivered"}};
    EXPECT_EQ(of_alex("/api/v1/messages", undelivered).size(), 2U);
    EXPECT_EQ(expect(200, kOffice, "GET", "/api/v1/messages", nullptr, undelivered)["items"].size(),
              4U);
    session_->execute("DELETE FROM person_roles WHERE person_id = 4");
    expect(403, kAlex, "GET", "/api/v1/letters");
    expect(403, kAlex, "GET", "/api/v1/messages", nullptr, undelivered);
}

TEST_P(FollowedMessages, TheOfficeOfOneSiteHasThoseAboutTheHoldsOfItsRooms) {
    session_->execute(
        "INSERT INTO person_roles (town_id, person_id, role, scope_kind, scope_id)"
        " VALUES (1, 4, 'office', 'site', 1)");
    const auto role_at = [this](const std::string& site) {
        session_->execute("UPDATE person_roles SET scope_id = " + site + " WHERE person_id = 4");
    };
    expect(201, kOffice, "POST", "/api/v1/holds",
           {{"room_id", 2},
            {"booker_id", 2},
            {"association_id", 1},
            {"start", "2026-12-12T18:30"},
            {"end", "2026-12-12T20:30"},
            {"attendees", 12},
            {"purpose", "Stage"},
            {"until", "2026-11-28T12:00"}});
    send();
    const auto of_alex = [&](const std::string& path, const Query& query = {}) {
        return expect(200, kAlex, "GET", path, nullptr, query)["items"];
    };
    const auto letter = letters()[0];
    ASSERT_EQ(letter["template"], "hold_placed");
    const auto printed = "/api/v1/letters/" + letter["id"].dump() + "/printed";
    EXPECT_TRUE(of_alex("/api/v1/letters").empty());
    EXPECT_EQ(pdf(kAlex, letter).status, 404);
    expect(404, kAlex, "POST", printed);
    role_at("2");
    EXPECT_EQ(of_alex("/api/v1/letters").size(), 1U);
    EXPECT_EQ(pdf(kAlex, letter).status, 200);
    expect(200, kAlex, "POST", printed);
    session_->execute("UPDATE outbox SET state = 'bounced', last_error = '5.1.1'");
    const Query undelivered{{"state", "undelivered"}};
    EXPECT_EQ(of_alex("/api/v1/messages", undelivered).size(), 1U);
    role_at("1");
    EXPECT_TRUE(of_alex("/api/v1/messages", undelivered).empty());
}

TEST_P(FollowedMessages, AMailThatWaitedSaysNothingOfADateGivenUpSince) {
    session_->execute("UPDATE people SET has_email = 1, email = 'c@example.org' WHERE id = 2");
    auto order = wish();
    order.room = booking::kSemanaz;  // no code goes with it
    ASSERT_TRUE(approve(request(order).value()));
    // As one date of a series is, with one mail for all.
    session_->execute("UPDATE bookings SET status = 'cancelled'");
    send();
    EXPECT_EQ(text("SELECT state FROM outbox WHERE template = 'booking_approved'"), "superseded");
    EXPECT_EQ(text("SELECT state FROM outbox WHERE template = 'booking_received'"), "sent");
}

TEST_P(FollowedMessages, AMailThatWaitedSaysNoTimeThatItsSeriesHasLeftSince) {
    session_->execute("UPDATE people SET has_email = 1, email = 'c@example.org' WHERE id = 2");
    approve_two_and_move_one(false);
    EXPECT_EQ(approval_of("2026-12-05", "state"), "sent") << "it stayed where it was";
    EXPECT_EQ(approval_of("2026-12-12", "state"), "superseded");
    EXPECT_EQ(text("SELECT state FROM outbox WHERE template = 'series_moved'"), "sent");
}

TEST_P(FollowedMessages, AMailThatWaitedSaysNothingOfASeriesThatIsOver) {
    session_->execute("UPDATE people SET has_email = 1, email = 'c@example.org' WHERE id = 2");
    const auto series = weekly();
    expect(200, kOffice, "POST", "/api/v1/series/" + series + "/approve", {{"scope", "all"}});
    expect(200, kCamille, "POST", "/api/v1/series/" + series + "/cancel", {{"scope", "all"}});
    send();
    EXPECT_EQ(text("SELECT state FROM outbox WHERE template = 'series_approved'"), "superseded");
    EXPECT_EQ(text("SELECT state FROM outbox WHERE template = 'series_received'"), "sent");
    EXPECT_EQ(text("SELECT state FROM outbox WHERE template = 'series_cancelled'"), "sent");
}

TEST_P(FollowedMessages, ALetterThatWaitedSaysNoSuchTimeEither) {
    approve_two_and_move_one(true);
    const auto printed = [](const std::string& id) { return "/api/v1/letters/" + id + "/printed"; };
    expect(409, kOffice, "POST", printed(approval_of("2026-12-12", "id")));
    expect(200, kOffice, "POST", printed(approval_of("2026-12-05", "id")));
    for (const auto& letter : letters()) {
        EXPECT_NE(letter["template"], "booking_approved");
    }
}

TEST_P(FollowedMessages, ACodeDoesNotGoToWhoManagesTheAssociationNoMore) {
    session_->execute("UPDATE people SET has_email = 1, email = 'c@example.org' WHERE id = 2");
    approved();
    session_->execute("DELETE FROM association_managers WHERE association_id = 1");
    send();
    const auto state = [this] {
        return text(
            "SELECT state FROM outbox WHERE template = 'booking_approved'"
            " ORDER BY id DESC LIMIT 1");
    };
    EXPECT_EQ(state(), "superseded");
    EXPECT_EQ(text("SELECT state FROM outbox WHERE template = 'booking_received'"), "sent");
    session_->execute(
        "INSERT INTO association_managers (town_id, association_id, person_id) VALUES (1, 1, 2)");
    auto order = wish();
    order.start = "2026-12-06T18:30";
    order.end = "2026-12-06T20:30";
    ASSERT_TRUE(approve(request(order).value()));
    send();
    EXPECT_EQ(state(), "sent");
}

TEST_P(FollowedMessages, NeitherDoesALetterWithIt) {
    approved_path();
    ASSERT_EQ(letters().size(), 2U);
    const auto path = "/api/v1/letters/" + letters()[1]["id"].dump() + "/printed";
    session_->execute("DELETE FROM association_managers WHERE person_id = 2");
    ASSERT_EQ(letters().size(), 1U);
    EXPECT_EQ(letters()[0]["template"], "booking_received");
    expect(409, kOffice, "POST", path);
    session_->execute(
        "INSERT INTO association_managers (town_id, association_id, person_id) VALUES (1, 1, 2)");
    expect(200, kOffice, "POST", path);
}

TEST_P(FollowedMessages, LettersOfASeriesThatIsOverArePrintedNoMore) {
    const auto series = weekly();
    expect(200, kOffice, "POST", "/api/v1/series/" + series + "/approve", {{"scope", "all"}});
    expect(200, kCamille, "PATCH", "/api/v1/series/" + series, {{"attendees", 11}},
           {{"scope", "following"}, {"date", "2026-12-19"}});
    send();
    const auto cancel = [&](const std::string& id) {
        expect(200, kOffice, "POST", "/api/v1/series/" + id + "/cancel",
               {{"scope", "all"}, {"reason", "weather_alert"}});
        send();
    };
    const auto has_approval = [&] {
        const auto items = letters();
        return std::ranges::any_of(
            items, [](const json& item) { return item["template"] == "series_approved"; });
    };
    cancel(series);
    EXPECT_TRUE(has_approval()) << "two of its dates go on in another series";
    const auto approval = text("SELECT id FROM outbox WHERE template = 'series_approved'");
    cancel(text("SELECT MAX(id) FROM series"));
    EXPECT_FALSE(has_approval());
    expect(409, kOffice, "POST", "/api/v1/letters/" + approval + "/printed");
    const auto items = letters();
    ASSERT_FALSE(items.empty());
    EXPECT_EQ(items[0]["template"], "series_received") << "what was received stays so";
    for (const auto& item : items) {
        EXPECT_NE(item["template"], "pass_ready");
        EXPECT_NE(item["template"], "series_moved");
    }
    expect(200, kOffice, "POST", "/api/v1/letters/" + items.back()["id"].dump() + "/printed");
}

}  // namespace
}  // namespace creneau::http
