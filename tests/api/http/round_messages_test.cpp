#include "api/booking/messages/take_bounce.hpp"
#include "api/http/message_routes.hpp"
#include "api/mail/outbox_worker.hpp"
#include "tests/api/http/round_town.hpp"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace creneau::http
