#include "door-agent/clock/boot_time.hpp"
#include "door-agent/clock/clock.hpp"

#include <chrono>
#include <fstream>
#include <string>

#include <sys/timex.h>
#include <time.h>

namespace creneau::door {

BootTime boot_now() {
    timespec at{};
    clock_gettime(CLOCK_BOOTTIME, &at);
    return std::chrono::duration_cast<BootTime>(std::chrono::seconds{at.tv_sec} +
                                                std::chrono::nanoseconds{at.tv_nsec});
}

std::string boot_id() {
    std::ifstream file("/proc/sys/kernel/random/boot_id");
    std::string id;
    std::getline(file, id);
    return id;
}

ClockSample sample_clock() {
    timex state{};
    const int result = adjtimex(&state);
    const bool disciplined = result != -1 && result != TIME_ERROR &&
                             (static_cast<unsigned>(state.status) & STA_UNSYNC) == 0;
    return {std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now()),
            boot_now(), disciplined};
}

std::chrono::sys_seconds build_date() {
    return std::chrono::sys_seconds{std::chrono::seconds{CRENEAU_BUILD_DAY}};
}

}  // namespace creneau::door
