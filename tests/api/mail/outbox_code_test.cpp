#include "api/mail/retry.hpp"
#include "qr/digits.hpp"
#include "tests/api/mail/outbox_fixture.hpp"

namespace creneau::mail {
namespace {

/// Mails that carry the code of a pass.
class OutboxOfCodes : public Outbox {};

TEST_P(OutboxOfCodes, AsksForTheCodeWhenItSendsAndKeepsNothingOfIt) {
    const auto id = queue(session, Template::booking_approved, true);
    EXPECT_EQ(worker.run_due(), 1U);
    EXPECT_EQ(signed_ids, std::vector<std::int64_t>{1});
    const std::string digits(qr::view(qr::to_digits(sample_pass())));
    const std::string& message = mailer.tries.at(0).message;
    EXPECT_NE(message.find("filename=pass.png"), std::string::npos);
    EXPECT_EQ(message.find(digits.substr(0, 20)), std::string::npos);
    EXPECT_EQ(row(id).facts.find(digits.substr(0, 20)), std::string::npos);
    EXPECT_EQ(log.count(digits.substr(0, 20)), 0U);
}

TEST_P(OutboxOfCodes, SendsNoRevokedCode) {
    const auto id = queue(session, Template::booking_approved, true);
    revoke_credential(session);
    worker.run_due();
    EXPECT_EQ(row(id).state, "superseded");
    EXPECT_TRUE(mailer.tries.empty());
    EXPECT_TRUE(signed_ids.empty());
    EXPECT_EQ(log.count("alert"), 0U);
}

TEST_P(OutboxOfCodes, BelievesTheSignerThatACodeOpensNothing) {
    const auto id = queue(session, Template::booking_approved, true);
    pass_refusal = PassRefusal{PassFault::opens_nothing, "signer: ended"};
    worker.run_due();
    EXPECT_EQ(row(id).state, "superseded");
    EXPECT_EQ(row(id).last_error, "signer: ended");
    EXPECT_TRUE(mailer.tries.empty());
}

TEST_P(OutboxOfCodes, WaitsForTheSignerRatherThanSendWithoutTheCode) {
    const auto id = queue(session, Template::booking_approved, true);
    pass_refusal = PassRefusal{PassFault::unavailable, "signer: unreachable"};
    worker.run_due();
    EXPECT_EQ(row(id).state, "waiting");
    EXPECT_EQ(row(id).next_try_in, 60);
    EXPECT_TRUE(mailer.tries.empty());
    pass_refusal.reset();
    pass_time(seconds{60});
    worker.run_due();
    EXPECT_EQ(row(id).state, "sent");
}

TEST_P(OutboxOfCodes, SendsTheNewsAtOnceAndItsCodeThreeDaysBeforeTheSlot) {
    for (const Template name : {Template::booking_approved, Template::booking_moved}) {
        set_time(kNow);
        mailer.tries.clear();
        const auto later = announce_code(name);
        EXPECT_EQ(mailer.tries.at(0).message.find("image/png"), std::string::npos);
        EXPECT_EQ(row(later).state, "waiting");
        EXPECT_EQ(row(later).next_try_in, (kPassDue - kNow).count());
        pass_refusal.reset();
        set_time(kPassDue - seconds{1});
        EXPECT_EQ(worker.run_due(), 0U);
        set_time(kPassDue);
        EXPECT_EQ(worker.run_due(), 1U);
        EXPECT_EQ(row(later).state, "sent");
        EXPECT_NE(mailer.tries.at(1).message.find("image/png"), std::string::npos);
        EXPECT_NE(mailer.tries.at(0).envelope.message_id, mailer.tries.at(1).envelope.message_id);
        EXPECT_EQ(worker.run_due(), 0U) << "nothing more follows";
    }
    EXPECT_EQ(log.count("alert"), 0U);
}

TEST_P(OutboxOfCodes, SendsTheCodeAsLongBeforeTheSlotAsTheTownSays) {
    session.execute("UPDATE towns SET pass_ahead_min = 2880 WHERE id = 1");
    const auto later = announce_code(Template::booking_approved);
    EXPECT_EQ(row(later).next_try_in, (kPassDue - kNow).count() + 24 * 3600);
}

TEST_P(OutboxOfCodes, AnnouncesACodeOnceHoweverManyMailsWentWithoutIt) {
    const auto later = announce_code(Template::booking_approved);
    session.execute("UPDATE bookings SET reminded_for = start_at");
    queue(session, Template::booking_reminder, true);
    EXPECT_EQ(worker.run_due(), 1U);
    pass_refusal.reset();
    set_time(kPassDue);
    EXPECT_EQ(worker.run_due(), 1U);
    EXPECT_EQ(row(later).state, "sent");
}

TEST_P(OutboxOfCodes, RemindsWithTheCodeWhileTheBookingIsWhatItRecalls) {
    session.execute("UPDATE bookings SET reminded_for = start_at");
    const auto good = queue(session, Template::booking_reminder, true);
    EXPECT_EQ(worker.run_due(), 1U);
    EXPECT_EQ(row(good).state, "sent");
    EXPECT_NE(mailer.tries.at(0).message.find("image/png"), std::string::npos);
    for (const char* change :
         {"UPDATE bookings SET status = 'cancelled'",
          "UPDATE bookings SET status = 'approved', start_at = start_at + 3600"}) {
        session.execute(change);
        const auto id = queue(session, Template::booking_reminder, true);
        worker.run_due();
        EXPECT_EQ(row(id).state, "superseded") << change;
    }
    EXPECT_EQ(mailer.tries.size(), 1U);
}

TEST_P(OutboxOfCodes, RecallsNothingThatHasBegun) {
    session.execute("UPDATE bookings SET reminded_for = start_at");
    const auto begins = kPassDue + std::chrono::hours{72};
    const auto id = queue(session, Template::booking_reminder, false, begins - seconds{60});
    mailer.errors = {kBusy};
    set_time(begins - seconds{60});
    worker.run_due();
    EXPECT_EQ(row(id).state, "waiting");
    set_time(begins);
    worker.run_due();
    EXPECT_EQ(row(id).state, "superseded");
    EXPECT_EQ(row(id).last_error, "the slot has begun");
}

TEST_P(OutboxOfCodes, CountsThePatienceForACodeFromWhenItIsDue) {
    const auto later = announce_code(Template::booking_approved);
    set_time(kPassDue);
    worker.run_due();
    EXPECT_EQ(row(later).state, "waiting") << "a code mail is nothing without its code";
    EXPECT_EQ(mailer.tries.size(), 1U);
    for (int guard = 0; row(later).state == "waiting" && guard < 100; ++guard) {
        clock = kNow.time_since_epoch().count() + row(later).next_try_in;
        worker.run_due();
    }
    EXPECT_EQ(row(later).state, "dead");
    EXPECT_EQ(clock.load(), (kPassDue + kPatience).time_since_epoch().count());
    EXPECT_EQ(log.count("alert outbox_dead_letter"), 1U);
}

TEST_P(OutboxOfCodes, TriesACodeAtOnceWhenTheSlotIsNear) {
    set_time(kPassDue + seconds{3600});
    const auto id = queue(session, Template::booking_approved, true, kPassDue + seconds{3600});
    pass_refusal = kTooEarly;
    EXPECT_EQ(worker.run_due(), 2U) << "the approval, then the first try of its code";
    EXPECT_EQ(row(id).state, "sent");
    EXPECT_EQ(row(id + 1).state, "waiting");
    EXPECT_EQ(row(id + 1).next_try_in, (kPassDue - kNow).count() + 3600 + 60);
}

TEST_P(OutboxOfCodes, QueuesNoCodeForNewsThatDidNotLeave) {
    const auto id = queue(session, Template::booking_approved, true);
    pass_refusal = kTooEarly;
    mailer.errors = {kBusy};
    worker.run_due();
    EXPECT_EQ(row(id).state, "waiting");
    set_time(kPassDue);
    pass_refusal.reset();
    EXPECT_EQ(worker.run_due(), 1U) << "by now the news carries the code itself";
    EXPECT_EQ(row(id).state, "sent");
}

TEST_P(OutboxOfCodes, SupersedesACodeThatWasRevokedMeanwhile) {
    const auto later = announce_code(Template::booking_approved);
    pass_refusal.reset();
    revoke_credential(session);
    set_time(kPassDue);
    worker.run_due();
    EXPECT_EQ(row(later).state, "superseded");
    EXPECT_EQ(mailer.tries.size(), 1U);
}

TEST_P(OutboxOfCodes, SupersedesACodeWhoseBookingChangedMeanwhile) {
    for (const Template change : {Template::booking_moved, Template::booking_cancelled}) {
        set_time(kNow);
        const auto later = announce_code(Template::booking_approved);
        pass_refusal.reset();
        const auto news = queue(session, change);
        set_time(kPassDue);
        worker.run_due();
        EXPECT_EQ(row(later).state, "superseded");
        EXPECT_EQ(row(news).state, "sent");
    }
}

TEST_P(OutboxOfCodes, LetsACancellationOvertakeTheApproval) {
    const auto received = queue(session, Template::booking_received);
    const auto approved = queue(session, Template::booking_approved);
    const auto cancelled = queue(session, Template::booking_cancelled);
    EXPECT_EQ(worker.run_due(), 3U);
    EXPECT_EQ(row(received).state, "sent") << "an acknowledgement is owed whatever follows";
    EXPECT_EQ(row(approved).state, "superseded");
    EXPECT_EQ(row(cancelled).state, "sent");
}

CRENEAU_ON_BOTH_ENGINES(OutboxOfCodes);

}  // namespace
}  // namespace creneau::mail
