#pragma once

#include "api/mail/mailer.hpp"
#include "api/mail/message.hpp"
#include "api/mail/outbox_store.hpp"
#include "api/store/readers.hpp"
#include "api/store/writer.hpp"
#include "qr/pass.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::mail {

/// Why there are no bytes for a credential.
enum class PassFault : std::uint8_t {
    unavailable,    ///< ask again later: signer not reachable, over its rate, no living key
    too_early,      ///< its window lies past every certificate: ask again shortly before it
    opens_nothing,  ///< revoked, over, or of a booking that is no longer approved
    unknown,        ///< no such credential: asking again changes nothing
};

/// `reason` is fit for a log.
struct PassRefusal {
    PassFault fault = PassFault::unavailable;
    std::string reason;
};

/// Asks for the bytes of a credential; they are used for one mail and kept nowhere.
using SignPass =
    std::function<tl::expected<qr::PassBytes, PassRefusal>(std::int64_t credential_id)>;

struct OutboxParts {
    store::Writer& writer;
    store::Readers& readers;
    Mailer& mailer;
    SignPass sign_pass;
    std::function<std::chrono::sys_seconds()> now;
    std::function<double()> jitter;  ///< [0, 1); empty: random
    /// What else falls due by the clock and may queue mails, called before each look; may be empty.
    /// What one throws is logged and keeps neither the others nor the mails back.
    std::vector<std::function<void(std::chrono::sys_seconds)>> falls_due = {};
};

struct OutboxSettings {
    std::int64_t town_id = 0;
    std::string from;         ///< "Name <address>"; its domain ends the Message-ID
    bool one_process = true;  ///< SQLite: rows cut by a crash are due again at start
};

/// How an attempt to send one mail ended.
struct SendOutcome {
    enum class Kind : std::uint8_t {
        sent,
        superseded,  ///< what it says no longer holds
        postponed,   ///< try again soon
        refused,     ///< the server said no for good: trying again soon changes nothing
        hopeless,    ///< this row can never be sent
        stopped,     ///< the process ends
    };
    Kind kind = Kind::sent;
    std::string reason{};
    std::optional<std::chrono::sys_seconds> pass_due{};  ///< sent without its code, which follows
};

/// Sends the mails of the outbox: claims a due row, renders it, hands it to the mailer, marks it.
/// A mail leaves at least once: a crash between the sending and the mark repeats it, under the same
/// Message-ID. Failures are tried again after 1 min doubling to 1 h (± 20 %); 24 h after its
/// creation a mail is dead and one line `alert outbox_dead_letter id=… template=…` is logged.
/// When it is too early to sign a code, the mail leaves without it and a pass_ready is queued, as
/// long before the slot as the town says.
class OutboxWorker {
  public:
    /// The parts outlive the worker. Throws std::invalid_argument when `from` is not an address.
    OutboxWorker(OutboxParts parts, OutboxSettings settings);
    /// Stops and joins.
    ~OutboxWorker();
    OutboxWorker(const OutboxWorker&) = delete;
    OutboxWorker& operator=(const OutboxWorker&) = delete;

    /// Starts the thread: it looks on wake() and every second.
    void start();
    /// There may be something to send; any thread, after the commit.
    void wake();
    /// Ends the thread; a sending under way is given up within about a second.
    void stop();

    /// Handles every row that is due now, on the calling thread; answers how many. For tests and
    /// for programs that run once. Not while the thread runs.
    std::size_t run_due();

  private:
    enum class Handled : std::uint8_t { nothing_due, one, interrupted };

    void loop(const std::stop_token& stop);
    std::size_t run_due(const std::stop_token& stop);
    Handled handle_one(const std::stop_token& stop);
    void conclude(const ClaimedMail& mail, const SendOutcome& outcome);

    void close(const ClaimedMail& mail, MailEnd end, const SendOutcome& outcome);
    void try_later(const ClaimedMail& mail, const SendOutcome& outcome);

    OutboxParts parts_;
    OutboxSettings settings_;
    Mailbox from_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    bool woken_ = false;
    std::jthread thread_;
};

}  // namespace creneau::mail
