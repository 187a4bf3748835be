#pragma once

#include "api/config.hpp"

#include <filesystem>
#include <string>

namespace creneau {

/// What `creneau-api import-bookings` was asked.
struct ImportBookingsOptions {
    std::filesystem::path file;
    std::string actor_email;  ///< of the office
    bool commit = false;
    bool skip_refused = false;
    bool approve = false;
};

/// Books the lines of a spreadsheet (CSV) and prints a report by line, in French as the sheet is.
/// Without `commit` everything is decided and nothing is kept. Returns the exit status: 0 when no
/// line was refused, or what passes was kept and the refused ones were to be skipped; 1 otherwise.
int import_bookings_command(const Config& config, const ImportBookingsOptions& options);

}  // namespace creneau
