#include "api/booking/messages/take_bounce.hpp"
#include "api/http/message_routes.hpp"
#include "api/mail/outbox_worker.hpp"
#include "tests/api/http/round_town.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

namespace creneau::http {
namespace {

/// A published round: the choir (read by Camille) and the chess club (by Alex) have a mail each.
class RoundMessages : public RoundTown {
  protected:
    RoundMessages() {
        add_message_routes(
            routes_, [](std::int64_t) -> tl::expected<qr::PassBytes, mail::PassRefusal> {
                return tl::unexpected(mail::PassRefusal{mail::PassFault::unavailable, "no"});
            });
    }
    std::string published() {
        auto round = opened();
        stated(round, kCamille, wish_of(1, 40));
        stated(round, kAlex, wish_of(2, 20));
        session_->execute("DELETE FROM outbox");  // that their wishes arrived
        proposed(round);
        EXPECT_EQ(list(round).size(), 0U);
        step(round, "publish");
        return round;
    }
    json list(const std::string& round, const Query& query = {}) {
        return expect(200, kOffice, "GET", round + "/messages", nullptr, query)["items"];
    }
};
CRENEAU_ON_BOTH_ENGINES(RoundMessages);

TEST_P(RoundMessages, TheOfficeSeesWhatCameBackOnTheRound) {
    const auto round = published();
    session_->execute("UPDATE outbox SET state = 'sent' WHERE template = 'round_result'");
    const auto id =
        number("SELECT id FROM outbox WHERE template = 'round_result' AND person_id = 4");
    const auto token = text("SELECT token FROM outbox WHERE id = " + std::to_string(id));
    (void)writer_
        .run([&](store::Session& session) -> tl::expected<booking::BounceTaken, bool> {
            return booking::take_bounce(session, {booking::kTown, id, token, "5.1.1", now_});
        })
        .value();
    session_->execute(
        "UPDATE outbox SET state = 'dead', last_error = 'no answer' WHERE person_id = 2"
        " AND template = 'round_result'");
    const auto messages = list(round);
    ASSERT_EQ(messages.size(), 2U) << "the passes of the series are on their bookings";
    EXPECT_EQ(messages[0]["template"], "round_result");
    EXPECT_EQ(messages[0]["person_id"], 2);
    EXPECT_EQ(messages[0]["state"], "dead");
    EXPECT_EQ(messages[1]["person_id"], 4);
    EXPECT_EQ(messages[1]["state"], "bounced");
    EXPECT_EQ(messages[1]["reason"], "5.1.1");
    EXPECT_TRUE(messages[1]["booking_id"].is_null());
}

TEST_P(RoundMessages, TheyArePagedAndOfOneRound) {
    const auto round = published();
    const auto first = list(round, {{"limit", "1"}});
    ASSERT_EQ(first.size(), 1U);
    const auto rest = list(round, {{"cursor", first[0]["id"].dump()}});
    ASSERT_EQ(rest.size(), 1U);
    EXPECT_NE(rest[0]["id"], first[0]["id"]);
    const auto other = expect(201, kOffice, "POST", "/api/v1/rounds", round_of());
    EXPECT_TRUE(list("/api/v1/rounds/" + other["id"].dump()).empty());
}

TEST_P(RoundMessages, OnlyTheOfficeSeesThem) {
    const auto round = published();
    expect(403, kCamille, "GET", round + "/messages");
    expect(404, kOffice, "GET", "/api/v1/rounds/99/messages");
    const auto draft = expect(201, kOffice, "POST", "/api/v1/rounds", round_of());
    expect(404, kCamille, "GET", "/api/v1/rounds/" + draft["id"].dump() + "/messages");
    expect(422, kOffice, "GET", round + "/messages", nullptr, {{"limit", "0"}});
}

/// What happens to a wish before anything is decided on it.
class WishMails : public RoundMessages {
  protected:
    std::int64_t wish_mails() {
        return number("SELECT COUNT(*) FROM outbox WHERE template = 'round_wish'");
    }
    json last_facts() {
        return json::parse(text("SELECT facts FROM outbox ORDER BY id DESC LIMIT 1"));
    }
    std::int64_t last_reader() {
        return number("SELECT person_id FROM outbox ORDER BY id DESC LIMIT 1");
    }
};
CRENEAU_ON_BOTH_ENGINES(WishMails);

TEST_P(WishMails, AWishIsAcknowledgedAtOnceWithItsParticulars) {
    const auto round = opened();
    auto wish = wish_of(1, 40, {2, 1});
    wish["purpose"] = "Répétition générale";
    const auto path = stated(round, kCamille, wish);
    ASSERT_EQ(wish_mails(), 1);
    EXPECT_EQ(last_reader(), 2);
    auto facts = last_facts();
    EXPECT_EQ(facts["step"], "stated");
    EXPECT_EQ(facts["by_office"], false);
    EXPECT_EQ(facts["round"], "Saison 2027");
    EXPECT_EQ(facts["association"], "Chorale du Pré");
    EXPECT_EQ(facts["booker"], "Camille Roussel");
    EXPECT_EQ(facts["received_on"], "2026-11-21");
    EXPECT_EQ(facts["changed_on"], "");
    EXPECT_EQ(facts["wished"]["weekday"], "tuesday");
    ASSERT_EQ(facts["rooms"].size(), 2U);
    EXPECT_EQ(facts["rooms"][1], "LCR Danton") << "in order of preference";
    EXPECT_EQ(facts["helps"].size(), 2U);
    EXPECT_EQ(facts["purpose"], "Répétition générale");
    EXPECT_EQ(facts["wishes_until"], "2026-11-30");
    EXPECT_EQ(facts["may_change"], true);
    EXPECT_EQ(facts["season_first"], "2027-01-04");
    EXPECT_FALSE(facts["service"].get<std::string>().empty());
    now_ += std::chrono::days(2);
    expect(200, kCamille, "PATCH", path, {{"attendees", 30}});
    EXPECT_EQ(last_facts()["step"], "edited");
    EXPECT_EQ(last_facts()["attendees"], 30);
    EXPECT_EQ(last_facts()["received_on"], "2026-11-21");
    EXPECT_EQ(last_facts()["changed_on"], "2026-11-23");
    expect(200, kCamille, "DELETE", path);
    EXPECT_EQ(last_facts()["step"], "withdrawn");
    EXPECT_EQ(wish_mails(), 3);
}

TEST_P(WishMails, WhatTheOfficeDoesIsToldToTheAssociation) {
    const auto round = opened();
    step(round, "close");
    auto spoken = wish_of(1, 40);
    spoken["booker_id"] = 2;
    const auto path = stated(round, kOffice, spoken);
    EXPECT_EQ(last_reader(), 2);
    EXPECT_EQ(last_facts()["by_office"], true);
    EXPECT_EQ(last_facts()["may_change"], false) << "wishes are closed";
    expect(200, kOffice, "PUT", path + "/settled", {{"gets_nothing", true}, {"reason", "Doublon"}});
    EXPECT_EQ(wish_mails(), 1) << "what is settled is not said before it is published";
    expect(200, kOffice, "DELETE", path);
    EXPECT_EQ(last_facts()["step"], "withdrawn");
    EXPECT_EQ(last_reader(), 2);
    EXPECT_EQ(list(round).size(), 2U);
}

TEST_P(WishMails, WhatIsRefusedIsNotAcknowledged) {
    const auto round = opened();
    auto wish = wish_of(1, 40);
    wish["end_time"] = "17:00";
    expect(422, kCamille, "POST", round + "/wishes", wish);
    EXPECT_EQ(wish_mails(), 0);
    const auto path = stated(round, kCamille, wish_of(1, 40));
    expect(422, kCamille, "PATCH", path, {{"attendees", 4000}});
    expect(404, kAlex, "DELETE", path);
    EXPECT_EQ(wish_mails(), 1);
}

TEST_P(WishMails, WithoutAManagerTheyGoToTheAssociationItself) {
    const auto round = opened();
    const auto path = stated(round, kAlex, wish_of(2, 20));
    session_->execute("UPDATE people SET enabled = 0 WHERE id = 4");
    expect(200, kOffice, "DELETE", path);
    EXPECT_EQ(number("SELECT COUNT(*) FROM outbox WHERE template = 'round_wish'"
                     " AND association_id = 2"),
              1);
    EXPECT_EQ(last_facts()["booker"], "Échecs du Pré");
}

}  // namespace
}  // namespace creneau::http
