#pragma once

#include "door-agent/clock/boot_time.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace creneau::door {

/// Who keeps the machine's wall clock, as the installer declares it.
///  - ntp: nothing but an NTP daemon; until it has synchronised once since power-on, the time is
///    unknown.
///  - rtc: a battery-backed clock (or the host, for a virtual machine), right to within minutes
///    from power-on; an NTP daemon may refine it.
enum class ClockSource : std::uint8_t { ntp, rtc };

/// trusted: synchronised now, or kept by a declared clock that nothing contradicts. holdover: it
/// was synchronised in this start of the machine and has run free since. untrusted: no pass opens.
enum class ClockState : std::uint8_t { trusted, holdover, untrusted };

enum class ClockReason : std::uint8_t {
    synchronised,
    declared,
    free_running,
    never_synchronised,
    below_floor,
    stepped,
    drift_spent,
};

std::string_view name(ClockState state);
std::string_view name(ClockReason reason);

/// One look at the machine.
struct ClockSample {
    std::chrono::sys_seconds wall{};
    BootTime boot{};
    /// The kernel says that a daemon disciplines the clock (STA_UNSYNC is clear).
    bool synchronised = false;
};

/// A pair of readings believed to belong together; everything later is measured from it.
struct ClockAnchor {
    std::chrono::sys_seconds wall{};
    BootTime boot{};
    friend bool operator==(const ClockAnchor&, const ClockAnchor&) = default;
};

/// What is remembered between looks. `floor` outlives the machine's restarts; everything else is
/// good within one start of the machine only.
struct ClockMemory {
    std::chrono::sys_seconds floor{};
    std::optional<ClockAnchor> anchor;
    /// When somebody vouched for the time last: a look at which a daemon disciplined a clock that
    /// was believed, or a person's word.
    std::optional<BootTime> last_synchronised;
    /// Boot time from which the clock has been believed without a break.
    std::optional<BootTime> believed_since;
};

struct ClockVerdict {
    ClockState state = ClockState::untrusted;
    ClockReason reason = ClockReason::never_synchronised;
    /// How far the wall clock may have run away since somebody vouched for it, 0 to 180 s.
    std::chrono::seconds drift{0};
    /// Believed without a break for kFloorSettles.
    bool settled = false;
};

struct ClockJudgement {
    ClockVerdict verdict;
    ClockMemory memory;
};

inline constexpr std::chrono::seconds kStepLimit{120};
inline constexpr std::chrono::seconds kMostDrift{180};
inline constexpr std::chrono::seconds kDriftPerWeek{10};
/// A declared clock that NTP corrects once by no more than this was merely a little off.
inline constexpr std::chrono::seconds kFirstCorrection{3600};
/// The floor stays this far below the clock, so that a daemon may slew it back.
inline constexpr std::chrono::seconds kFloorMargin{300};
/// The floor follows the clock only after this long of unbroken belief, so that a short lie
/// about the time leaves nothing behind.
inline constexpr std::chrono::seconds kFloorSettles{3600};

/// How far wall and boot clock have moved apart since the anchor.
[[nodiscard]] std::chrono::seconds deviation(const ClockAnchor& anchor, const ClockSample& sample);

/// Judges one sample: a pure function. A step of more than 120 s against the boot clock makes the
/// time untrusted until the clock agrees with the anchor again, a person confirms it (take_word)
/// or the machine restarts; only a declared clock's first synchronisation may move it by up to an
/// hour.
[[nodiscard]] ClockJudgement judge_clock(ClockSource source, const ClockSample& sample,
                                         const ClockMemory& memory);

/// The lowest instant that can be now: the later of the remembered floor and one that something
/// trustworthy carries (build date, the issue time of an accepted policy).
[[nodiscard]] ClockMemory raise_floor(ClockMemory memory, std::chrono::sys_seconds at_least);

/// Reads wall clock, boot clock and the kernel's synchronisation state.
ClockSample sample_clock();

/// The day this program was built: no true clock is below it.
std::chrono::sys_seconds build_date();

}  // namespace creneau::door
