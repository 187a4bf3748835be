#pragma once

#include <string>

namespace creneau::booking {

/// The version of the time zone database that local times were resolved with, like "2026a"; empty
/// where the machine does not say. Read once: a process keeps the zones it has loaded.
[[nodiscard]] const std::string& tz_version();

}  // namespace creneau::booking
