#include "api/mail/outbox_worker.hpp"

#include "api/mail/retry.hpp"
#include "qr/digits.hpp"
#include "tests/api/mail/outbox_town.hpp"
#include "tests/support/test_database.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <deque>
#include <map>
#include <memory>
#include <sstream>

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

namespace creneau::mail {
namespace {

using std::chrono::seconds;

/// Keeps what it is given and answers what the test tells it to.
class FakeMailer final : public Mailer {
  public:
    struct Sent {
        Envelope envelope;
        std::string message;
    };

    tl::expected<void, SendError> send(const Envelope& envelope, std::string_view message,
                                       std::stop_token stop) override {
        std::unique_lock lock(mutex_);
        tries.push_back({envelope, std::string(message)});
        changed_.notify_all();
        if (hang) {
            changed_.wait(lock, stop, [] { return false; });
            return tl::unexpected(SendError{SendFault::stopped, "stopped"});
        }
        if (errors.empty()) {
            return {};
        }
        SendError error = errors.front();
        errors.pop_front();
        return tl::unexpected(error);
    }

    /// False when that many tries did not come within ten seconds.
    bool wait_for_tries(std::size_t count) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, seconds{10}, [&] { return tries.size() >= count; });
    }

    std::vector<Sent> tries;
    std::deque<SendError> errors;
    bool hang = false;

  private:
    std::mutex mutex_;
    std::condition_variable_any changed_;
};

qr::PassBytes sample_pass() {
    qr::PassBytes bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<std::uint8_t>(0xD1U + 7U * i);
    }
    return bytes;
}

/// Everything logged while it lives.
class CapturedLog {
  public:
    CapturedLog() : before_(spdlog::default_logger()) {
        spdlog::set_default_logger(std::make_shared<spdlog::logger>(
            "test", std::make_shared<spdlog::sinks::ostream_sink_mt>(stream_)));
    }
    ~CapturedLog() { spdlog::set_default_logger(before_); }
    CapturedLog(const CapturedLog&) = delete;
    CapturedLog& operator=(const CapturedLog&) = delete;

    std::string text() const { return stream_.str(); }

    std::size_t count(const std::string& words) const {
        const std::string all = text();
        std::size_t found = 0;
        for (std::size_t at = all.find(words); at != std::string::npos;
             at = all.find(words, at + 1)) {
            ++found;
        }
        return found;
    }

  private:
    std::ostringstream stream_;
    std::shared_ptr<spdlog::logger> before_;
};

