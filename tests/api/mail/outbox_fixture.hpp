#pragma once

#include "api/mail/outbox_worker.hpp"
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

inline qr::PassBytes sample_pass() {
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
             at = all.find(words, at + 1), ++found) {
        }
        return found;
    }

  private:
    std::ostringstream stream_;
    std::shared_ptr<spdlog::logger> before_;
};

inline const SendError kBusy{SendFault::transient, "smtp: busy"};
inline const PassRefusal kTooEarly{PassFault::too_early, "signer: too_early"};
// 72 hours before the slot of the sample booking.
inline constexpr std::chrono::sys_seconds kPassDue{seconds{1'796'491'800 - 72 * 3600}};
inline const SendError kRefused{SendFault::permanent, "smtp: refused, reply 550"};

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

}  // namespace creneau::mail
