#include "api/booking/messages/take_bounce.hpp"
#include "api/mail/outbox_store.hpp"
#include "api/mail/round_facts.hpp"
#include "tests/api/http/message_town.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

namespace creneau::http {
namespace {

class MessageRoutes : public MessageTown {};
CRENEAU_ON_BOTH_ENGINES(MessageRoutes);

TEST_P(MessageRoutes, AMessageToSomebodyWithoutAnAddressIsALetterUntilItIsPrinted) {
    const auto path = approved_path();
    EXPECT_TRUE(mailer_.sent.empty());
    const auto items = letters();
    ASSERT_EQ(items.size(), 2U);
    EXPECT_EQ(items[0]["template"], "booking_received");
    EXPECT_EQ(items[1]["template"], "booking_approved");
    EXPECT_EQ(items[1]["state"], "letter");
    EXPECT_EQ(items[1]["person_name"], "Camille Roussel");
    EXPECT_EQ(items[1]["carries_code"], true);
    const auto first = "/api/v1/letters/" + items[0]["id"].dump() + "/printed";
    expect(403, kCamille, "POST", first);
    EXPECT_EQ(expect(200, kOffice, "POST", first)["state"], "printed");
    expect(409, kOffice, "POST", first);
    ASSERT_EQ(letters().size(), 1U);
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE action = 'letter_printed'"
                     " AND actor_id = 1 AND for_id = 2"),
              1);
    const auto messages = expect(200, kOffice, "GET", path + "/messages")["items"];
    ASSERT_EQ(messages.size(), 2U);
    EXPECT_EQ(messages[0]["state"], "printed");
    EXPECT_EQ(messages[1]["state"], "letter");
}

TEST_P(MessageRoutes, OnlyTheOfficeFollowsMessages) {
    const auto path = approved_path();
    expect(403, kCamille, "GET", path + "/messages");
    expect(404, kAlex, "GET", path + "/messages");
    expect(403, kCamille, "GET", "/api/v1/letters");
    expect(404, kOffice, "POST", "/api/v1/letters/999/printed");
    expect(404, kOffice, "GET", "/api/v1/messages/999.pdf");
    EXPECT_EQ(pdf(kAlex, letters()[0]).status, 404);
}

TEST_P(MessageRoutes, WhatAnAssociationWithoutAnAddressReadsOfARoundIsALetter) {
    session_->execute("UPDATE associations SET email = '' WHERE id = 2");
    const auto queue = [this](int association) {
        mail::RoundFacts facts;
        facts.round = "Saison 2027";
        facts.association = facts.booker = "Échecs du Pré";
        auto& item = facts.items.emplace_back();
        item.wish_id = 12;
        item.purpose = "Tournoi";
        item.wished = {"tuesday", "18:30", "20:00"};
        mail::NewMail mail;
        mail.town_id = 1;
        mail.template_word = "round_result";
        mail.person_id = 1;
        mail.association_id = association;
        mail.facts = mail::to_json(facts);
        mail.now = now_;
        mail::add_to_outbox(*session_, mail);
    };
    queue(1);
    queue(2);
    send();
    EXPECT_EQ(mailer_.sent, std::vector<std::string>{"chorale@example.org"});
    const auto items = letters();
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(items[0]["association_id"], 2);
    EXPECT_EQ(items[0]["person_name"], "Échecs du Pré");
    EXPECT_TRUE(pdf(kOffice, items[0]).body.starts_with("%PDF-"));
    EXPECT_EQ(pdf(kCamille, items[0]).status, 404);
    EXPECT_EQ(pdf(kAlex, items[0]).status, 200) << "manages it";
    expect(200, kOffice, "POST", "/api/v1/letters/" + items[0]["id"].dump() + "/printed");
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE action = 'letter_printed'"
                     " AND actor_id = 1 AND for_id IS NULL"),
              1);
    session_->execute("DELETE FROM person_roles WHERE person_id = 1");
    EXPECT_EQ(pdf(kOffice, items[0]).status, 404) << "had it written, and has left the office";
}

