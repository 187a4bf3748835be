#pragma once

#include "api/access/access_types.hpp"
#include "api/store/session.hpp"

#include <optional>
#include <vector>

namespace creneau::access {

// Every function here is part of its caller's transaction: it throws on a database error, and the
// caller's savepoint takes back what was written.

/// What a window gives access to.
struct Grant {
    TownId town{};
    BookingRow booking{};
    Holder holder;
    ZoneId zone{};
    Interval window;  ///< margins included
};

/// Writes the one access window of a booking, in place of any it had.
void set_windows(store::Session& session, const Grant& grant);

/// Takes the booking's access windows away.
void clear_windows(store::Session& session, TownId town, BookingRow booking);

/// Gives the booking's passes a credential with a new pass id each: makes one when the booking has
/// none, takes the existing ones after a move, but for those that the town took away on purpose.
/// Answers the first that got one.
[[nodiscard]] std::optional<Pass> issue_pass(store::Session& session, const Grant& grant,
                                             std::chrono::sys_seconds now);

/// The same of what was held back: makes one when the booking has none, gives a credential to those
/// that await one. What was lost or taken away, or lives, stays as it is.
[[nodiscard]] std::optional<Pass> issue_held_back(store::Session& session, const Grant& grant,
                                                  std::chrono::sys_seconds now);

/// One more pass of a booking that has one already, for the same window.
[[nodiscard]] Pass add_pass(store::Session& session, const Grant& grant,
                            std::chrono::sys_seconds now);

/// Revokes every living credential of a booking; returns how many.
std::size_t revoke_passes_of(store::Session& session, TownId town, BookingRow booking,
                             const Revocation& revocation);

/// Revokes every living credential of what a holder has; the bookings stay. Answers which passes.
std::vector<PassRow> revoke_passes_held_by(store::Session& session, TownId town,
                                           const Holder& holder, const Revocation& revocation);

/// Revokes the pass's living credential. False when it had none.
[[nodiscard]] bool revoke_pass(store::Session& session, TownId town, const Pass& pass,
                               const Revocation& revocation);

/// Replaces the pass's newest credential, living or revoked: the next revision of the same pass id
/// while the grant is still that window and zone, otherwise, and after the last revision, a new
/// pass id.
[[nodiscard]] Pass reissue_pass(store::Session& session, const Grant& grant, const Pass& pass,
                                std::chrono::sys_seconds now);

/// A pass with its newest credential.
[[nodiscard]] std::optional<Pass> find_pass(store::Session& session, TownId town, PassRow row);

/// The passes of a booking, each with its newest credential.
[[nodiscard]] std::vector<Pass> passes_of(store::Session& session, TownId town, BookingRow booking);

/// The doors of a zone, street to room.
[[nodiscard]] std::vector<ZoneDoor> doors_of(store::Session& session, TownId town, ZoneId zone);

}  // namespace creneau::access
