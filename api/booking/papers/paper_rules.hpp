#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/papers/paper_types.hpp"

#include <span>
#include <vector>

namespace creneau::booking {

/// Whether an accepted paper is valid on every local date of a slot; an end at midnight is still
/// the day before.
[[nodiscard]] bool covers(const Paper& paper, const Slot& slot);

/// Those of `required` that no paper covers, in their order.
[[nodiscard]] std::vector<PaperKind> missing_of(std::span<const PaperKind> required,
                                                std::span<const Paper> papers, const Slot& slot);

}  // namespace creneau::booking
