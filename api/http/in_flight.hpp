#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <utility>

namespace creneau::http {

/// Counts the requests that were taken and not answered yet.
class InFlight {
  public:
    /// False when nothing new is taken any more.
    [[nodiscard]] bool enter() {
        const std::lock_guard lock(mutex_);
        if (closed_) {
            return false;
        }
        ++count_;
        return true;
    }
    void leave() {
        const std::lock_guard lock(mutex_);
        if (--count_ == 0) {
            empty_.notify_all();
        }
    }
    /// Takes nothing new and waits for what is under way; false when it lasts too long.
    bool close_and_wait(std::chrono::seconds patience) {
        std::unique_lock lock(mutex_);
        closed_ = true;
        return empty_.wait_for(lock, patience, [this] { return count_ == 0; });
    }

  private:
    std::mutex mutex_;
    std::condition_variable empty_;
    int count_ = 0;
    bool closed_ = false;
};

/// One place in the count, given back when it is destroyed.
class FlightTicket {
  public:
    explicit FlightTicket(std::shared_ptr<InFlight> flights) : flights_(std::move(flights)) {}
    ~FlightTicket() { flights_->leave(); }
    FlightTicket(const FlightTicket&) = delete;
    FlightTicket& operator=(const FlightTicket&) = delete;

  private:
    std::shared_ptr<InFlight> flights_;
};

}  // namespace creneau::http
