#include "door-agent/locks/lock.hpp"

#include <chrono>
#include <future>
#include <memory>

namespace creneau::door {

LockResult release_within(Lock& lock, std::chrono::milliseconds limit) {
    // Shared with the answer, which may come after we have stopped waiting.
    auto answer = std::make_shared<std::promise<LockResult>>();
    auto waiting = answer->get_future();
    lock.release([answer](LockResult result) { answer->set_value(result); });
    return waiting.wait_for(limit) == std::future_status::ready ? waiting.get()
                                                                : LockResult::unknown;
}

const char* word_of(LockNotice notice) noexcept {
    switch (notice) {
        case LockNotice::bus_lost:
            return "bus_lost";
        case LockNotice::bus_back:
            return "bus_back";
        case LockNotice::ready:
            return "ready";
        case LockNotice::board_refused:
            return "board_refused";
        case LockNotice::foreign_write:
            return "foreign_write";
        case LockNotice::stuck_on:
            return "stuck_on";
        case LockNotice::stuck_off:
            return "stuck_off";
    }
    return "";
}

}  // namespace creneau::door
