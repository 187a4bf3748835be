#pragma once

#include "api/arrivals/movement_types.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace creneau::arrivals {

// SQL of when somebody of the staff is there, each query within one town.

/// Half-open; none: no bound.
struct Presence {
    std::optional<std::chrono::sys_seconds> from;
    std::optional<std::chrono::sys_seconds> until;
};
/// Nothing when there is no such person, disabled ones included.
[[nodiscard]] std::optional<Presence> select_presence(store::Session& session, TownId town,
                                                      PersonId person);
/// Whether they left as it was announced, or were announced and did not come; never of the erased.
[[nodiscard]] bool has_left_as_announced(store::Session& session, TownId town, PersonId person);
/// Writes when they are there as their movements say that were not withdrawn: from the last arrival
/// on, until the last departure that was announced after it.
void follow_movements(store::Session& session, TownId town, PersonId person);

/// Opens the account of somebody who comes back; they may book again.
void open_account(store::Session& session, TownId town, PersonId person,
                  std::chrono::sys_seconds now);
/// Disables the account; with it sessions, codes and tokens end (people_disabled and its like).
void close_account(store::Session& session, TownId town, PersonId person,
                   std::chrono::sys_seconds now);
/// Takes every role away; answers how many.
std::int64_t take_roles(store::Session& session, TownId town, PersonId person);

/// Ends what the person's own address is told as a service.
void end_subscriptions(store::Session& session, TownId town, PersonId person,
                       std::chrono::sys_seconds now);

/// The last local date of a member of the staff, included; "": no end.
void keep_last_day(store::Session& session, TownId town, PersonId person, const std::string& date);
/// The first one, where it was `before`: of the person and of the duties that began with it.
void keep_first_day(store::Session& session, TownId town, PersonId person,
                    const std::string& before, const std::string& date);
/// No duty lasts longer than that local date, included.
void end_duties(store::Session& session, TownId town, PersonId person, const std::string& date);
/// Somebody who did not come is none of the staff.
void forget_staff(store::Session& session, TownId town, PersonId person);

}  // namespace creneau::arrivals
