#include "api/booking/lapses/lapse_requests.hpp"
#include "tests/api/http/subscription_town.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

namespace creneau::http {
namespace {

class Digests : public SubscriptionTown {};
CRENEAU_ON_BOTH_ENGINES(Digests);

TEST_P(Digests, ADigestTellsWhoHeatsTheRoomThatABookingLeft) {
    const json daily{{"rhythm", "daily"}, {"daily_at", "07:00"}};
    const auto booking = approved();
    const auto subscribed_as = [&](const std::string& name, json where) {
        where.update(daily);
        subscribed(with(heating(), with(where, {{"service", name}, {"email", name + "@b.fr"}})));
    };
    subscribed_as("left", {{"room_id", 1}});
    subscribed_as("left-site", {{"site_id", 1}});
    subscribed_as("reached", {{"room_id", 2}});
    subscribed_as("town", json::object());
    subscribed_as("unmoved", {{"room_id", 1}, {"changes", {"approved", "cancelled"}}});
    subscribed_as("other", {{"room_id", 3}});
    ASSERT_TRUE(move(booking, "2026-12-06T18:30", "2026-12-06T20:30", kOffice, booking::kSemanaz));
    const auto morning = std::chrono::floor<days>(kNow) + days(1) + hours(6);
    digests(morning);
    std::map<std::string, mail::NewsItem> read;
    for (const auto& mail : news()) {
        ASSERT_EQ(mail.items.size(), 1U) << mail.subscriber;
        read[mail.subscriber] = mail.items[0];
    }
    ASSERT_EQ(read.size(), 4U);
    for (const auto* name : {"left", "left-site", "reached", "town"}) {
        EXPECT_EQ(read[name].change, "moved") << name;
        EXPECT_EQ(read[name].room, "LCR Semanaz") << name;
        EXPECT_EQ(read[name].previous.has_value(), std::string(name).starts_with("left")) << name;
    }
    EXPECT_EQ(read["left"].previous->room, "LCR Danton");
    EXPECT_EQ(read["left"].previous->local_start, "2026-12-05T18:30");
    digests(morning + days(1));
    EXPECT_EQ(news().size(), 4U) << "it is told once";
}

TEST_P(Digests, ADigestTellsOfABookingThatLeftHowItStandsNow) {
    const auto first = approved();
    auto order = wish();
    order.start = "2026-12-07T10:00";
    order.end = "2026-12-07T11:00";
    const auto second = approve(request(order).value()).value();
    subscribed(
        with(heating(),
             {{"room_id", 1}, {"changes", {"moved"}}, {"rhythm", "daily"}, {"daily_at", "07:00"}}));
    ASSERT_TRUE(move(first, "2026-12-05T18:30", "2026-12-05T20:30", kOffice, booking::kSemanaz));
    ASSERT_TRUE(cancel(first));
    ASSERT_TRUE(move(second, "2026-12-07T10:00", "2026-12-07T11:00", kOffice, booking::kSemanaz));
    ASSERT_TRUE(move(second, "2026-12-07T12:00", "2026-12-07T13:00", kOffice, booking::kDanton));
    digests(std::chrono::floor<days>(kNow) + days(1) + hours(6));
    ASSERT_EQ(news().size(), 1U);
    const auto items = news()[0].items;
    ASSERT_EQ(items.size(), 2U);
    EXPECT_EQ(items[0].change, "cancelled") << "its room need not be heated, nor the next";
    EXPECT_EQ(items[0].previous->room, "LCR Danton");
    EXPECT_EQ(items[1].change, "moved") << "it came back";
    EXPECT_EQ(items[1].room, "LCR Danton");
    EXPECT_EQ(items[1].local_start, "2026-12-07T12:00");
}

TEST_P(Digests, ADigestTellsOfARequestThatNobodyAnswered) {
    ASSERT_TRUE(request(wish()));
    const json daily{{"rhythm", "daily"}, {"daily_at", "07:00"}};
    subscribed(with(heating(), with(daily, {{"changes", {"refused"}}})));
    const auto over = std::chrono::floor<days>(kNow) + days(30);
    booking::lapse_requests(*session_, booking::kTown, over);
    digests(over + hours(6));
    ASSERT_EQ(news().size(), 1U);
    ASSERT_EQ(news()[0].items.size(), 1U);
    EXPECT_EQ(news()[0].items[0].change, "refused");
    EXPECT_EQ(news()[0].items[0].room, "LCR Danton");
}

TEST_P(Digests, AnAddressWithSeveralSubscriptionsReadsOfEachChangeOnce) {
    const auto both = [&](const json& more) {
        const auto first = subscribed(with(with(heating(), more), {{"room_id", 1}}));
        subscribed(with(with(heating(), more),
                        {{"room_id", 2}, {"email", "Chauffage@Le-Pre.example.org"}}));
        subscribed(with(with(heating(), more), {{"site_id", 1}, {"changes", {"moved"}}}));
        return first;
    };
    const auto path = both(json::object());
    both({{"rhythm", "daily"}, {"daily_at", "07:00"}});
    subscribed(with(heating(), {{"email", "accueil@le-pre.example.org"}}));
    const auto booking = approved();
    ASSERT_TRUE(move(booking, "2026-12-05T18:30", "2026-12-05T20:30", kOffice, booking::kSemanaz));
    const auto mails = [this](const std::string& address) {
        return number(
            "SELECT COUNT(*) FROM outbox o JOIN subscriptions s"
            " ON s.id = o.subscription_id WHERE LOWER(s.email) = '" +
            address + "'");
    };
    EXPECT_EQ(mails("chauffage@le-pre.example.org"), 3) << "requested, approved, moved";
    EXPECT_EQ(mails("accueil@le-pre.example.org"), 3);
    digests(std::chrono::floor<days>(kNow) + days(1) + hours(6));
    EXPECT_EQ(mails("chauffage@le-pre.example.org"), 4) << "and one digest";
    ASSERT_EQ(news().back().items.size(), 1U);
    EXPECT_EQ(news().back().items[0].previous->room, "LCR Danton");
    // One of them ends: the address still wants its mails.
    ASSERT_EQ(call({kOffice, "DELETE", path}).status, 204);
    const auto claimed =
        writer_
            .run([](store::Session& session)
                     -> tl::expected<std::optional<mail::ClaimedMail>, bool> {
                session.execute("UPDATE outbox SET next_try_at = 0 WHERE subscription_id = 1");
                return mail::claim_due_mail(session, 1, kNow, kNow + hours(1));
            })
            .value()
            .value();
    ASSERT_TRUE(claimed);
    EXPECT_EQ(claimed->template_word, "news");
    EXPECT_FALSE(claimed->unsubscribed);
}

TEST_P(Digests, AMailNamesEveryServiceOfItsAddressAndSpeaksOneLanguage) {
    subscribed(with(heating(), {{"service", "Chauffage"}}));
    subscribed(with(heating(), {{"service", "Astreinte"}}));
    subscribed(with(heating(), {{"service", "Security"}, {"locale", "en"}}));
    ASSERT_TRUE(request(wish()));
    ASSERT_EQ(news().size(), 2U);
    EXPECT_EQ(news()[0].subscriber, "Security");
    EXPECT_EQ(news()[1].subscriber, "Astreinte, Chauffage");
}

TEST_P(Digests, ADigestTellsOnceADayHowEachBookingStands) {
    approved();  // before the subscription: nobody is told of it
    subscribed(with(heating(), {{"rhythm", "daily"}, {"daily_at", "07:00"}}));
    auto order = wish();
    order.start = "2026-12-06T10:00";
    order.end = "2026-12-06T11:00";
    const auto changed = approve(request(order).value()).value();
    ASSERT_TRUE(cancel(changed));
    EXPECT_EQ(told(), "");
    const auto midnight = std::chrono::floor<days>(kNow) + days(1);  // 01:00 in Paris
    digests(midnight + hours(6));                                    // 07:00
    EXPECT_EQ(told(), "cancelled");                                  // its last state, once
    ASSERT_EQ(news()[0].items.size(), 1U);
    EXPECT_TRUE(news()[0].daily);
}

TEST_P(Digests, ADigestLeavesWhenItsHourHasCome) {
    subscribed(with(heating(), {{"rhythm", "daily"}, {"daily_at", "07:00"}}));
    const auto today = std::chrono::floor<days>(kNow);
    digests(today + hours(12));
    const auto booking = approved();
    const auto next = today + days(1);
    digests(next + hours(5));  // 06:00 in Paris
    EXPECT_EQ(told(), "");
    digests(next + hours(6));  // 07:00
    EXPECT_EQ(told(), "approved");
    ASSERT_TRUE(cancel(booking));
    digests(next + hours(7));
    digests(next + hours(20));
    EXPECT_EQ(told(), "approved");       // the day has had its mail
    digests(next + days(3) + hours(7));  // two days without a look
    EXPECT_EQ(told(), "approved cancelled");
    digests(next + days(4) + hours(7));
    EXPECT_EQ(told(), "approved cancelled");  // a day without news has no mail
}

TEST_P(Digests, ADigestTellsTheLastChangeThatTheServiceWants) {
    subscribed(
        with(heating(), {{"rhythm", "daily"}, {"daily_at", "07:00"}, {"changes", {"approved"}}}));
    const auto booking = approved();
    ASSERT_TRUE(move(booking, "2026-12-05T17:00", "2026-12-05T19:00"));
    auto other = wish();
    other.start = "2026-12-06T10:00";
    other.end = "2026-12-06T11:00";
    ASSERT_TRUE(cancel(approve(request(other).value()).value()));
    digests(std::chrono::floor<days>(kNow) + days(1) + hours(6));
    ASSERT_EQ(told(), "approved");
    ASSERT_EQ(news()[0].items.size(), 1U) << "what was cancelled since is no news";
    EXPECT_EQ(news()[0].items[0].local_start, "2026-12-05T17:00");
}

TEST_P(Digests, AnEndInTheMiddleNeitherLosesNorRepeatsADigest) {
    subscribed(with(heating(), {{"rhythm", "daily"}, {"daily_at", "07:00"}}));
    approved();
    const auto at = std::chrono::floor<days>(kNow) + days(1) + hours(6);
    const auto cut = writer_.run([at](store::Session& session) -> tl::expected<bool, bool> {
        booking::queue_digests(session, booking::kTown, at);
        return tl::unexpected(false);  // as a kill before COMMIT: all of it or nothing
    });
    ASSERT_FALSE(cut.value());
    EXPECT_EQ(told(), "");
    digests(at);
    digests(at);
    EXPECT_EQ(told(), "approved");
}

}  // namespace
}  // namespace creneau::http
