#pragma once

#include "api/booking/grounds.hpp"

namespace creneau::booking {

/// Why a request lapses: a ground of a refusal that nobody chooses.
[[nodiscard]] const Ground& lapse_ground();

}  // namespace creneau::booking
