#include "api/store/writer.hpp"

#include "api/store/group.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace creneau::store {

/// The queue and the thread that empties it.
class Writer::Thread {
  public:
    Thread(const Database& database, WriterOptions options)
        : limits_(options.limits),
          commits_(database, options.town_id, std::move(options.report)),
          thread_([this] { serve(); }) {}

    ~Thread() {
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        arrived_.notify_one();
        thread_.join();
    }

    Thread(const Thread&) = delete;
    Thread& operator=(const Thread&) = delete;

    void enqueue(std::unique_ptr<WriteRequest> request) {
        std::unique_lock lock(mutex_);
        if (const auto refusal = why_not()) {
            lock.unlock();
            request->answer(refusal);
            return;
        }
        waiting_.push_back(std::move(request));
        lock.unlock();
        arrived_.notify_one();
    }

  private:
    /// Why nothing more is taken now; under the lock.
    std::optional<WriteFault> why_not() const {
        if (stopping_) {
            return WriteFault::stopped;
        }
        return waiting_.size() >= limits_.queued ? std::optional(WriteFault::queue_full)
                                                 : std::nullopt;
    }

    void serve() {
        for (auto group = next_group(); !group.empty(); group = next_group()) {
            commits_.commit(group);
        }
    }

    /// Waits for work; empty once the writer stops and nothing waits any more.
    std::vector<std::unique_ptr<WriteRequest>> next_group() {
        std::unique_lock lock(mutex_);
        arrived_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
        std::vector<std::unique_ptr<WriteRequest>> group;
        const auto count =
            std::min(waiting_.size(), std::max<std::size_t>(limits_.per_transaction, 1));
        group.reserve(count);
        for (std::size_t i = 0; i < count; ++i) {
            group.push_back(std::move(waiting_.front()));
            waiting_.pop_front();
        }
        return group;
    }

    WriterLimits limits_;
    GroupCommit commits_;
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<std::unique_ptr<WriteRequest>> waiting_;
    bool stopping_ = false;
    std::thread thread_;  // last: it uses all of the above
};

Writer::Writer(const Database& database, WriterOptions options)
    : thread_(std::make_unique<Thread>(database, std::move(options))) {}

Writer::~Writer() = default;

void Writer::enqueue(std::unique_ptr<WriteRequest> request) {
    thread_->enqueue(std::move(request));
}

}  // namespace creneau::store
