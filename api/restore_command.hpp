#pragma once

#include "api/config.hpp"

#include <filesystem>

namespace creneau {

/// Puts a backup in the place of an empty database, ends whatever let somebody in when it was made,
/// erases again whoever the ledger names, and says which files of papers are missing. Throws where
/// the backup cannot be restored. @returns 0 all is well, 1 the town is restored and something is
/// left to do, which stderr says.
int restore_command(const Config& config, const std::filesystem::path& file);

}  // namespace creneau
