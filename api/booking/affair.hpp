#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/change.hpp"
#include "api/booking/estate_store.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace creneau::booking {

/// A booking with all that its mails, doors and audit lines need, read in the transaction that
/// changes it.
struct Affair {
    TownId town{};
    people::Person actor;
    Booking booking;
    Place place;
    std::string booker_name;
    std::string association_name;  ///< empty for an individual
    std::chrono::sys_seconds now;
    std::optional<PersonId> in_place_of = {};  ///< by whose delegation the actor decides
};

/// Reads the booking that a change is about. `unknown_booking` when there is none that the actor
/// may see, `stale` when the expected sequence is another.
[[nodiscard]] Outcome<Affair> open_affair(store::Session& session, const Change& change);

/// The association's name as its manager knows it; empty for an individual.
[[nodiscard]] std::string name_of(const people::Person& booker,
                                  const std::optional<AssociationId>& association);

}  // namespace creneau::booking
