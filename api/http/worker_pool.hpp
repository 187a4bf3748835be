#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace creneau::http {

/// A few threads and a bounded queue for what must not run on an I/O thread.
class WorkerPool {
  public:
    WorkerPool(std::size_t threads, std::size_t queued);
    /// Finishes what runs, throws away what waits.
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// False when too many tasks wait. A task must not throw.
    [[nodiscard]] bool submit(std::function<void()> task);

  private:
    void work();

    std::size_t queued_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::function<void()>> tasks_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace creneau::http
