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
    other_words,   ///< anywhere, in other words: the slot and the room have no part in it
};

[[nodiscard]] Cure cure_of(Rule rule);

/// Where the slot cures what it has a part in: a purpose that is missing hides no room that is
/// free. `nothing` of no failure, and where words alone are amiss. What leaves open how many come,
/// what they take, when or for whom is cured by no slot: none could be judged.
[[nodiscard]] Cure cure_of(const std::vector<Failure>& failures);

}  // namespace creneau::booking
