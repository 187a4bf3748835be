#include "door-agent/readers/spoiled_count.hpp"

#include "door-agent/clock/boot_time.hpp"

#include <optional>
#include <utility>

namespace creneau::door {

std::optional<unsigned> SpoiledCount::to_tell(BootTime now) {
    if (waiting_ == 0 || (told_at_ && now - *told_at_ < kEvery)) {
        return std::nullopt;
    }
    told_at_ = now;
    return std::exchange(waiting_, 0);
}

}  // namespace creneau::door
