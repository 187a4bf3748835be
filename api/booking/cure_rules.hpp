#pragma once

#include "api/booking/booking_error.hpp"

#include <cstdint>
#include <vector>

namespace creneau::booking {

/// Where else the same request could pass.
enum class Cure : std::uint8_t {
    nothing,       ///< nowhere: it has to say something else first
    another_room,  ///< at any time of this room it would fail again
    another_slot,  ///< of this room or of another
};

[[nodiscard]] Cure cure_of(Rule rule);

/// What cures all of them at once; `nothing` of no failure.
[[nodiscard]] Cure cure_of(const std::vector<Failure>& failures);

}  // namespace creneau::booking
