#pragma once

#include "api/arrivals/movement_rules.hpp"
#include "api/arrivals/movement_store.hpp"
#include "api/arrivals/movement_types.hpp"
#include "api/people/organisations/organisation_error.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::arrivals {

// What announcing, correcting and withdrawing have in common.

/// Whether the actor announces movements.
[[nodiscard]] bool announces(store::Session& session, const people::Actor& actor);

/// A field of an order that says when.
struct TypedMoment {
    std::string field;
    std::string_view typed;
    OfDay of_day = OfDay::start;
};
/// The moment in the town's zone; without one, what is wrong is added to `faults`.
[[nodiscard]] std::optional<Moment> moment_in(store::Session& session, const people::Actor& actor,
                                              const TypedMoment& typed,
                                              std::vector<people::FieldFault>& faults);

[[nodiscard]] people::FieldFault end_before_start(const std::string& field);

/// Writes the movement with who has to know of it, and its audit line.
MovementId keep_announced(store::Session& session, const people::Actor& actor,
                          const NewMovement& movement);

/// Its audit line: "arrival_announced", "departure_corrected", …
void record_movement(store::Session& session, const people::Actor& actor, const Movement& movement,
                     std::string_view what);

/// What is wrong with the departure of somebody at the moment that `field` says.
[[nodiscard]] std::vector<people::FieldFault> faults_of_departure(store::Session& session,
                                                                  TownId town, PersonId person,
                                                                  const Moment& moment,
                                                                  const std::string& field);

}  // namespace creneau::arrivals
