#pragma once

#include "api/mail/mailer.hpp"
#include "api/store/writer.hpp"
#include "qr/pass.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include <tl/expected.hpp>

namespace creneau::mail {

/// Why there are no bytes for a credential.
enum class PassFault {
    unavailable,  ///< ask again later: signer not reachable, over its rate, no living key
    revoked,      ///< the credential opens nothing any more
    unknown,      ///< no such credential: trying again changes nothing
};

/// Asks for the bytes of a credential; they are used for one mail and kept nowhere.
using SignPass = std::function<tl::expected<qr::PassBytes, PassFault>(std::int64_t credential_id)>;

struct OutboxParts {
    store::Writer& writer;
    Mailer& mailer;
    SignPass sign_pass;
    std::function<std::chrono::sys_seconds()> now;
    std::function<double()> jitter;  ///< [0, 1); empty: random
};

struct OutboxSettings {
    std::int64_t town_id = 0;
    std::string from;         ///< "Name <address>"; its domain ends the Message-ID
    bool one_process = true;  ///< SQLite: rows cut by a crash are due again at start
};

/// Sends the mails of the outbox: claims a due row, renders it, hands it to the mailer, marks it.
/// A mail leaves at least once: a crash between the sending and the mark repeats it, under the same
/// Message-ID. Failures are tried again after 1 min doubling to 1 h (± 20 %); 24 h after its
/// creation a mail is dead and one line `alert outbox_dead_letter id=… template=…` is logged.
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
    void loop(const std::stop_token& stop);
    bool handle_one(const std::stop_token& stop);

    OutboxParts parts_;
    OutboxSettings settings_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    bool woken_ = false;
    std::jthread thread_;
};

}  // namespace creneau::mail
