#pragma once

#include "api/access/access_types.hpp"

#include <string_view>
#include <vector>

namespace creneau::access {

/// A guest's pass lasts at most a day: the cap in the key certificate.
inline constexpr int kLongestGuestPassMin = 1440;
/// Revisions are one byte in the signed pass; after it comes a new pass id.
inline constexpr int kLastRevision = 255;

/// The ways in of `all` that hold on a local date ('YYYY-MM-DD').
[[nodiscard]] std::vector<WayIn> ways_on(const std::vector<WayIn>& all,
                                         std::string_view local_date);

/// Whether a pass would open the room from the street: QR is a way in on that date, at least one
/// door is locked, every locked door is in service and reads QR, and the window (margins included)
/// fits a guest's pass.
[[nodiscard]] bool can_issue_pass(const std::vector<ZoneDoor>& doors,
                                  const std::vector<WayIn>& ways_that_day, const Interval& window);

/// Length of a window in whole minutes, a started minute counted whole.
[[nodiscard]] int minutes_of(const Interval& window);

/// True when the town took the pass away on purpose, or from who left its staff: only the office
/// gives a new one.
[[nodiscard]] bool is_withheld(const Credential& credential);
[[nodiscard]] bool is_withheld(RevokeReason why);

/// True when a move took the pass's code away, and no new one has come yet.
[[nodiscard]] bool awaits_code(const Credential& credential);

}  // namespace creneau::access
