#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/series/local_date.hpp"

#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace creneau::booking {

/// An occurrence may end so many days after it began: the longest window of a pass.
inline constexpr int kMostEndDays = 31;

/// The slot of a series on one local date: from `start_time` on `date` to `end_time`, both 'HH:MM',
/// `end_day_offset` days later (0 to kMostEndDays, else bad_end). Clock changes as in
/// resolve_slot(): each end of the slot keeps its own local time, so that its length may differ
/// from one date to the next. Throws std::invalid_argument for an unknown zone.
[[nodiscard]] tl::expected<Slot, TimeError> occurrence_slot(const LocalDate& date,
                                                            std::string_view start_time,
                                                            std::string_view end_time,
                                                            int end_day_offset,
                                                            const std::string& zone);

}  // namespace creneau::booking
