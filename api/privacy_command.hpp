#pragma once

#include "api/config.hpp"

namespace creneau {

/// Erases again whoever the ledger of erasures names: a backup has just brought them back. Says so
/// on stdout. @returns 0 done or nothing to do, 1 not: then the town must not be served from it.
int replay_erasures_command(const Config& config);

/// doctor's line: whether the ledger and the database agree. @returns whether they do.
bool check_erasures(const Config& config);

}  // namespace creneau
