#pragma once

#include "door-agent/locks/lock.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace creneau::door::test {

[[nodiscard]] inline bool eventually(const std::function<bool()>& condition) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(15);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end) {
            return false;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return true;
}

/// What became of a command; unknown after 10 s without an answer.
[[nodiscard]] inline LockResult answer_of(const std::function<void(LockDone)>& command) {
    auto answer = std::make_shared<std::promise<LockResult>>();
    auto waiting = answer->get_future();
    command([answer](LockResult result) { answer->set_value(result); });
    return waiting.wait_for(std::chrono::seconds(10)) == std::future_status::ready
               ? waiting.get()
               : LockResult::unknown;
}

/// Keeps what a bus tells.
class LockEar {
  public:
    LockListener listener() {
        return {[this](const LockEvent& event) {
                    const std::scoped_lock held(mutex_);
                    events_.push_back(event);
                },
                [this](const InputLevels& levels) {
                    const std::scoped_lock held(mutex_);
                    levels_.push_back(levels.levels);
                }};
    }
    [[nodiscard]] std::vector<LockEvent> events() const {
        const std::scoped_lock held(mutex_);
        return events_;
    }
    [[nodiscard]] std::size_t told(LockNotice notice) const {
        const auto all = events();
        return static_cast<std::size_t>(std::ranges::count(all, notice, &LockEvent::notice));
    }
    [[nodiscard]] bool wait_for(LockNotice notice, std::size_t times = 1) const {
        return eventually([&] { return told(notice) >= times; });
    }
    /// Of the inputs; 99 before anything was told.
    [[nodiscard]] std::optional<unsigned> last_levels() const {
        const std::scoped_lock held(mutex_);
        return levels_.empty() ? 99U : levels_.back();
    }
    void forget() {
        const std::scoped_lock held(mutex_);
        events_.clear();
        levels_.clear();
    }

  private:
    mutable std::mutex mutex_;
    std::vector<LockEvent> events_;
    std::vector<std::optional<unsigned>> levels_;
};

}  // namespace creneau::door::test
