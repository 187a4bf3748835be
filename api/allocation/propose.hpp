#pragma once

#include "api/allocation/demand.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace creneau::allocation {

/// What the office has settled for a wish beforehand; none: the engine's to decide.
using Pin = std::optional<Choice>;

struct Proposal {
    std::vector<Choice> choices;  ///< by wish
    std::int64_t value = 0;       ///< points of all that is granted
    bool is_optimal = false;      ///< proven: nothing is worth more
};

/// Grants wishes so that the points together are as many as can be found. No two grants take a
/// space at the same time. Small groups of competing wishes are solved exactly, larger ones by
/// local search from `seed`: the same input gives the same answer. `pins` is empty or one a wish;
/// the pinned options must not exclude one another, else std::invalid_argument.
[[nodiscard]] Proposal propose(std::span<const Wish> wishes, std::uint64_t seed,
                               std::span<const Pin> pins = {});

/// The wishes that have what this option of `wish` needs.
[[nodiscard]] std::vector<std::size_t> holders_of(std::span<const Wish> wishes,
                                                  const Proposal& proposal, std::size_t wish,
                                                  std::size_t option);

}  // namespace creneau::allocation
