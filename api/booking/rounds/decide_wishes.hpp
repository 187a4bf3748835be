#pragma once

#include "api/booking/rounds/round_task.hpp"
#include "api/booking/rounds/round_types.hpp"

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace creneau::booking {

/// A decision on every wish of a task, in their order.
struct Allocation {
    std::vector<RoundDecision> decisions;
    std::int64_t points = 0;  ///< of all that is given
    bool is_optimal = false;
};

/// Two wishes that were settled into the same place at the same time; nothing when none were.
[[nodiscard]] std::optional<std::pair<RoundWishId, RoundWishId>> settled_twice(
    const RoundTask& task);

/// The engine's proposal with a reason for every wish. Pure; takes seconds for a few hundred
/// wishes. Nothing may be settled twice. The same task gives the same answer.
[[nodiscard]] Allocation decide_wishes(const RoundTask& task);

}  // namespace creneau::booking