TEST_P(MessageRoutes, TheListIsPagedOldestFirst) {
    approved_path();
    const auto page = expect(200, kOffice, "GET", "/api/v1/letters", nullptr, {{"limit", "1"}});
    ASSERT_EQ(page["items"].size(), 1U);
    EXPECT_EQ(page["items"][0]["template"], "booking_received");
    const auto next = expect(200, kOffice, "GET", "/api/v1/letters", nullptr,
                             {{"cursor", page["next"].get<std::string>()}});
    ASSERT_EQ(next["items"].size(), 1U);
    EXPECT_EQ(next["items"][0]["template"], "booking_approved");
    EXPECT_TRUE(next["next"].is_null());
    expect(422, kOffice, "GET", "/api/v1/letters", nullptr, {{"limit", "0"}});
}

TEST_P(MessageRoutes, TheOfficeSeesTheCodeOfALetterAndItIsNoted) {
    approved_path();
    const auto items = letters();
    const auto plain = pdf(kOffice, items[0]);
    EXPECT_EQ(plain.status, 200);
    EXPECT_TRUE(plain.body.starts_with("%PDF-"));
    EXPECT_TRUE(signed_.empty()) << "there is no code to ask for";
    const auto letter = pdf(kOffice, items[1]);
    EXPECT_EQ(letter.status, 200) << letter.body;
    EXPECT_EQ(signed_.size(), 1U);
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE action = 'letter_code_seen'"
                     " AND actor_id = 1 AND for_id = 2"),
              1);
    EXPECT_EQ(pdf(kCamille, items[1]).status, 200);
    EXPECT_EQ(pdf(kMaud, items[1]).status, 200) << "she manages the choir too";
    EXPECT_EQ(signed_.size(), 3U);
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE action = 'letter_code_seen'"), 1)
        << "one's own pass is nothing to note";
}

TEST_P(MessageRoutes, OfAMailThatWasSentTheOfficeSeesNoCode) {
    session_->execute("UPDATE people SET has_email = 1, email = 'c@example.org' WHERE id = 2");
    const auto path = approved_path();
    EXPECT_EQ(mailer_.sent, (std::vector<std::string>{"c@example.org", "c@example.org"}));
    EXPECT_TRUE(letters().empty());
    const auto messages = expect(200, kOffice, "GET", path + "/messages")["items"];
    EXPECT_EQ(messages[1]["state"], "sent");
    EXPECT_EQ(pdf(kOffice, messages[1]).status, 200);
    EXPECT_TRUE(signed_.empty());
    EXPECT_EQ(pdf(kCamille, messages[1]).status, 200);
    EXPECT_EQ(signed_.size(), 1U);
}

TEST_P(MessageRoutes, AMailThatCameBackIsSeenOnItsBooking) {
    session_->execute("UPDATE people SET has_email = 1, email = 'c@example.org' WHERE id = 2");
    const auto path = approved_path();
    const auto take = [&](std::int64_t id, const std::string& token) {
        return writer_
            .run([&](store::Session& session) -> tl::expected<booking::BounceTaken, bool> {
                return booking::take_bounce(session, {booking::kTown, id, token, "5.1.1", now_});
            })
            .value()
            .value();
    };
    const auto id = number("SELECT id FROM outbox WHERE template = 'booking_approved'");
    const auto token = text("SELECT token FROM outbox WHERE template = 'booking_approved'");
    EXPECT_EQ(token.size(), 32U);
    EXPECT_EQ(take(id, std::string(32, '0')), booking::BounceTaken::unknown) << "guessed";
    EXPECT_EQ(take(id, ""), booking::BounceTaken::unknown);
    EXPECT_EQ(take(id - 1, token), booking::BounceTaken::unknown) << "another mail's";
    EXPECT_EQ(take(id, token), booking::BounceTaken::noted);
    EXPECT_EQ(take(id, token), booking::BounceTaken::known);
    const auto messages = expect(200, kOffice, "GET", path + "/messages")["items"];
    EXPECT_EQ(messages[0]["state"], "sent");
    EXPECT_EQ(messages[1]["state"], "bounced");
    EXPECT_EQ(messages[1]["reason"], "5.1.1");
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE action = 'message_bounced'"
                     " AND actor_id IS NULL"),
              1);
}

TEST_P(MessageRoutes, AMailThatWasGivenUpIsSeenOnItsBookingWithItsReason) {
    const auto path = approved_path();
    session_->execute(
        "UPDATE outbox SET state = 'dead', last_error = 'smtp: refused, reply 550', done_at = 9"
        " WHERE template = 'booking_approved'");
    const auto message = expect(200, kOffice, "GET", path + "/messages")["items"][1];
    EXPECT_EQ(message["state"], "dead");
    EXPECT_EQ(message["reason"], "smtp: refused, reply 550");
}

