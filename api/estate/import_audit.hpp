#pragma once

#include "api/estate/estate_types.hpp"
#include "api/estate/known_store.hpp"
#include "api/store/session.hpp"

#include <chrono>

namespace creneau::estate {

/// Writes the security lines of an import that was written: that it was, and each right that it
/// gave or took. `before` is what the town was, `file` what it was told; `known` has the ids.
void record_import(store::Session& session, const Known& known, const Estate& before,
                   const Estate& file, std::chrono::sys_seconds now);

}  // namespace creneau::estate
