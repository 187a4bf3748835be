#pragma once

#include "api/arrivals/movement_types.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <vector>

namespace creneau::arrivals {

// SQL of movements and of who was told, each query within one town.

struct NewMovement {
    MovementKind kind = MovementKind::arrival;
    PersonId person{};
    Moment moment;
    std::chrono::hours delay{};
    PersonId announced_by{};
    std::chrono::sys_seconds announced_at;
    std::vector<NoticeStep> steps;  ///< who has to know
};
[[nodiscard]] MovementId insert_movement(store::Session& session, TownId town,
                                         const NewMovement& movement);

[[nodiscard]] std::optional<Movement> select_movement(store::Session& session, TownId town,
                                                      MovementId id);
/// The one of that kind that somebody is announced with and that was not carried out.
[[nodiscard]] std::optional<Movement> select_open_movement(store::Session& session, TownId town,
                                                           PersonId person, MovementKind kind);
/// Newest first, withdrawn ones included; of one line manager where it is said, and with these of
/// the page's departments. `page.after` is the last id of the page before, 0 on the first.
[[nodiscard]] std::vector<Movement> select_movements(store::Session& session, TownId town,
                                                     const std::optional<PersonId>& line_manager,
                                                     const people::Page& page);
/// What has come and was not carried out, the oldest instant first.
[[nodiscard]] std::vector<Movement> select_to_carry_out(store::Session& session, TownId town,
                                                        std::chrono::sys_seconds now);
/// What somebody does not know of yet, or has not acknowledged and may be reminded of.
[[nodiscard]] std::vector<Movement> select_to_tell(store::Session& session, TownId town);
/// Arrivals until `before` whose person was not invited.
[[nodiscard]] std::vector<Movement> select_to_invite(store::Session& session, TownId town,
                                                     std::chrono::sys_seconds before);

/// Another instant for the same movement; nobody knows of it then. False when its version is
/// another.
[[nodiscard]] bool correct_moment(store::Session& session, TownId town, const Movement& movement);
/// False when it was carried out or withdrawn already.
[[nodiscard]] bool mark_done(store::Session& session, TownId town, MovementId id,
                             std::chrono::sys_seconds now);
[[nodiscard]] bool mark_withdrawn(store::Session& session, TownId town, MovementId id,
                                  std::chrono::sys_seconds now);
void mark_invited(store::Session& session, TownId town, MovementId id,
                  std::chrono::sys_seconds now);

/// Writes what a notice says.
void keep_notice(store::Session& session, TownId town, MovementId movement, const Notice& notice);

}  // namespace creneau::arrivals