TEST_P(MessageRoutes, ALetterWhoseCodeOpensNothingIsNotDrawn) {
    approved_path();
    const auto letter = letters()[1];
    fault_ = mail::PassFault::opens_nothing;
    EXPECT_EQ(pdf(kOffice, letter).status, 409);
    fault_ = mail::PassFault::unavailable;
    EXPECT_EQ(pdf(kOffice, letter).status, 503);
    fault_ = mail::PassFault::too_early;
    EXPECT_EQ(pdf(kOffice, letter).status, 200) << "it says that the code follows";
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE action = 'letter_code_seen'"), 0);
    fault_.reset();
    EXPECT_EQ(pdf(kOffice, letter).status, 200);
}

TEST_P(MessageRoutes, ALetterThatALaterOneMakesUntrueIsPrintedNoMore) {
    const auto path = approved_path();
    const auto approval = letters()[1];
    EXPECT_EQ(approval["phone"], false);
    EXPECT_EQ(approval["needed_by"], "2026-12-05T17:30:00Z");
    expect(200, kOffice, "POST", path + "/cancel", {{"reason", "weather_alert"}});
    send();
    const auto items = letters();
    ASSERT_EQ(items.size(), 2U);
    EXPECT_EQ(items[0]["template"], "booking_received");
    EXPECT_EQ(items[1]["template"], "booking_cancelled");
    const auto printed = [](const json& letter) {
        return "/api/v1/letters/" + letter["id"].dump() + "/printed";
    };
    expect(409, kOffice, "POST", printed(approval));
    EXPECT_EQ(expect(200, kOffice, "GET", path + "/messages")["items"][1]["state"], "superseded");
    fault_ = mail::PassFault::opens_nothing;
    EXPECT_EQ(pdf(kOffice, approval).status, 409);
    EXPECT_EQ(expect(200, kOffice, "POST", printed(items[1]))["state"], "printed");
}

TEST_P(MessageRoutes, AReminderOfWhatHasBegunIsPrintedNoMore) {
    approved_path();
    session_->execute(
        "UPDATE outbox SET template = 'booking_reminder'"
        " WHERE template = 'booking_approved'");
    const auto reminder = letters()[1];
    now_ += std::chrono::days(20);
    EXPECT_EQ(letters().size(), 1U) << "what was received stays so";
    const auto path = "/api/v1/letters/" + reminder["id"].dump() + "/printed";
    expect(409, kOffice, "POST", path);
    now_ -= std::chrono::days(20);
    expect(200, kOffice, "POST", path);
}

TEST_P(MessageRoutes, WhoeverALetterCannotReachInTimeIsToBeTelephoned) {
    now_ += std::chrono::days(10);  // four days before the slot; a letter takes five
    const auto id = expect(201, kCamille, "POST", "/api/v1/bookings",
                           {{"room_id", 1},
                            {"association_id", 1},
                            {"start", "2026-12-05T18:30"},
                            {"end", "2026-12-05T20:30"},
                            {"attendees", 12},
                            {"purpose", "Répétition"}})["id"];
    expect(200, kOffice, "POST", "/api/v1/bookings/" + id.dump() + "/approve");
    send();
    const auto items = letters();
    ASSERT_EQ(items.size(), 2U);
    EXPECT_EQ(items[1]["phone"], true);
    session_->execute("UPDATE towns SET letter_ahead_min = 2880");
    EXPECT_EQ(letters()[1]["phone"], false);
}

TEST_P(MessageRoutes, OfALetterThatIsTooEarlyForItsCodeTheCodeIsALetterToo) {
    fault_ = mail::PassFault::too_early;
    const auto path = approved_path();
    ASSERT_EQ(letters().size(), 2U);
    fault_.reset();
    now_ += std::chrono::days(14);
    send();
    const auto items = letters();
    ASSERT_EQ(items.size(), 3U);
    EXPECT_EQ(items[2]["template"], "pass_ready");
    EXPECT_EQ(pdf(kOffice, items[2]).status, 200);
}

}  // namespace
}  // namespace creneau::http
