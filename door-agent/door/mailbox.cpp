#include "door-agent/door/mailbox.hpp"

#include <chrono>
#include <mutex>
#include <optional>
#include <utility>
#include <variant>

namespace creneau::door {

void Mailbox::post(Message message) {
    {
        const std::scoped_lock lock(mutex_);
        if (std::holds_alternative<told::Read>(message)) {
            if (reads_ >= kMostReads) {
                return;
            }
            ++reads_;
        }
        waiting_.push_back(std::move(message));
    }
    filled_.notify_one();
}

std::optional<Message> Mailbox::take(std::chrono::milliseconds limit) {
    std::unique_lock lock(mutex_);
    if (!filled_.wait_for(lock, limit, [this] { return !waiting_.empty(); })) {
        return std::nullopt;
    }
    Message message = std::move(waiting_.front());
    waiting_.pop_front();
    if (std::holds_alternative<told::Read>(message)) {
        --reads_;
    }
    return message;
}

}  // namespace creneau::door
