#pragma once

#include "api/store/session.hpp"

namespace creneau::booking {

// A savepoint of its own for each booking of a selection: what one of them meets leaves the others
// as they are.

void begin_selected(store::Session& session);
void keep_selected(store::Session& session);
/// After a refusal too: PostgreSQL takes nothing more in a savepoint that a fault has ended.
void undo_selected(store::Session& session);

}  // namespace creneau::booking
