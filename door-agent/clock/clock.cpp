#include "door-agent/clock/clock.hpp"

#include "door-agent/clock/boot_time.hpp"

#include <algorithm>
#include <chrono>
#include <string_view>

namespace creneau::door {
namespace {

using std::chrono::duration_cast;
using std::chrono::seconds;
using std::chrono::weeks;

seconds drift_over(BootTime elapsed) {
    const auto share = std::chrono::duration<double, weeks::period>(elapsed).count();
    return duration_cast<seconds>(kDriftPerWeek * std::max(0.0, share));
}

seconds step_limit(const ClockAnchor& anchor, const ClockSample& sample) {
    return kStepLimit + std::min(kMostDrift, drift_over(sample.boot - anchor.boot));
}

ClockJudgement disbelieve(ClockReason reason, ClockMemory memory) {
    memory.believed_since.reset();
    return {ClockVerdict{ClockState::untrusted, reason, kMostDrift}, memory};
}

ClockJudgement believe(ClockVerdict verdict, const ClockSample& sample, ClockMemory memory) {
    if (!memory.believed_since) {
        memory.believed_since = sample.boot;
    }
    verdict.settled = sample.boot - *memory.believed_since >= kFloorSettles;
    if (verdict.state == ClockState::trusted && verdict.settled) {
        memory.floor = std::max(memory.floor, sample.wall - kFloorMargin);
    }
    return {verdict, memory};
}

/// A declared clock that had never been synchronised may be corrected once, by up to an hour.
bool is_first_correction(ClockSource source, const ClockSample& sample, const ClockAnchor& anchor,
                         const ClockMemory& memory) {
    return source == ClockSource::rtc && sample.synchronised && !memory.last_synchronised &&
           deviation(anchor, sample) <= kFirstCorrection;
}

ClockJudgement judge_running_free(ClockSource source, const ClockSample& sample,
                                  const ClockAnchor& anchor, ClockMemory memory) {
    const auto since = memory.last_synchronised.value_or(anchor.boot);
    const auto drift = drift_over(sample.boot - since);
    if (source == ClockSource::rtc) {
        return believe({ClockState::trusted, ClockReason::declared, std::min(drift, kMostDrift)},
                       sample, memory);
    }
    if (drift > kMostDrift) {
        memory.anchor.reset();
        memory.last_synchronised.reset();
        return disbelieve(ClockReason::drift_spent, memory);
    }
    return believe({ClockState::holdover, ClockReason::free_running, drift}, sample, memory);
}

}  // namespace

ClockJudgement judge_clock(ClockSource source, const ClockSample& sample,
                           const ClockMemory& memory) {
    ClockMemory next = memory;
    if (sample.wall < memory.floor) {
        return disbelieve(ClockReason::below_floor, next);
    }
    if (!next.anchor) {
        if (!sample.synchronised && source == ClockSource::ntp) {
            return disbelieve(ClockReason::never_synchronised, next);
        }
        next.anchor = ClockAnchor{sample.wall, sample.boot};
    } else if (deviation(*next.anchor, sample) > step_limit(*next.anchor, sample)) {
        if (!is_first_correction(source, sample, *next.anchor, next)) {
            return disbelieve(ClockReason::stepped, next);
        }
        next.anchor = ClockAnchor{sample.wall, sample.boot};
    }
    if (!sample.synchronised) {
        return judge_running_free(source, sample, *next.anchor, next);
    }
    next.last_synchronised = sample.boot;
    return believe({ClockState::trusted, ClockReason::synchronised, seconds{0}}, sample, next);
}

seconds deviation(const ClockAnchor& anchor, const ClockSample& sample) {
    const auto by_boot = duration_cast<seconds>(sample.boot - anchor.boot);
    return std::chrono::abs((sample.wall - anchor.wall) - by_boot);
}

ClockMemory raise_floor(ClockMemory memory, std::chrono::sys_seconds at_least) {
    memory.floor = std::max(memory.floor, at_least);
    return memory;
}

std::string_view name(ClockState state) {
    switch (state) {
        case ClockState::trusted:
            return "trusted";
        case ClockState::holdover:
            return "holdover";
        case ClockState::untrusted:
            return "untrusted";
    }
    return "untrusted";
}

std::string_view name(ClockReason reason) {
    switch (reason) {
        case ClockReason::synchronised:
            return "synchronised";
        case ClockReason::declared:
            return "declared";
        case ClockReason::free_running:
            return "free_running";
        case ClockReason::never_synchronised:
            return "never_synchronised";
        case ClockReason::below_floor:
            return "below_floor";
        case ClockReason::stepped:
            return "stepped";
        case ClockReason::drift_spent:
            return "drift_spent";
    }
    return "stepped";
}

}  // namespace creneau::door
