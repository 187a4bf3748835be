#pragma once

#include "api/booking/booking_types.hpp"
#include "api/store/readers.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <cstddef>

namespace creneau::booking {

inline constexpr std::size_t kMostAskedAgain = 200;  ///< who get an offer in one write

/// Asks everybody in line again: what a rule held back when the slot was freed, a day that has come
/// or a quota that has room again lets them have now. The longest waiting first; what is left, the
/// next call takes. Reads where there is nothing to offer.
void ask_lines_again(store::Readers& readers, store::Writer& writer, TownId town,
                     std::chrono::sys_seconds now);

}  // namespace creneau::booking
