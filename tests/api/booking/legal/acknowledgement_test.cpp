#include "api/booking/move_booking.hpp"
#include "api/booking/series/decide_series.hpp"
#include "api/booking/view_store.hpp"
#include "api/mail/facts.hpp"
#include "tests/api/booking/series_fixture.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace creneau::booking {
namespace {

/// What the mails of a town say that has decided what its silence means.
class Acknowledgement : public SeriesTest {
  protected:
    void set(const std::string& columns) {
        session_->execute("UPDATE towns SET " + columns + " WHERE id = 1");
    }
    Booking as_it_is(BookingId booking) {
        return select_view(*session_, kTown, booking).value().booking;
    }
    std::optional<mail::LegalFacts> told_in(const std::string& template_word) {
        return mail::parse_facts(facts_of_mail(template_word)).value().legal;
    }
};
CRENEAU_ON_BOTH_ENGINES(Acknowledgement);

TEST_P(Acknowledgement, SaysFromWhichDateSilenceDecides) {
    set("silence_means = 'refused', silence_months = 2, silence_decision = 'Délibération 7',"
        " service_address = '1 place de la Mairie', appeal_fr = 'Écrivez au maire.'");
    ASSERT_TRUE(request(wish()));
    const auto told = told_in("booking_received");
    ASSERT_TRUE(told && told->silence);
    EXPECT_EQ(told->silence->means, "refused");
    EXPECT_EQ(told->silence->on, "2027-01-21");
    EXPECT_EQ(told->silence->after_fr, "2 mois");
    EXPECT_EQ(told->silence->after_en, "2 months");
    EXPECT_EQ(told->silence->decision, "Délibération 7");
    EXPECT_EQ(told->service_address, "1 place de la Mairie");
    EXPECT_EQ(told->appeal_fr, "Écrivez au maire.");
}

TEST_P(Acknowledgement, OfWhatTheOfficeAskedForSomebodySaysSo) {
    const auto asked_by = [this](const std::string& template_word) {
        return mail::parse_facts(facts_of_mail(template_word)).value().asked_by;
    };
    ASSERT_TRUE(request(wish()));
    EXPECT_EQ(asked_by("booking_received"), "") << "by the booker";
    auto spoken = wish();
    spoken.actor = kOffice;
    spoken.booker = kCamille;
    spoken.start = "2026-12-07T18:30";
    spoken.end = "2026-12-07T20:30";
    const Booking booking = request(spoken).value();
    EXPECT_EQ(text("SELECT facts FROM outbox WHERE booking_id = " +
                   std::to_string(static_cast<std::int64_t>(booking.id)))
                  .find("\"asked_by\":\"\""),
              std::string::npos);
    ASSERT_TRUE(approve(booking));
    EXPECT_EQ(asked_by("booking_approved"), text("SELECT service FROM towns WHERE id = 1"));
}

TEST_P(Acknowledgement, CountsFromTheLocalDateOfTheRequest) {
    set("silence_means = 'accepted', silence_days = 1");
    auto late = wish();
    late.now = kNow + std::chrono::hours{11} + std::chrono::minutes{30};  // half past midnight
    ASSERT_TRUE(request(late));
    const auto facts = mail::parse_facts(facts_of_mail("booking_received")).value();
    EXPECT_EQ(facts.received_on, "2026-11-22");
    EXPECT_EQ(facts.legal->silence->on, "2026-11-23");
    EXPECT_EQ(facts.legal->silence->after_fr, "1 jour");
    EXPECT_EQ(facts.legal->silence->after_en, "1 day");
}

TEST_P(Acknowledgement, OfASeriesSaysTheSame) {
    set("silence_means = 'accepted', silence_months = 1");
    ASSERT_TRUE(ask(saturdays()));
    const auto told = told_in("series_received");
    ASSERT_TRUE(told && told->silence);
    EXPECT_EQ(told->silence->means, "accepted");
    EXPECT_EQ(told->silence->on, "2026-12-21");
    EXPECT_EQ(told->silence->after_en, "1 month");
}

TEST_P(Acknowledgement, OfAChangeThatAwaitsAnAnswerSaysTheSameFromThen) {
    set("silence_means = 'refused', silence_months = 2");
    const auto booking = approved();
    const auto days = std::chrono::days{2};
    MoveBooking longer;
    longer.change = change_of(booking, kCamille);
    longer.change.now = kNow + days;
    longer.start = "2026-12-05T17:30";
    longer.end = "2026-12-05T20:30";
    const auto pending = write(move_booking, longer).value();
    ASSERT_EQ(pending.status, Status::pending);
    auto facts = mail::parse_facts(facts_of_mail("booking_moved")).value();
    EXPECT_EQ(facts.received_on, "2026-11-23");
    ASSERT_TRUE(facts.legal && facts.legal->silence);
    EXPECT_EQ(facts.legal->silence->on, "2027-01-23");
    session_->execute("DELETE FROM outbox");
    auto by_office = longer;
    by_office.change = change_of(pending, kOffice);
    by_office.change.now = kNow + 2 * days;
    by_office.start = "2026-12-05T17:00";
    ASSERT_TRUE(write(move_booking, by_office));
    facts = mail::parse_facts(facts_of_mail("booking_moved")).value();
    EXPECT_EQ(facts.received_on, "2026-11-21") << "the office asks for nothing";
    ASSERT_TRUE(facts.legal && facts.legal->silence);
    EXPECT_EQ(facts.legal->silence->on, "2027-01-21");
    session_->execute("DELETE FROM outbox");
    ASSERT_TRUE(approve(as_it_is(pending.id)));
    ASSERT_TRUE(move(as_it_is(pending.id), "2026-12-05T18:00", "2026-12-05T20:00", kCamille));
    EXPECT_FALSE(told_in("booking_moved")) << "shorter: nobody is asked";
}

TEST_P(Acknowledgement, SaysNothingOfSilenceWhereTheTownHasNot) {
    ASSERT_TRUE(request(wish()));
    const auto told = told_in("booking_received");
    ASSERT_TRUE(told);
    EXPECT_FALSE(told->silence);
}

TEST_P(Acknowledgement, RefusalsSayHowToContestThemAndOtherMailsDoNot) {
    set("silence_means = 'refused', silence_months = 2, appeal_fr = 'Fr.', appeal_en = 'En.'");
    ASSERT_TRUE(refuse_it(request(wish()).value()));
    const auto single = told_in("booking_refused");
    ASSERT_TRUE(single);
    EXPECT_EQ(single->appeal_fr, "Fr.");
    EXPECT_EQ(single->appeal_en, "En.");
    EXPECT_FALSE(single->silence) << "it has been answered";
    const auto series = ask(saturdays()).value();
    ChangeSeries change;
    change.town = kTown;
    change.actor = kOffice;
    change.series = series;
    change.now = kNow;
    ASSERT_TRUE(write(refuse_series, RefuseSeries{change, "property_management", ""}));
    ASSERT_TRUE(told_in("series_refused"));
    EXPECT_EQ(told_in("series_refused")->appeal_en, "En.");
    approved();
    EXPECT_FALSE(told_in("booking_approved"));
}

}  // namespace
}  // namespace creneau::booking
