#include "door-agent/locks/input_filter.hpp"

#include "door-agent/clock/boot_time.hpp"

#include <cstddef>
#include <optional>

namespace creneau::door {

std::optional<unsigned> InputFilter::take(unsigned seen, BootTime now) {
    if (!levels_) {
        levels_ = seen;
        return levels_;
    }
    const unsigned different = seen ^ *levels_;
    unsigned changed = 0;
    for (std::size_t i = 0; i < kInputs; ++i) {
        const unsigned bit = 1U << i;
        if ((different & bit) == 0) {
            continue;
        }
        if ((pending_ & bit) == 0) {
            since_[i] = now;
        } else if (now - since_[i] >= kSettle) {
            changed |= bit;
        }
    }
    pending_ = different & ~changed;
    if (changed == 0) {
        return std::nullopt;
    }
    levels_ = *levels_ ^ changed;
    return levels_;
}

void InputFilter::forget() {
    levels_.reset();
    pending_ = 0;
}

}  // namespace creneau::door
