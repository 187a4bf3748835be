#pragma once

#include "api/audit/chain.hpp"  // IWYU pragma: export
#include "api/store/session.hpp"

namespace creneau::audit {

/// Adds a line to its chain, in the transaction of what it tells of. The transaction is one of the
/// writer's, or holds store::lock_town: the line before must not be somebody else's to come.
void append(store::Session& session, TownId town, const Line& line);

}  // namespace creneau::audit
