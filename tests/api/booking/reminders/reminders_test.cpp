#include "api/booking/holders/hand_pass.hpp"
#include "api/booking/papers/keep_papers.hpp"
#include "api/booking/reminders/queue_reminders.hpp"
#include "api/booking/series/decide_series.hpp"
#include "tests/api/booking/series_fixture.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>

#include <nlohmann/json.hpp>

namespace creneau::booking {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

/// A day before the slot of wish(), Saturday 5 December 2026 at 18:30 in Paris.
constexpr std::chrono::sys_seconds kDayBefore{
    std::chrono::sys_days{std::chrono::year{2026} / 12 / 4} + std::chrono::minutes{17 * 60 + 30}};

class Reminders : public SeriesTest {
  protected:
    void tick(std::chrono::sys_seconds now) {
        store::Readers readers(database_.database(), 1);  // as after a restart
        queue_due_reminders(readers, writer_, kTown, now);
    }
    std::int64_t reminders() { return count("outbox WHERE template = 'booking_reminder'"); }
    nlohmann::json facts() { return nlohmann::json::parse(facts_of_mail("booking_reminder")); }
    void set_ahead(int minutes) {
        session_->execute("UPDATE towns SET reminder_ahead_min = " + std::to_string(minutes));
    }
};
CRENEAU_ON_BOTH_ENGINES(Reminders);

TEST_P(Reminders, LeaveOnceADayBeforeWithTheCodeOfThePass) {
    const auto booking = approved();
    tick(kDayBefore - seconds{1});
    EXPECT_EQ(reminders(), 0);
    tick(kDayBefore);
    EXPECT_EQ(reminders(), 1);
    EXPECT_EQ(number("SELECT o.credential_id - c.id FROM outbox o, credentials c"
                     " WHERE o.template = 'booking_reminder' AND c.revoked_at IS NULL"),
              0);
    EXPECT_EQ(number("SELECT booking_id FROM outbox WHERE template = 'booking_reminder'"),
              static_cast<std::int64_t>(booking.id));
    EXPECT_EQ(number("SELECT person_id FROM outbox WHERE template = 'booking_reminder'"), 2);
    EXPECT_EQ(facts()["local_start"], "2026-12-05T18:30");
    EXPECT_EQ(facts()["pass_number"], 1);
    EXPECT_EQ(facts()["help_contact"], "06");
    EXPECT_EQ(facts()["window_start_local"], "2026-12-05T18:20");
    EXPECT_EQ(facts()["doors"], nlohmann::json::array({"Portail", "Entrée"}));
    for (const auto later : {seconds{0}, seconds{1}, seconds{3600}}) {
        tick(kDayBefore + later);
    }
    EXPECT_EQ(reminders(), 1);
}

TEST_P(Reminders, LeaveWhenTheTownSaysOrNotAtAll) {
    approved();
    set_ahead(0);
    tick(kDayBefore + hours{23});
    EXPECT_EQ(reminders(), 0);
    set_ahead(120);
    tick(kDayBefore + hours{22} - seconds{1});
    EXPECT_EQ(reminders(), 0);
    tick(kDayBefore + hours{22});
    EXPECT_EQ(reminders(), 1);
    set_ahead(10'080);
    tick(kDayBefore + hours{23});
    EXPECT_EQ(reminders(), 1) << "another setting recalls nothing twice";
}

TEST_P(Reminders, OnPaperAreMadeEarlyEnoughForTheirLetter) {
    session_->execute("UPDATE people SET has_email = 0 WHERE id = 2");
    approved();
    tick(kDayBefore - hours{120} - seconds{1});
    EXPECT_EQ(reminders(), 0);
    tick(kDayBefore - hours{120});
    EXPECT_EQ(reminders(), 1);
    tick(kDayBefore);
    EXPECT_EQ(reminders(), 1);
}

TEST_P(Reminders, OnPaperAreLeftOutAfterALetterThatSaysItAll) {
    session_->execute("UPDATE people SET has_email = 0 WHERE id = 2");
    const auto booking = request(wish()).value();
    auto change = change_of(booking, kOffice);
    change.now = kDayBefore - hours{8 * 24};
    ASSERT_TRUE(write(approve_booking, change));
    tick(kDayBefore - hours{120});
    tick(kDayBefore);
    EXPECT_EQ(reminders(), 0);
    session_->execute("UPDATE people SET has_email = 1 WHERE id = 2");
    session_->execute("UPDATE bookings SET reminded_for = NULL");
    tick(kDayBefore);
    EXPECT_EQ(reminders(), 1) << "a mail is not too much";
}

TEST_P(Reminders, ComeLateAfterAnOutageButNotWhenTheSlotHasBegun) {
    approved();
    tick(kDayBefore + hours{24});
    EXPECT_EQ(reminders(), 0);
    tick(kDayBefore + hours{24} - seconds{1});
    EXPECT_EQ(reminders(), 1);
}

TEST_P(Reminders, AreForApprovedBookingsOnly) {
    request(wish()).value();
    auto second = wish();
    second.start = "2026-12-05T14:30";
    second.end = "2026-12-05T16:30";
    const auto cancelled = approve(request(second).value()).value();
    ASSERT_TRUE(cancel(cancelled));
    second.start = "2026-12-05T10:30";
    second.end = "2026-12-05T12:30";
    ASSERT_TRUE(refuse_it(request(second).value()));
    tick(kDayBefore);
    EXPECT_EQ(reminders(), 0);
    EXPECT_EQ(count("bookings WHERE reminded_for IS NOT NULL"), 0);
}

TEST_P(Reminders, DoNotRepeatAnApprovalThatLeftWithinThatTime) {
    const auto booking = request(wish()).value();
    auto change = change_of(booking, kOffice);
    change.now = kDayBefore;
    ASSERT_TRUE(write(approve_booking, change));
    tick(kDayBefore + hours{1});
    EXPECT_EQ(reminders(), 0);
    EXPECT_EQ(count("bookings WHERE reminded_for = start_at"), 1) << "settled";
    const auto earlier = request([] {
                             auto order = wish();
                             order.start = "2026-12-06T18:30";
                             order.end = "2026-12-06T20:30";
                             return order;
                         }())
                             .value();
    change = change_of(earlier, kOffice);
    change.now = kDayBefore + hours{24} - seconds{1};
    ASSERT_TRUE(write(approve_booking, change));
    tick(kDayBefore + hours{24});
    EXPECT_EQ(reminders(), 1) << "approved a second more than a day before";
}

TEST_P(Reminders, OfAMovedBookingAreOfItsNewTime) {
    const auto booking = approved();
    tick(kDayBefore);
    EXPECT_EQ(reminders(), 1);
    auto order =
        MoveBooking{change_of(booking, kOffice), {}, "2026-12-08T18:30", "2026-12-08T20:30"};
    order.change.now = kDayBefore + hours{1};
    ASSERT_TRUE(write(move_booking, order));
    tick(kDayBefore + hours{2});
    EXPECT_EQ(reminders(), 1);
    tick(kDayBefore + hours{72});
    EXPECT_EQ(reminders(), 2);
    EXPECT_NE(text("SELECT facts FROM outbox ORDER BY id DESC LIMIT 1").find("2026-12-08T18:30"),
              std::string::npos);
    tick(kDayBefore + hours{73});
    EXPECT_EQ(reminders(), 2);
}

TEST_P(Reminders, OfABookingThatMovedWithinThatTimeAreTheMailOfTheMove) {
    const auto booking = approved();
    auto order =
        MoveBooking{change_of(booking, kOffice), {}, "2026-12-05T14:30", "2026-12-05T16:30"};
    order.change.now = kDayBefore;
    ASSERT_TRUE(write(move_booking, order));
    tick(kDayBefore + hours{1});
    EXPECT_EQ(reminders(), 0);
}

TEST_P(Reminders, DoNotCarryAMembersPassInPlaceOfALostOne) {
    const auto booking = approved();
    const auto member = write(add_pass, MorePasses{kTown, kCamille, booking.id, kNow}).value();
    session_->execute("UPDATE credentials SET revoked_at = 1, revoked_why = 'lost' WHERE id <> " +
                      std::to_string(static_cast<std::int64_t>(member.credential.row)));
    tick(kDayBefore);
    EXPECT_EQ(count("outbox WHERE template = 'booking_reminder' AND credential_id IS NULL"), 1);
    EXPECT_EQ(count("credentials WHERE revoked_at IS NULL"), 1);
}

TEST_P(Reminders, NameThePapersThatHoldThePassBack) {
    session_->execute(
        "INSERT INTO room_rules (town_id, room_id) VALUES (1, 1);"
        "INSERT INTO room_papers (town_id, room_id, kind) VALUES (1, 1, 'insurance')");
    approved();
    tick(kDayBefore);
    EXPECT_EQ(reminders(), 1);
    EXPECT_EQ(count("outbox WHERE template = 'booking_reminder' AND credential_id IS NULL"), 1);
    EXPECT_FALSE(facts().contains("pass_number"));
    ASSERT_EQ(facts()["missing_papers"].size(), 1U);
    EXPECT_NE(facts()["missing_papers"][0]["en"].get<std::string>().find("insurance"),
              std::string::npos);
}

TEST_P(Reminders, RecallEachDateOfASeriesWithItsOwnCode) {
    session_->execute("UPDATE towns SET pass_ahead_min = 2880");
    const auto series = ask(saturdays()).value();
    ASSERT_TRUE(
        write(approve_series, ApproveSeries{{kTown, kOffice, series, Scope::all, "", kNow}, {}}));
    EXPECT_EQ(number("SELECT COUNT(*) FROM outbox o JOIN bookings b ON b.id = o.booking_id"
                     " WHERE o.template = 'pass_ready' AND o.next_try_at = b.start_at - 172800"),
              4)
        << "the pass of each date leaves two days ahead, as the town says";
    tick(kDayBefore);
    EXPECT_EQ(reminders(), 1);
    tick(kDayBefore + hours{7 * 24});
    EXPECT_EQ(reminders(), 2);
    EXPECT_EQ(count("outbox r JOIN outbox p ON p.credential_id = r.credential_id"
                    " WHERE r.template = 'booking_reminder' AND p.template = 'pass_ready'"),
              2);
}

TEST_P(Reminders, AreSparedWhereTheCodeItselfComesThen) {
    session_->execute("UPDATE towns SET pass_ahead_min = 1440");
    const auto series = ask(saturdays()).value();
    ASSERT_TRUE(
        write(approve_series, ApproveSeries{{kTown, kOffice, series, Scope::all, "", kNow}, {}}));
    tick(kDayBefore);
    EXPECT_EQ(reminders(), 0) << "the mail with the code leaves this very moment";
    set_ahead(2880);
    tick(kDayBefore + hours{6 * 24});
    EXPECT_EQ(reminders(), 1) << "a code that is still to come is no reminder";
}

}  // namespace
}  // namespace creneau::booking
