#pragma once

#include "door-agent/readers/descriptor.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <thread>

namespace creneau::door {

/// The thread of a reader that is no single descriptor. The destructor tells it to stop and joins.
class ReaderThread {
  public:
    ReaderThread();
    ~ReaderThread() { stop(); }
    ReaderThread(const ReaderThread&) = delete;
    ReaderThread& operator=(const ReaderThread&) = delete;

    void start(std::function<void()> run) { thread_ = std::thread(std::move(run)); }
    void stop();
    /// Waits; false when it is time to stop.
    [[nodiscard]] bool pause(std::chrono::milliseconds time) const;
    /// Readable once it is time to stop.
    [[nodiscard]] int stop_descriptor() const { return stop_.get(); }
    [[nodiscard]] bool stopping() const { return stopping_; }

  private:
    Descriptor stop_;
    std::atomic<bool> stopping_ = false;
    std::thread thread_;
};

}  // namespace creneau::door
