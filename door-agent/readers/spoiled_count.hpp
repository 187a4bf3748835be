#pragma once

#include "door-agent/clock/boot_time.hpp"

#include <chrono>
#include <optional>

namespace creneau::door {

/// Counts readings that came to nothing, so that an hour of noise is a line a minute. Pure.
class SpoiledCount {
  public:
    static constexpr std::chrono::minutes kEvery{1};

    void add(unsigned readings) { waiting_ += readings; }
    /// How many have to be told now: the first at once, those that follow once a minute.
    [[nodiscard]] std::optional<unsigned> to_tell(BootTime now);

  private:
    unsigned waiting_ = 0;
    std::optional<BootTime> told_at_;
};

}  // namespace creneau::door