const SendError kBusy{SendFault::transient, "smtp: busy"};
const PassRefusal kTooEarly{PassFault::too_early, "signer: too_early"};
// 72 hours before the slot of the sample booking.
constexpr std::chrono::sys_seconds kPassDue{seconds{1'796'491'800 - 72 * 3600}};
const SendError kRefused{SendFault::permanent, "smtp: refused, reply 550"};

class Outbox : public testing::TestWithParam<store::Engine> {
  protected:
    void SetUp() override { fill_town(session); }

    OutboxParts parts() {
        return {.writer = writer,
                .readers = readers,
                .mailer = mailer,
                .sign_pass = [this](std::int64_t id) { return sign(id); },
                .now = [this] { return std::chrono::sys_seconds(seconds(clock.load())); },
                .jitter = [] { return 0.5; }};
    }
    OutboxSettings settings() const {
        return {.town_id = kTown,
                .from = "Réservation des salles <salles@le-pre.example.org>",
                .one_process = GetParam() == store::Engine::sqlite};
    }
    tl::expected<qr::PassBytes, PassRefusal> sign(std::int64_t id) {
        signed_ids.push_back(id);
        return pass_refusal ? tl::expected<qr::PassBytes, PassRefusal>(tl::unexpect, *pass_refusal)
                            : sample_pass();
    }
    void pass_time(seconds by) { clock += by.count(); }
    OutboxRow row(std::int64_t id) { return row_of(session, id); }
    void set_time(std::chrono::sys_seconds at) { clock = at.time_since_epoch().count(); }
    /// Sends the mail `name` while its code can't be signed yet; answers the id of what it queued.
    std::int64_t announce_code(Template name) {
        const auto id = queue(session, name, true);
        pass_refusal = kTooEarly;
        EXPECT_EQ(worker.run_due(), 1U);
        EXPECT_EQ(row(id).state, "sent");
        EXPECT_EQ(row(id).attempts, 1);
        return id + 1;
    }

    CapturedLog log;
    support::TestDatabase database{GetParam()};
    store::Session session = database.open();
    store::Writer writer{database.database()};
    store::Readers readers{database.database(), 1};
    FakeMailer mailer;
    std::atomic<std::int64_t> clock{kNow.time_since_epoch().count()};
    std::vector<std::int64_t> signed_ids;
    std::optional<PassRefusal> pass_refusal;
    OutboxWorker worker{parts(), settings()};
};

TEST_P(Outbox, SendsAMailOnceAndMarksIt) {
    const auto id = queue(session, Template::booking_received);
    EXPECT_EQ(worker.run_due(), 1U);
    EXPECT_EQ(worker.run_due(), 0U);
    ASSERT_EQ(mailer.tries.size(), 1U);
    const Envelope& envelope = mailer.tries[0].envelope;
    EXPECT_EQ(envelope.to, "camille@example.org");
    EXPECT_EQ(envelope.from, "salles@le-pre.example.org");
    EXPECT_EQ(envelope.message_id, "outbox-" + std::to_string(id) + ".le-pre@le-pre.example.org");
    EXPECT_EQ(row(id).state, "sent");
    EXPECT_TRUE(signed_ids.empty());
}

TEST_P(Outbox, AsksForTheCodeWhenItSendsAndKeepsNothingOfIt) {
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
    const auto other = queue(session, Template::booking_received);
    mailer.errors = {kBusy};
    worker.run_due();
    EXPECT_EQ(row(other).state, "dead") << "created a day ago and still failing";
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

TEST_P(Outbox, SendsNoRevokedCode) {
    const auto id = queue(session, Template::booking_approved, true);
    revoke_credential(session);
    worker.run_due();
    EXPECT_EQ(row(id).state, "superseded");
    EXPECT_TRUE(mailer.tries.empty());
    EXPECT_TRUE(signed_ids.empty());
    EXPECT_EQ(log.count("alert"), 0U);
}

TEST_P(Outbox, BelievesTheSignerThatACodeOpensNothing) {
    const auto id = queue(session, Template::booking_approved, true);
    pass_refusal = PassRefusal{PassFault::opens_nothing, "signer: ended"};
    worker.run_due();
    EXPECT_EQ(row(id).state, "superseded");
    EXPECT_EQ(row(id).last_error, "signer: ended");
    EXPECT_TRUE(mailer.tries.empty());
}

TEST_P(Outbox, WaitsForTheSignerRatherThanSendWithoutTheCode) {
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

TEST_P(Outbox, SendsTheNewsAtOnceAndItsCodeThreeDaysBeforeTheSlot) {
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

TEST_P(Outbox, CountsThePatienceForACodeFromWhenItIsDue) {
    const auto later = announce_code(Template::booking_approved);
    set_time(kPassDue);
    worker.run_due();
    EXPECT_EQ(row(later).state, "waiting") << "a code mail is nothing without its code";
    EXPECT_EQ(mailer.tries.size(), 1U);
    set_time(kPassDue + kPatience - seconds{1});
    worker.run_due();
    EXPECT_EQ(row(later).state, "waiting");
    set_time(kPassDue + kPatience);
    worker.run_due();
    EXPECT_EQ(row(later).state, "dead");
    EXPECT_EQ(log.count("alert outbox_dead_letter"), 1U);
}

TEST_P(Outbox, TriesACodeAtOnceWhenTheSlotIsNear) {
    set_time(kPassDue + seconds{3600});
    const auto id = queue(session, Template::booking_approved, true, kPassDue + seconds{3600});
    pass_refusal = kTooEarly;
    EXPECT_EQ(worker.run_due(), 2U) << "the approval, then the first try of its code";
    EXPECT_EQ(row(id).state, "sent");
    EXPECT_EQ(row(id + 1).state, "waiting");
    EXPECT_EQ(row(id + 1).next_try_in, (kPassDue - kNow).count() + 3600 + 60);
}

TEST_P(Outbox, QueuesNoCodeForNewsThatDidNotLeave) {
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

TEST_P(Outbox, SupersedesACodeThatWasRevokedMeanwhile) {
    const auto later = announce_code(Template::booking_approved);
    pass_refusal.reset();
    revoke_credential(session);
    set_time(kPassDue);
    worker.run_due();
    EXPECT_EQ(row(later).state, "superseded");
    EXPECT_EQ(mailer.tries.size(), 1U);
}

TEST_P(Outbox, SupersedesACodeWhoseBookingChangedMeanwhile) {
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

TEST_P(Outbox, LetsACancellationOvertakeTheApproval) {
    const auto received = queue(session, Template::booking_received);
    const auto approved = queue(session, Template::booking_approved);
    const auto cancelled = queue(session, Template::booking_cancelled);
    EXPECT_EQ(worker.run_due(), 3U);
    EXPECT_EQ(row(received).state, "sent") << "an acknowledgement is owed whatever follows";
    EXPECT_EQ(row(approved).state, "superseded");
    EXPECT_EQ(row(cancelled).state, "sent");
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
