#pragma once

#include "api/mail/mailer.hpp"
#include "api/mail/message.hpp"
#include "api/mail/outbox_store.hpp"
#include "api/mail/send_outcome.hpp"
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

#include <tl/expected.hpp>

namespace creneau::mail {

/// Asks for the bytes of a credential; they are used for one mail and kept nowhere.
using SignPass =
    std::function<tl::expected<qr::PassBytes, PassRefusal>(std::int64_t credential_id)>;

/// Makes the letters of a one-time code for the mail to `address`; they are used for one mail and
/// kept nowhere. `id` names its row.
using AccountCode = std::function<tl::expected<std::string, PassRefusal>(
    std::int64_t id, const std::string& address)>;

struct OutboxParts {
    store::Writer& writer;
    store::Readers& readers;
    Mailer& mailer;
    SignPass sign_pass;
    std::function<std::chrono::sys_seconds()> now;
    std::function<double()> jitter;  ///< [0, 1); empty: random
    AccountCode account_code = {};   ///< empty: mails with such codes wait
};

struct OutboxSettings {
    std::int64_t town_id = 0;
    std::string from;         ///< "Name <address>"; its domain ends the Message-ID
    bool one_process = true;  ///< SQLite: rows cut by a crash are due again at start
    std::string site = {};    ///< the town's address on the web, which mails about accounts name
};

/// Sends the mails of the outbox, and lays those for readers without an e-mail address ready as
/// letters: claims a due row, renders it, hands it to the mailer, marks it.
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
