#pragma once

#include "door-agent/locks/lock_bus.hpp"
#include "tests/door-agent/locks/board_process.hpp"

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace creneau::door::test {

using std::chrono::milliseconds;
using Line = BoardProcess::Line;

/// A simulated board, the real bus on it, and everything that was told.
class Bench {
  public:
    Bench(Line line, const std::string& kind, std::vector<std::string> more = {})
        : board(line, kind, std::move(more)) {}

    /// `locks` on channels 0, 1, ... unless they say otherwise.
    void start(const std::vector<LockSettings>& locks);

    /// Blocks for the answer of a pulse; 10 s limit.
    [[nodiscard]] std::optional<LockResult> pulse(milliseconds duration, milliseconds age = {});
    [[nodiscard]] std::optional<LockResult> hold(milliseconds lease);
    [[nodiscard]] RelayState read_back();

    [[nodiscard]] std::size_t told(LockNotice notice) const;
    [[nodiscard]] bool wait_for(LockNotice notice, std::size_t times = 1) const;
    [[nodiscard]] std::vector<LockEvent> events() const;
    [[nodiscard]] std::vector<InputLevels> inputs() const;
    [[nodiscard]] bool wait_until_off() const;

  private:
    mutable std::mutex mutex_;
    std::vector<LockEvent> events_;
    std::vector<InputLevels> inputs_;

  public:
    BoardProcess board;
    std::vector<Lock*> locks;
    std::unique_ptr<LockBus> bus;  // goes first: until then its thread tells of what it sees
};

[[nodiscard]] LockSettings lock_on(const std::string& kind, int channel = 0);
[[nodiscard]] BusSettings bus_to(const BoardProcess& board, milliseconds timeout);

}  // namespace creneau::door::test
