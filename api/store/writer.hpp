#pragma once

#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include <tl/expected.hpp>

namespace creneau::store {

/// Why a write was not even decided.
/// queue_full: too many wait already. lost: the group did not commit, nothing of it was kept (if
/// the connection broke during COMMIT and the server cannot be asked, it is unknown: ask again with
/// the same Idempotency-Key). failed: the work threw; nothing of it was kept, its neighbours are
/// well. stopped: the writer is being destroyed.
enum class WriteFault : std::uint8_t { queue_full, lost, failed, stopped };

struct WriterLimits {
    std::size_t per_transaction = 64;
    std::size_t queued = 1024;
};

struct WriterOptions {
    WriterLimits limits;
    /// PostgreSQL: groups of one town exclude each other; without a town they exclude everyone.
    std::optional<std::int64_t> town_id;
    /// Told about what `answer` cannot carry (the text of an exception); called on the writer
    /// thread, must not throw.
    std::function<void(const std::string&)> report;
};

/// One request in the queue. For Writer and its tests only.
class WriteRequest {
  public:
    WriteRequest() = default;
    virtual ~WriteRequest() = default;
    WriteRequest(const WriteRequest&) = delete;
    WriteRequest& operator=(const WriteRequest&) = delete;
    /// False: the savepoint is to be rolled back.
    virtual bool run(Session& session) = 0;
    /// Called once; without a fault, run() has returned.
    virtual void answer(std::optional<WriteFault> fault) = 0;
};

/// The only thread that writes to the database: it takes what waits, up to 64 requests, into one
/// transaction with a savepoint each, commits, and only then answers (group commit).
class Writer {
  public:
    /// Opens its connection at once; throws StoreError when it cannot.
    explicit Writer(const Database& database, WriterOptions options = {});
    /// Finishes what is queued, then stops.
    ~Writer();
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    /// `work(Session&) -> tl::expected<T, E>` runs on the writer thread inside a savepoint; an
    /// unexpected result or an exception rolls the savepoint back. It may run more than once, each
    /// time from a clean savepoint, so it has no effect but on the session.
    ///
    /// `answer(tl::expected<tl::expected<T, E>, WriteFault>)` is called exactly once: on the writer
    /// thread after COMMIT or the loss of the group, or at once on the caller's thread for
    /// queue_full and stopped. It must not block. Any thread may submit.
    template <class Work, class Answer>
    void submit(Work work, Answer answer) {
        enqueue(std::make_unique<Request<Work, Answer>>(std::move(work), std::move(answer)));
    }

    /// Submits and waits; not to be called from `work` or `answer`.
    /// Returns tl::expected<tl::expected<T, E>, WriteFault>.
    template <class Work>
    auto run(Work work) {
        using Answered = tl::expected<std::invoke_result_t<Work&, Session&>, WriteFault>;
        auto promise = std::make_shared<std::promise<Answered>>();
        auto answered = promise->get_future();
        submit(std::move(work),
               [promise](Answered result) { promise->set_value(std::move(result)); });
        return answered.get();
    }

  private:
    template <class Work, class Answer>
    class Request final : public WriteRequest {
      public:
        using Result = std::invoke_result_t<Work&, Session&>;
        Request(Work work, Answer answer) : work_(std::move(work)), answer_(std::move(answer)) {}

        bool run(Session& session) override {
            result_.reset();
            result_.emplace(work_(session));
            return result_->has_value();
        }
        void answer(std::optional<WriteFault> fault) override {
            using Answered = tl::expected<Result, WriteFault>;
            if (fault) {
                answer_(Answered(tl::unexpect, *fault));
            } else {
                answer_(Answered(present(std::move(result_), "answer")));
            }
        }

      private:
        Work work_;
        Answer answer_;
        std::optional<Result> result_;
    };

    void enqueue(std::unique_ptr<WriteRequest> request);

    class Thread;
    std::unique_ptr<Thread> thread_;
};

}  // namespace creneau::store
