#include "api/access/doors/site_time.hpp"

#include <chrono>
#include <string>

#include <cctz/time_zone.h>

namespace creneau::access {

std::string site_time_of(std::chrono::sys_seconds at, const std::string& time_zone) {
    cctz::time_zone zone;
    cctz::load_time_zone(time_zone, &zone);  // leaves UTC where the name is unknown
    return cctz::format("%Y-%m-%dT%H:%M", at, zone);
}

}  // namespace creneau::access
