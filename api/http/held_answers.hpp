#pragma once

#include "api/http/request.hpp"
#include "api/http/responder.hpp"
#include "api/http/response.hpp"
#include "api/http/worker_pool.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace creneau::http {

/// Until when an answer waits, without a thread of its own, and what then takes its place.
struct Held {
    std::string whose;  ///< one waits for each: the next request ends the one before
    std::chrono::seconds patience{25};
    /// Whether there is something to say; a quick look, in a snapshot shared with others.
    std::function<bool(store::Session&)> is_due;
    /// What there is to say in the place of `nothing_new`, made on a thread of a pool.
    std::function<Response(const Response& nothing_new)> answer;
};

/// What a request that was written waits for; null: its answer is sent at once.
using HoldBack = std::function<std::shared_ptr<const Held>(const Request&)>;

/// Holds answers back and looks at all of them after each commit of this process (look()), and
/// each second for those of others. Whoever has waited long enough gets the answer that was held
/// back. Any thread.
class HeldAnswers {
  public:
    struct One {
        std::shared_ptr<const Request> request;
        std::shared_ptr<Responder> responder;
        Response nothing_new;
        std::shared_ptr<const Held> held;
    };

    explicit HeldAnswers(store::Readers& readers);
    ~HeldAnswers();
    HeldAnswers(const HeldAnswers&) = delete;
    HeldAnswers& operator=(const HeldAnswers&) = delete;

    void hold(One one);
    /// Something was written.
    void look();
    /// Sends what is held back and ends the threads; from then on nothing is held. Idempotent.
    void close();

  private:
    using Instant = std::chrono::steady_clock::time_point;
    struct Waiting {
        One one;
        Instant until;
        bool is_due = false;
    };

    void run();
    void look_at(std::vector<Waiting>& waiting);
    [[nodiscard]] std::vector<Waiting> answer_ready(std::vector<Waiting> waiting);
    void keep(std::vector<Waiting> waiting);

    store::Readers& readers_;
    WorkerPool pool_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Waiting> waiting_;
    bool look_ = false;
    bool closed_ = false;
    std::thread thread_;
};

}  // namespace creneau::http
