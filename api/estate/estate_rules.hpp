#pragma once

#include "api/estate/estate_types.hpp"
#include "api/estate/import_error.hpp"

#include <vector>

namespace creneau::estate {

/// `known` with the things of `file` in place of those of the same key.
Estate merged(const Estate& known, const Estate& file);

/// Everything that does not fit together in an estate. A thing that only the database has is named
/// by its key: "(database)/rooms/KEY".
std::vector<ImportError> check(const Estate& estate);

}  // namespace creneau::estate
