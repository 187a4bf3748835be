#pragma once

#include "door-agent/clock/boot_time.hpp"
#include "door-agent/locks/lock.hpp"
#include "door-agent/readers/reader.hpp"
#include "door-agent/sync/arrived_policy.hpp"
#include "door-agent/sync/command_desk.hpp"
#include "policy/memory.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <variant>

namespace creneau::door {

namespace told {
struct Read {
    ReaderFrame frame;
};
struct ReaderState {
    std::string reader;
    ReaderNotice notice{};
    std::string detail;
};
struct LockState {
    LockEvent event;
};
struct Inputs {
    InputLevels levels;
};
struct PulseAnswer {
    std::string door;
    std::uint64_t grant = 0;
    LockResult result{};
};
struct ReleaseAnswer {
    std::string door;
    LockResult result{};
};
struct StorageState {
    std::string trouble;  ///< empty: works again
};
struct RememberedLate {
    policy::Memory memory;
};
struct PolicyArrived {
    ArrivedPolicy policy;
};
struct Commanded {
    ArrivedCommand command;
};
struct Stop {};
}  // namespace told

using Message =
    std::variant<told::Read, told::ReaderState, told::LockState, told::Inputs, told::PulseAnswer,
                 told::ReleaseAnswer, told::StorageState, told::RememberedLate, told::PolicyArrived,
                 told::Commanded, told::Stop>;

/// What the threads of readers, buses and journal tell the one that decides. Any thread posts,
/// one takes. Reads beyond kMostReads waiting are dropped: they would be too old when their turn
/// came.
class Mailbox {
  public:
    static constexpr std::size_t kMostReads = 64;

    void post(Message message);

    /// The next message, or absent after `limit`.
    std::optional<Message> take(std::chrono::milliseconds limit);

  private:
    std::mutex mutex_;
    std::condition_variable filled_;
    std::deque<Message> waiting_;
    std::size_t reads_ = 0;
};

}  // namespace creneau::door
