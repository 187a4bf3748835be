#pragma once

#include <chrono>
#include <string>

namespace creneau::door {

/// Milliseconds since the machine started, suspended time included (CLOCK_BOOTTIME). Every
/// duration at a door is measured on it; a step of the wall clock never moves it.
using BootTime = std::chrono::milliseconds;

/// Now on the boot clock.
[[nodiscard]] BootTime boot_now();

/// The kernel's name for this start of the machine (/proc/sys/kernel/random/boot_id), or empty
/// where the kernel does not tell. Boot times compare only under the same id.
[[nodiscard]] std::string boot_id();

}  // namespace creneau::door
