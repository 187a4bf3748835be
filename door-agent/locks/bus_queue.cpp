#include "door-agent/locks/bus_queue.hpp"

#include "door-agent/locks/lock.hpp"

#include <chrono>
#include <cstddef>
#include <mutex>
#include <utility>
#include <vector>

namespace creneau::door {
namespace {

constexpr std::size_t kCapacity = 256;

}  // namespace

void turn_down(const Order& order, LockResult result) {
    if (order.done) {
        order.done(result);
    }
    if (order.read) {
        order.read(RelayState::unknown);
    }
}

bool BusQueue::push(Order& order) {
    {
        const std::scoped_lock held(mutex_);
        const std::size_t room = order.kind == OrderKind::show ? kCapacity / 2 : kCapacity;
        if (stopped_ || (orders_.size() >= room && order.kind != OrderKind::release)) {
            return false;
        }
        orders_.push_back(std::move(order));
    }
    changed_.notify_one();
    return true;
}

std::vector<Order> BusQueue::take() {
    const std::scoped_lock held(mutex_);
    return std::exchange(orders_, {});
}

void BusQueue::wait(std::chrono::milliseconds limit) {
    std::unique_lock held(mutex_);
    changed_.wait_for(held, limit, [this] { return stopped_ || !orders_.empty(); });
}

void BusQueue::stop() {
    {
        const std::scoped_lock held(mutex_);
        stopped_ = true;
    }
    changed_.notify_one();
}

bool BusQueue::stopped() const {
    const std::scoped_lock held(mutex_);
    return stopped_;
}

}  // namespace creneau::door
