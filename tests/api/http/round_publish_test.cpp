#include "api/booking/rounds/manage_rounds.hpp"
#include "api/booking/rounds/publish_round.hpp"
#include "api/mail/outbox_store.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"
#include "tests/api/http/round_town.hpp"

#include <gtest/gtest.h>

#include <barrier>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {
namespace {

class RoundPublish : public RoundTown {
  protected:
    std::int64_t count(const std::string& from) { return number("SELECT COUNT(*) FROM " + from); }
};
CRENEAU_ON_BOTH_ENGINES(RoundPublish);

TEST_P(RoundPublish, WhatIsGivenBecomesAnApprovedSeriesOfTheAssociation) {
    const auto round = opened();
    const auto wish = stated(round, kCamille, wish_of(1, 12));
    proposed(round);
    EXPECT_EQ(step(round, "publish")["status"], "published");
    const auto became = seen(wish, kCamille);
    EXPECT_EQ(became["decision"]["verdict"], "given");
    const auto series =
        expect(200, kCamille, "GET", "/api/v1/series/" + became["series_id"].dump());
    EXPECT_EQ(series["association_id"], 1);
    EXPECT_EQ(series["booker_id"], 2);
    EXPECT_EQ(series["requested_by_id"], 1);
    ASSERT_EQ(series["occurrences"].size(), 4U);
    EXPECT_EQ(series["occurrences"][0]["start"], "2027-01-05T18:30");
    EXPECT_EQ(series["occurrences"][3]["status"], "approved");
    EXPECT_EQ(count("credentials"), 4);
    EXPECT_EQ(count("audit WHERE action = 'booking_approved' AND actor_id = 1 AND for_id = 2"), 4);
    EXPECT_EQ(count("audit WHERE action = 'round_published'"), 1);
}

TEST_P(RoundPublish, WhatIsNotGivenWaitsForEachDateOfTheRoomWishedFirst) {
    const auto round = opened();
    const auto winner = stated(round, kCamille, wish_of(1, 40));
    const auto loser = stated(round, kAlex, wish_of(2, 20));
    proposed(round);
    step(round, "publish");
    EXPECT_EQ(seen(loser, kAlex)["waits"], 4);
    EXPECT_EQ(seen(loser, kAlex)["decision"]["verdict"], "outbid");
    const auto line = expect(200, kAlex, "GET", "/api/v1/waiting-list")["items"];
    ASSERT_EQ(line.size(), 4U);
    EXPECT_EQ(line[0]["start"], "2027-01-05T18:30");
    const auto series = seen(winner)["series_id"].dump();
    expect(200, kCamille, "POST", "/api/v1/series/" + series + "/cancel",
           {{"scope", "this"}, {"date", "2027-01-12"}});
    const auto offered = expect(200, kAlex, "GET", "/api/v1/waiting-list")["items"];
    EXPECT_EQ(offered[1]["status"], "offered");
    EXPECT_EQ(offered[0]["status"], "waiting");
}

TEST_P(RoundPublish, WhatTheWinnerCannotBookGoesToWhoWasOutbid) {
    const auto round = opened();
    const auto winner = stated(round, kCamille, wish_of(1, 40));
    const auto loser = stated(round, kAlex, wish_of(2, 20));
    const auto last = stated(round, kAlex, wish_of(2, 10));
    proposed(round);
    session_->execute("UPDATE associations SET enabled = 0 WHERE id = 1");
    step(round, "publish");
    EXPECT_EQ(seen(winner)["decision"]["verdict"], "no_date");
    const auto became = seen(loser, kAlex);
    EXPECT_EQ(became["decision"]["verdict"], "given");
    EXPECT_EQ(became["decision"]["why"],
              "A place that stayed free: the wish it was for could not be booked.");
    const auto series = expect(200, kAlex, "GET", "/api/v1/series/" + became["series_id"].dump());
    EXPECT_EQ(series["occurrences"].size(), 4U);
    EXPECT_EQ(seen(last, kAlex)["decision"]["verdict"], "outbid");
    EXPECT_EQ(seen(last, kAlex)["waits"], 4);
}

TEST_P(RoundPublish, WhatStayedFreeSaysThePointsOfItsOwnChoice) {
    auto wanted = round_of();
    wanted["criteria"].push_back(
        {{"kind", "preference"}, {"text", "Salle préférée"}, {"weight", 10}});
    const auto made = expect(201, kOffice, "POST", "/api/v1/rounds", wanted);
    const auto round = "/api/v1/rounds/" + made["id"].dump();
    step(round, "open");
    stated(round, kAlex, wish_of(2, 40, {1}));
    stated(round, kCamille, wish_of(1, 40, {2}));
    const auto loser = stated(round, kAlex, wish_of(2, 20, {1, 2}));
    proposed(round);
    const auto before = seen(loser)["decision"];
    ASSERT_EQ(before["verdict"], "outbid");
    session_->execute("UPDATE associations SET enabled = 0 WHERE id = 1");
    step(round, "publish");
    const auto became = seen(loser, kAlex)["decision"];
    ASSERT_EQ(became["verdict"], "given");
    EXPECT_EQ(became["place"]["room_id"], 2);
    EXPECT_EQ(became["points"], before["points"].get<int>() - 500)
        << "the second choice earns half of what the first one would have";
}

TEST_P(RoundPublish, WhoHasMorePointsWaitsAheadAndWhatIsWithdrawnShowsNoDecision) {
    const auto round = opened();
    const auto few = stated(round, kAlex, wish_of(2, 10));
    const auto more = stated(round, kMaud, wish_of(1, 20));
    const auto gone = stated(round, kMaud, wish_of(1, 40));
    stated(round, kCamille, wish_of(1, 40));
    proposed(round);
    EXPECT_EQ(seen(gone)["decision"]["verdict"], "given");
    expect(200, kOffice, "DELETE", gone);
    step(round, "propose");
    step(round, "publish");
    EXPECT_TRUE(seen(gone)["decision"].is_null());
    EXPECT_EQ(seen(few)["waits"], 4);
    EXPECT_EQ(seen(more)["waits"], 4);
    const auto line = expect(200, kAlex, "GET", "/api/v1/waiting-list")["items"];
    ASSERT_EQ(line.size(), 4U);
    EXPECT_EQ(line[0]["ahead"], 1);
}

TEST_P(RoundPublish, EquipmentThatIsShortGoesToWhoHasMorePoints) {
    session_->execute(
        "INSERT INTO equipment (id, town_id, key, name, stock) VALUES (1, 1, 'sono', 'Sono', 2)");
    const auto round = opened();
    auto few = wish_of(2, 10, {2});
    few["equipment"] = {{{"equipment_id", 1}, {"quantity", 2}}};
    auto more = wish_of(1, 40, {1});
    more["equipment"] = few["equipment"];
    const auto first = stated(round, kAlex, few);
    const auto second = stated(round, kCamille, more);
    proposed(round);
    step(round, "publish");
    EXPECT_EQ(seen(second)["decision"]["verdict"], "given");
    const auto lost = seen(first)["decision"];
    EXPECT_EQ(lost["verdict"], "no_date");
    EXPECT_NE(lost["why"].get<std::string>().find("Sono"), std::string::npos);
    EXPECT_EQ(seen(first, kAlex)["waits"], 4) << "for the equipment, in a room that is free";
    const auto series = seen(second)["series_id"].dump();
    expect(200, kCamille, "POST", "/api/v1/series/" + series + "/cancel",
           {{"scope", "this"}, {"date", "2027-01-12"}});
    const auto line = expect(200, kAlex, "GET", "/api/v1/waiting-list")["items"];
    EXPECT_EQ(line[0]["status"], "waiting");
    EXPECT_EQ(line[1]["status"], "offered");
    const auto offer = expect(200, kAlex, "GET", "/api/v1/holds/" + line[1]["hold_id"].dump());
    EXPECT_EQ(offer["room_id"], 2);
    EXPECT_EQ(offer["equipment"][0]["quantity"], 2);
}

TEST_P(RoundPublish, ADateThatSomebodyHasKeepsItsReasonAndIsWaitedFor) {
    expect(201, kDominique, "POST", "/api/v1/bookings",
           {{"room_id", 1},
            {"start", "2027-01-12T19:00"},
            {"end", "2027-01-12T20:00"},
            {"attendees", 5},
            {"purpose", "Fête"}});
    const auto round = opened();
    const auto wish = stated(round, kCamille, wish_of(1, 12));
    proposed(round);
    step(round, "publish");
    const auto became = seen(wish, kCamille);
    EXPECT_EQ(became["waits"], 1);
    const auto series =
        expect(200, kCamille, "GET", "/api/v1/series/" + became["series_id"].dump());
    EXPECT_EQ(series["occurrences"].size(), 3U);
    ASSERT_EQ(series["missed"].size(), 1U);
    EXPECT_EQ(series["missed"][0]["date"], "2027-01-12");
    EXPECT_EQ(series["missed"][0]["errors"][0]["code"], "room_taken");
}

TEST_P(RoundPublish, ADateThatIsHeldIsWaitedForAsATakenOneIs) {
    expect(201, kOffice, "POST", "/api/v1/holds",
           {{"room_id", 1},
            {"start", "2027-01-12T19:00"},
            {"end", "2027-01-12T20:00"},
            {"until", "2027-01-10T12:00"},
            {"booker_id", 3},
            {"attendees", 5},
            {"purpose", "Fête"}});
    const auto round = opened();
    const auto wish = stated(round, kCamille, wish_of(1, 12));
    proposed(round);
    step(round, "publish");
    const auto became = seen(wish, kCamille);
    EXPECT_EQ(became["waits"], 1);
    EXPECT_EQ(text("SELECT local_start FROM waits"), "2027-01-12T18:30");
    EXPECT_EQ(number("SELECT in_round FROM waits"), 1);
}

TEST_P(RoundPublish, EachAssociationGetsOneMailAboutAllItsWishes) {
    const auto round = opened();
    stated(round, kCamille, wish_of(1, 40));
    stated(round, kMaud, wish_of(1, 12, {2}));
    stated(round, kAlex, wish_of(2, 20));
    const auto gone = stated(round, kAlex, wish_of(2, 20, {3}));
    expect(200, kAlex, "DELETE", gone);
    proposed(round);
    EXPECT_EQ(count("outbox WHERE template <> 'round_wish'"), 0);
    step(round, "publish");
    EXPECT_EQ(count("outbox WHERE template NOT IN ('pass_ready', 'round_wish')"), 2);
    EXPECT_EQ(count("outbox WHERE template = 'round_result' AND booking_id IS NULL"), 2);
    const auto told = [&](int person) {
        return json::parse(
            text("SELECT facts FROM outbox WHERE template = 'round_result'"
                 " AND person_id = " +
                 std::to_string(person)));
    };
    const auto choir = told(2);
    EXPECT_EQ(choir["association"], "Chorale du Pré");
    ASSERT_EQ(choir["items"].size(), 2U);
    EXPECT_EQ(choir["items"][0]["room"], "LCR Danton");
    EXPECT_EQ(choir["items"][0]["dates"], 4);
    EXPECT_EQ(choir["items"][0]["given"]["weekday"], "tuesday");
    EXPECT_EQ(choir["helps"].size(), 2U);
    const auto chess = told(4);
    ASSERT_EQ(chess["items"].size(), 1U);
    EXPECT_EQ(chess["items"][0]["room"], "");
    EXPECT_EQ(chess["items"][0]["waits"], 4);
    EXPECT_EQ(chess["items"][0]["why"]["fr"],
              "LCR Danton : ce créneau va à une autre demande (1500 points ; la vôtre en a 1250).");
}

TEST_P(RoundPublish, AnAssociationThatNobodyManagesReadsOfItsWishesItself) {
    const auto round = opened();
    stated(round, kCamille, wish_of(1, 40));
    stated(round, kAlex, wish_of(2, 20, {2}));
    session_->execute("UPDATE people SET enabled = 0 WHERE id = 4");
    proposed(round);
    step(round, "publish");
    EXPECT_EQ(count("outbox WHERE template = 'round_result'"), 2);
    const auto facts =
        json::parse(text("SELECT facts FROM outbox WHERE association_id = 2 AND person_id = 1"));
    EXPECT_EQ(facts["booker"], "Échecs du Pré");
    ASSERT_EQ(facts["items"].size(), 1U);
    EXPECT_NE(facts["items"][0]["why"]["fr"].get<std::string>().find("Plus personne ne gère"),
              std::string::npos);
    const auto claimed = [&] {
        return writer_
            .run([](store::Session& session)
                     -> tl::expected<std::optional<mail::ClaimedMail>, bool> {
                session.execute("UPDATE outbox SET next_try_at = 0 WHERE association_id = 2");
                return mail::claim_due_mail(session, 1, booking::kNow,
                                            booking::kNow + std::chrono::hours(1));
            })
            .value()
            .value()
            .value();
    };
    const auto mail = claimed();
    EXPECT_EQ(mail.to_address, "echecs@example.org");
    EXPECT_EQ(mail.to_name, "Échecs du Pré");
    EXPECT_TRUE(mail.has_email);
    session_->execute("UPDATE associations SET email = '' WHERE id = 2");
    EXPECT_FALSE(claimed().has_email) << "it becomes a letter";
}

TEST_P(RoundPublish, ServicesAreToldOfWhatIsGiven) {
    session_->execute(
        "INSERT INTO subscriptions (id, town_id, service, email, locale, rhythm, holders,"
        " created_by_id, created_at, told_until) VALUES (1, 1, 'Chauffage',"
        " 'chauffage@example.org', 'fr', 'at_once', 'all', 1, 1, 0);"
        "INSERT INTO subscription_changes (town_id, subscription_id, change) VALUES"
        " (1, 1, 'approved');");
    const auto round = opened();
    stated(round, kCamille, wish_of(1, 12));
    proposed(round);
    step(round, "publish");
    EXPECT_EQ(count("outbox WHERE template = 'news' AND subscription_id = 1"), 1);
}

TEST_P(RoundPublish, NoticeAndResidentsFirstWereKeptByTheRoundButQuotasBind) {
    session_->execute(
        "INSERT INTO room_rules (room_id, town_id, create_most_min, residents_until_days) VALUES"
        " (1, 1, 1440, 1);"
        "INSERT INTO quotas (id, town_id, key, name, holder, unit, most, period)"
        " VALUES (1, 1, 'q', 'Trois par an', 'association', 'bookings', 3, 'season');"
        "INSERT INTO quota_rooms (town_id, quota_id, room_id) VALUES (1, 1, 1);");
    const auto round = opened();
    const auto wish = stated(round, kCamille, wish_of(1, 12));
    proposed(round);
    step(round, "publish");
    const auto series =
        expect(200, kCamille, "GET", "/api/v1/series/" + seen(wish)["series_id"].dump());
    EXPECT_EQ(series["occurrences"].size(), 3U);
    ASSERT_EQ(series["missed"].size(), 1U);
    EXPECT_EQ(series["missed"][0]["errors"][0]["code"], "quota_exceeded");
}

TEST_P(RoundPublish, AWishWithoutASingleDateSaysWhyAndAnExcludedOneWaitsForNothing) {
    const auto round = opened();
    auto holiday = wish_of(1, 12);
    const auto lost = stated(round, kCamille, holiday);
    const auto excluded = stated(round, kAlex, wish_of(2, 12));
    expect(200, kOffice, "PUT", excluded + "/settled",
           {{"gets_nothing", true}, {"reason", "Dossier incomplet"}});
    proposed(round);
    // What takes the room between the proposal and its publication.
    session_->execute(
        "INSERT INTO closures (id, town_id, site_id, room_id, kind, reason, local_start, local_end,"
        " start_at, end_at, created_at, created_by_id) VALUES (1, 1, 1, 1, 'works', 'Parquet',"
        " '2027-01-01T00:00', '2027-03-01T00:00', 1798758000, 1803855600, 1, 1);"
        "INSERT INTO closure_spaces (town_id, closure_id, space_id) VALUES (1, 1, 1);"
        "INSERT INTO occupancies (space_id, start_at, end_at, town_id, source_kind, source_id)"
        " VALUES (1, 1798758000, 1803855600, 1, 'closure', 1);");
    step(round, "publish");
    const auto decision = seen(lost, kCamille)["decision"];
    EXPECT_EQ(decision["verdict"], "no_date");
    EXPECT_TRUE(decision["place"].is_null());
    EXPECT_TRUE(decision["why"].get<std::string>().starts_with("No date could be booked. Closed"));
    EXPECT_TRUE(seen(lost)["series_id"].is_null());
    EXPECT_EQ(seen(lost)["waits"], 4);
    EXPECT_EQ(seen(excluded, kAlex)["waits"], 0);
    EXPECT_EQ(seen(excluded, kAlex)["decision"]["why"],
              "Set aside by the office: Dossier incomplet");
    EXPECT_EQ(count("series"), 0);
}

TEST_P(RoundPublish, WhoManagesTheAssociationByThenBooks) {
    const auto round = opened();
    const auto wish = stated(round, kCamille, wish_of(1, 12));
    const auto orphan = stated(round, kAlex, wish_of(2, 12, {2}));
    session_->execute(
        "DELETE FROM association_managers WHERE person_id = 2;"
        "UPDATE people SET enabled = 0 WHERE id = 4;");
    proposed(round);
    step(round, "publish");
    const auto series =
        expect(200, kMaud, "GET", "/api/v1/series/" + seen(wish)["series_id"].dump());
    EXPECT_EQ(series["booker_id"], 6);
    EXPECT_EQ(seen(orphan)["decision"]["verdict"], "no_date");
}

TEST_P(RoundPublish, TwoPublicationsAtOncePublishOnce) {
    const auto round = opened();
    stated(round, kCamille, wish_of(1, 40));
    stated(round, kAlex, wish_of(2, 20));
    proposed(round);
    std::barrier start(2);
    std::map<int, int> answers;
    std::mutex mutex;
    {
        std::vector<std::jthread> threads;
        for (int twice = 0; twice < 2; ++twice) {
            threads.emplace_back([&] {
                store::Writer writer(database_.database(),
                                     {.limits = {}, .town_id = 1, .report = {}});
                const booking::ChangeRound change{
                    booking::kTown, kOffice, booking::RoundId{1}, {}, now_};
                start.arrive_and_wait();
                const auto published = writer.run([&](store::Session& session) {
                    return booking::publish_round(session, change);
                });
                const std::lock_guard lock(mutex);
                ++answers[published.value() ? 200 : 409];
            });
        }
    }
    EXPECT_EQ(answers, (std::map<int, int>{{200, 1}, {409, 1}}));
    EXPECT_EQ(count("series"), 1);
    EXPECT_EQ(count("bookings"), 4);
    EXPECT_EQ(count("waits"), 4);
    step(round, "publish", 409);
    step(round, "propose", 409);
    EXPECT_EQ(count("bookings"), 4);
}

}  // namespace
}  // namespace creneau::http
