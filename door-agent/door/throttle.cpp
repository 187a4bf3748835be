#include "door-agent/door/throttle.hpp"

#include "door-agent/clock/boot_time.hpp"

#include <algorithm>
#include <chrono>

namespace creneau::door {

void Throttle::unknown(BootTime now) {
    if (now - last_ >= kForgets) {
        count_ = 0;
    }
    last_ = now;
    ++count_;
    if (count_ >= kFree) {
        const int doublings = std::min(count_ - kFree, 5);
        until_ = now + std::min<BootTime>(std::chrono::seconds{1 << doublings}, kLongest);
    }
}

}  // namespace creneau::door
