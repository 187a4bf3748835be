#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace creneau::store {

struct DueWorkParts {
    /// Each is called with the same instant on the thread of the work, in this order.
    std::vector<std::function<void(std::chrono::sys_seconds)>> works;
    std::function<std::chrono::sys_seconds()> now;
    std::function<void()> after;  ///< each time when all were called; may be empty
    std::function<void(const std::string&)> report;  ///< what one of them threw
};

/// What the clock brings, looked at every second on a thread of its own, so that nothing that takes
/// its time elsewhere, a mail server that hangs among it, keeps a departure or the end of a hold
/// waiting. What one of the works throws is reported and keeps the others from nothing.
class DueWork {
  public:
    explicit DueWork(DueWorkParts parts);
    /// Stops and joins.
    ~DueWork();
    DueWork(const DueWork&) = delete;
    DueWork& operator=(const DueWork&) = delete;

    /// Starts the thread: it looks on wake() and every second.
    void start();
    /// Something may have fallen due; any thread.
    void wake();
    /// Ends the thread when the work under way is done.
    void stop();

  private:
    void loop(const std::stop_token& stop);
    void look();

    DueWorkParts parts_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    bool woken_ = false;
    std::jthread thread_;
};

}  // namespace creneau::store
