#pragma once

#include "api/booking/affair.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/change.hpp"
#include "api/booking/delegations/delegation_types.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace creneau::booking {

// Who may decide now: the office, and whom it has delegated to.

/// The local date in the town's zone.
[[nodiscard]] std::string local_date_in(store::Session& session, TownId town,
                                        std::chrono::sys_seconds now);

/// The mandate that a person holds now over a site; none for the office, which needs none.
[[nodiscard]] std::optional<Mandate> mandate_over(store::Session& session, TownId town,
                                                  const people::Person& person, SiteId site,
                                                  std::chrono::sys_seconds now);

/// Whether a person holds one over a room's site.
[[nodiscard]] bool has_mandate(store::Session& session, TownId town, const people::Person& person,
                               RoomId room, std::chrono::sys_seconds now);

/// The mandates that a person holds now.
[[nodiscard]] std::vector<Mandate> mandates_of(store::Session& session, TownId town,
                                               const people::Person& person,
                                               std::chrono::sys_seconds now);

/// Why a request can no longer be decided on; nothing while it is pending and its slot not over.
/// One that has begun can be: somebody stands before the door. What has ended lapses (lapses/).
[[nodiscard]] std::optional<Refusal> why_not_decide(const Booking& booking,
                                                    std::chrono::sys_seconds now);

/// open_affair() for a decision: `not_allowed` to whom it is not to decide but may see the booking,
/// `unknown_booking` to others.
[[nodiscard]] Outcome<Affair> open_to_decide(store::Session& session, const Change& change);

}  // namespace creneau::booking
