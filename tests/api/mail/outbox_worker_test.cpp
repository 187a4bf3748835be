#include "api/mail/retry.hpp"
#include "tests/api/mail/outbox_fixture.hpp"

namespace creneau::mail {
namespace {

TEST_P(Outbox, SendsAMailOnceAndMarksIt) {
    const auto id = queue(session, Template::booking_received);
    EXPECT_EQ(worker.run_due(), 1U);
    EXPECT_EQ(worker.run_due(), 0U);
    ASSERT_EQ(mailer.tries.size(), 1U);
    const Envelope& envelope = mailer.tries[0].envelope;
    EXPECT_EQ(envelope.to, "camille@example.org");
    EXPECT_EQ(envelope.from, "salles@le-pre.example.org");
    const std::string named = "outbox-" + std::to_string(id) + ".";
    EXPECT_TRUE(envelope.message_id.starts_with(named)) << envelope.message_id;
    EXPECT_TRUE(envelope.message_id.ends_with("@le-pre.example.org")) << envelope.message_id;
    EXPECT_EQ(row(id).state, "sent");
    EXPECT_TRUE(signed_ids.empty());
}

TEST_P(Outbox, TriesAgainAfterGrowingDelaysUnderTheSameMessageId) {
    const auto id = queue(session, Template::booking_approved, true);
    mailer.errors = {kBusy, kBusy, kBusy};
    for (const std::int64_t delay : {60, 120, 240}) {
        EXPECT_EQ(worker.run_due(), 1U);
        EXPECT_EQ(row(id).state, "waiting");
        EXPECT_EQ(row(id).last_error, "smtp: busy");
        pass_time(seconds{delay - 1});
        EXPECT_EQ(worker.run_due(), 0U) << delay;
        pass_time(seconds{1});
    }
    EXPECT_EQ(worker.run_due(), 1U);
    EXPECT_EQ(row(id).state, "sent");
    EXPECT_EQ(row(id).attempts, 4);
    ASSERT_EQ(mailer.tries.size(), 4U);
    for (const auto& attempt : mailer.tries) {
        EXPECT_EQ(attempt.message, mailer.tries[0].message);
    }
}

TEST_P(Outbox, WaitsLongestAfterARefusalForGood) {
    const auto id = queue(session, Template::booking_received);
    mailer.errors = {kRefused};
    worker.run_due();
    EXPECT_EQ(row(id).next_try_in, kLongestRetry.count());
    EXPECT_EQ(row(id).state, "waiting");
}

TEST_P(Outbox, GivesUpAfterADayWithOneAlert) {
    const auto id = queue(session, Template::booking_approved, true);
    int attempts = 0;
    for (int guard = 0; row(id).state == "waiting" && guard < 100; ++guard) {
        mailer.errors = {kBusy};
        attempts += static_cast<int>(worker.run_due());
        if (row(id).state == "waiting") {
            clock = kNow.time_since_epoch().count() + row(id).next_try_in;
        }
    }
    EXPECT_EQ(row(id).state, "dead");
    EXPECT_EQ(clock - kNow.time_since_epoch().count(), kPatience.count());
    EXPECT_GT(attempts, 25);
    EXPECT_LT(attempts, 40);
    EXPECT_EQ(log.count("alert outbox_dead_letter id=" + std::to_string(id) +
                        " template=booking_approved"),
              1U)
        << log.text();
    EXPECT_EQ(log.count("alert"), 1U);
    EXPECT_EQ(log.count("camille"), 0U);
    EXPECT_EQ(worker.run_due(), 0U);
}

// A power cut over the week-end is not a day of trying: the mail server may be a second late.
TEST_P(Outbox, TriesAnOldMailForHoursBeforeItGivesUp) {
    const auto id = queue(session, Template::booking_received);
    pass_time(kPatience * 2);
    std::int64_t attempts = 0;
    const auto began = clock.load();
    for (; row(id).state == "waiting" && attempts < 100; ++attempts) {
        mailer.errors = {kBusy};
        EXPECT_EQ(worker.run_due(), 1U);
        if (row(id).state == "waiting") {
            clock = kNow.time_since_epoch().count() + row(id).next_try_in;
        }
    }
    EXPECT_EQ(row(id).state, "dead");
    EXPECT_EQ(attempts, kLeastAttempts);
    EXPECT_GT(clock.load() - began, 3600 * 5);
}

TEST_P(Outbox, SendsAnOldMailThatWorks) {
    const auto id = queue(session, Template::booking_received);
    pass_time(std::chrono::hours{72});
    worker.run_due();
    EXPECT_EQ(row(id).state, "sent");
}

TEST_P(Outbox, LogsNoAddress) {
    queue(session, Template::booking_received);
    mailer.errors = {kBusy};
    worker.run_due();
    pass_time(std::chrono::hours{2});
    worker.run_due();
    EXPECT_EQ(log.count("@"), 0U) << log.text();
    EXPECT_EQ(log.count("Camille"), 0U);
    EXPECT_EQ(log.count("mail sent"), 1U);
}

TEST_P(Outbox, BuriesAMalformedRowAndGoesOn) {
    const auto broken = queue(session, Template::booking_approved);
    session.execute("UPDATE outbox SET facts = '{\"room\":3}' WHERE id = " +
                    std::to_string(broken));
    const auto unknown = queue(session, Template::booking_received);
    session.execute("UPDATE outbox SET template = 'birthday' WHERE id = " +
                    std::to_string(unknown));
    const auto unaddressed = queue(session, Template::booking_received);
    const auto good = queue(session, Template::booking_refused);
    session.execute("UPDATE people SET email = 'camille' WHERE id = 1");
    session.execute("UPDATE outbox SET person_id = 2 WHERE id = " + std::to_string(good));
    EXPECT_EQ(worker.run_due(), 4U);
    for (const auto id : {broken, unknown, unaddressed}) {
        EXPECT_EQ(row(id).state, "dead");
    }
    EXPECT_EQ(row(broken).last_error, "facts: room a text is expected");
    EXPECT_EQ(row(unaddressed).last_error, "facts: person has no usable address");
    EXPECT_EQ(log.count("alert outbox_dead_letter"), 3U);
    EXPECT_EQ(row(good).state, "sent");
    EXPECT_EQ(mailer.tries.at(0).envelope.to, "robin@example.org");
    EXPECT_NE(mailer.tries.at(0).message.find("Content-Language: en"), std::string::npos);
}

TEST_P(Outbox, LaysMessagesToReadersWithoutAnAddressReadyAsLetters) {
    session.execute("UPDATE people SET has_email = 0, email = key WHERE id = 1");
    const auto letter = queue(session, Template::booking_approved, true);
    const auto overtaken = queue(session, Template::booking_moved);
    queue(session, Template::booking_cancelled);
    const auto broken = queue(session, Template::booking_received);
    session.execute("UPDATE outbox SET facts = '{}' WHERE id = " + std::to_string(broken));
    EXPECT_EQ(worker.run_due(), 4U);
    EXPECT_TRUE(mailer.tries.empty());
    EXPECT_EQ(row(letter).state, "superseded") << "the cancellation overtook it";
    EXPECT_EQ(row(overtaken).state, "superseded");
    EXPECT_EQ(row(overtaken + 1).state, "letter");
    EXPECT_EQ(row(broken).state, "dead");
    EXPECT_EQ(worker.run_due(), 0U);
    EXPECT_EQ(log.count("letter to print id="), 1U);
}

TEST_P(Outbox, RefusesASenderThatIsNoAddress) {
    EXPECT_THROW(OutboxWorker(parts(), {.town_id = kTown, .from = "x"}), std::invalid_argument);
}

TEST_P(Outbox, NeverTouchesAnotherTown) {
    const auto id = queue(session, Template::booking_received);
    OutboxWorker stranger(parts(), {.town_id = kOtherTown, .from = settings().from});
    EXPECT_EQ(stranger.run_due(), 0U);
    EXPECT_EQ(row(id).state, "waiting");
}

TEST_P(Outbox, SharesTheRowsAmongWorkersWithoutSendingTwice) {
    std::vector<std::int64_t> ids;
    for (int i = 0; i < 30; ++i) {
        ids.push_back(queue(session, Template::booking_received));
    }
    FakeMailer second_mailer;
    store::Writer second_writer{database.database()};
    store::Readers second_readers{database.database(), 1};
    OutboxParts second_parts{
        .writer = second_writer,
        .readers = second_readers,
        .mailer = second_mailer,
        .sign_pass = [this](std::int64_t id) { return sign(id); },
        .now = [this] { return std::chrono::sys_seconds(seconds(clock.load())); },
        .jitter = {}};
    OutboxWorker second(second_parts, settings());
    {
        const std::jthread other([&] { second.run_due(); });
        worker.run_due();
    }
    std::map<std::string, int> sent;
    for (const FakeMailer* each : {&mailer, &second_mailer}) {
        for (const auto& attempt : each->tries) {
            ++sent[attempt.envelope.message_id];
        }
    }
    EXPECT_EQ(sent.size(), ids.size());
    for (const auto& [message_id, times] : sent) {
        EXPECT_EQ(times, 1) << message_id;
    }
    for (const auto id : ids) {
        EXPECT_EQ(row(id).state, "sent");
    }
}

TEST_P(Outbox, SendsOnWakingUntilStopped) {
    worker.start();
    queue(session, Template::booking_received);
    worker.wake();
    EXPECT_TRUE(mailer.wait_for_tries(1));
    queue(session, Template::booking_received);  // nobody wakes it: it looks by itself
    EXPECT_TRUE(mailer.wait_for_tries(2));
    worker.stop();
    const auto late = queue(session, Template::booking_received);
    worker.wake();
    EXPECT_EQ(row(late).state, "waiting");
}

TEST_P(Outbox, GivesASendingUpWhenStopped) {
    mailer.hang = true;
    const auto id = queue(session, Template::booking_received);
    worker.start();
    ASSERT_TRUE(mailer.wait_for_tries(1));
    worker.stop();
    EXPECT_EQ(row(id).state, "waiting");
    EXPECT_EQ(row(id).next_try_in, 0);
    mailer.hang = false;
    EXPECT_EQ(worker.run_due(), 1U);
    EXPECT_EQ(row(id).state, "sent");
}

TEST_P(Outbox, SendsAtOnceAfterACrashWhereOneProcessServes) {
    const auto id = queue(session, Template::booking_received);
    ASSERT_TRUE(claim_due_mail(session, kTown, kNow, kNow + seconds{120}));  // and then it died
    if (settings().one_process) {
        worker.start();
        EXPECT_TRUE(mailer.wait_for_tries(1));
        worker.stop();
    } else {
        EXPECT_EQ(worker.run_due(), 0U) << "another process may hold it";
        pass_time(seconds{120});
        EXPECT_EQ(worker.run_due(), 1U);
    }
    EXPECT_EQ(row(id).state, "sent");
    EXPECT_EQ(mailer.tries.size(), 1U);
}

CRENEAU_ON_BOTH_ENGINES(Outbox);

}  // namespace
}  // namespace creneau::mail
