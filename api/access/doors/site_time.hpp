#pragma once

#include <chrono>
#include <string>

namespace creneau::access {

/// "2026-12-05T18:30" on the clocks of a site; UTC where nobody knows its time zone.
[[nodiscard]] std::string site_time_of(std::chrono::sys_seconds at, const std::string& time_zone);

}  // namespace creneau::access
