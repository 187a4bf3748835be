#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/booking/room_rules.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace creneau::booking {

/// The slot is held for somebody: until when, and not for whom. `until` is local,
/// 'YYYY-MM-DDTHH:MM'.
[[nodiscard]] Failure room_held(const std::string& until);

/// The same to who may withdraw it: whose it is, until when, and by which number.
[[nodiscard]] Failure room_held(const Hold& hold);

/// A deadline lies after now and not after `last`, when what is held may last be booked: a hold
/// that stood longer would promise what the room's notice refuses.
[[nodiscard]] std::vector<Failure> check_deadline(std::optional<std::chrono::sys_seconds> deadline,
                                                  std::chrono::sys_seconds last,
                                                  std::chrono::sys_seconds now);

/// The last instant at which a slot may be booked under the room's notice.
[[nodiscard]] std::chrono::sys_seconds last_booked_at(const Interval& slot, const RoomRules& rules);

/// Until when an offer stands: for `patience`, and no longer than the slot may still be booked
/// under the room's notice.
[[nodiscard]] std::chrono::sys_seconds offer_deadline(std::chrono::sys_seconds now,
                                                      std::chrono::minutes patience,
                                                      const Interval& slot, const RoomRules& rules);

}  // namespace creneau::booking
