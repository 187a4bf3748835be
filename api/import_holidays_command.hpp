#pragma once

#include "api/config.hpp"

#include <filesystem>
#include <string>

namespace creneau {

struct ImportHolidaysOptions {
    std::string zone;  ///< "a", "b", "c" or "corse", in whatever letters
    std::filesystem::path file;
};

/// `creneau-api import-holidays`: reads the Ministry's calendar file and keeps what it says of one
/// zone for the town. Prints what is known from now on and what it contradicts, in French as for
/// the office; a file that cannot be read is named by its line and changes nothing. 0: done.
int import_holidays_command(const Config& config, const ImportHolidaysOptions& options);

}  // namespace creneau
