#pragma once

#include "api/allocation/conflicts.hpp"
#include "api/allocation/placement.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace creneau::allocation {

/// Better placements of the wishes of one group, the others left alone. Deterministic by `seed`.
void search_group(const Conflicts& conflicts, std::span<const std::size_t> group,
                  std::uint64_t seed, Placement& placement);

/// The best placement of the wishes of one group, at least as good as the one given. False when the
/// bound on the work was reached first: then `placement` is the best that was seen.
bool solve_group(const Conflicts& conflicts, std::span<const std::size_t> group,
                 Placement& placement);

}  // namespace creneau::allocation
