#pragma once

#include <chrono>
#include <string>

namespace creneau::audit {

/// "2026-12-05". Days of the audit are UTC: its instants are, and a day there has one length.
[[nodiscard]] std::string text_of(std::chrono::sys_days day);

/// Where a chain's run of one day begins and ends: what a seal covers. `first` is its first line,
/// `now` the day that is not over. The lines of a clock that was ahead of `now` are a run, too.
struct DayRun {
    std::chrono::sys_seconds from;
    std::chrono::sys_seconds until;
};
[[nodiscard]] DayRun run_of(std::chrono::sys_seconds first, std::chrono::sys_seconds now);

/// The first day that is still kept, when lines are kept for so many months.
[[nodiscard]] std::chrono::sys_days kept_from(std::chrono::sys_seconds now,
                                              std::chrono::months months);

}  // namespace creneau::audit
