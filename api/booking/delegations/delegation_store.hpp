#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/delegations/delegation_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::booking {

// SQL of delegations, each query within one town.

/// Inserts a delegation; answers its id (`delegation.id` and the names are not looked at).
[[nodiscard]] DelegationId insert_delegation(store::Session& session, TownId town,
                                             const Delegation& delegation);

[[nodiscard]] std::optional<Delegation> select_delegation(store::Session& session, TownId town,
                                                          DelegationId delegation);

/// False when there is none, or it has ended already.
[[nodiscard]] bool end_delegation_row(store::Session& session, TownId town, DelegationId delegation,
                                      std::chrono::sys_seconds now);

struct DelegationQuery {
    std::optional<PersonId> of{};  ///< only given or received by them
    std::int64_t limit = 50;
    std::optional<DelegationId> before{};  ///< only older ids
};
/// Newest first, ended ones included.
[[nodiscard]] std::vector<Delegation> select_delegations(store::Session& session, TownId town,
                                                         const DelegationQuery& query);

/// An instant, and the local date of the town then.
struct MandateTime {
    std::chrono::sys_seconds now;
    std::string local_date;
};
/// The mandates that a person has then, oldest first: those of delegators who are still enabled,
/// have not departed and are of the office.
[[nodiscard]] std::vector<Mandate> select_mandates(store::Session& session, TownId town,
                                                   PersonId delegate, const MandateTime& time);

/// Ends what is left of the delegations that somebody gave or was given; answers which.
std::vector<DelegationId> end_delegations_of(store::Session& session, TownId town, PersonId person,
                                             std::chrono::sys_seconds now);

/// Notes for whom the last decision on a booking was made; nobody when it was their own.
void note_decision(store::Session& session, TownId town, BookingId booking,
                   const std::optional<PersonId>& in_place_of);

/// Who made the last decision on a booking; nobody while there is none, or it followed by itself.
[[nodiscard]] DecidedBy decided_by(store::Session& session, TownId town, BookingId booking);

}  // namespace creneau::booking
