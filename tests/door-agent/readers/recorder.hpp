#pragma once

#include "door-agent/readers/reader.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace creneau::door::test {

[[nodiscard]] inline bool eventually(const std::function<bool()>& condition) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end) {
            return false;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return true;
}

/// Keeps what a reader tells.
class Recorder {
  public:
    ReaderListener listener() {
        return {[this](ReaderFrame frame) {
                    const std::scoped_lock held(mutex_);
                    frames_.push_back(std::move(frame.text));
                },
                [this](const std::string&, ReaderNotice notice, const std::string&) {
                    const std::scoped_lock held(mutex_);
                    notices_.push_back(notice);
                }};
    }
    [[nodiscard]] std::vector<std::string> frames() const {
        const std::scoped_lock held(mutex_);
        return frames_;
    }
    [[nodiscard]] long told(ReaderNotice notice) const {
        const std::scoped_lock held(mutex_);
        return std::count(notices_.begin(), notices_.end(), notice);
    }

  private:
    mutable std::mutex mutex_;
    std::vector<std::string> frames_;
    std::vector<ReaderNotice> notices_;
};

}  // namespace creneau::door::test
