#pragma once

#include "api/arrivals/movement_rules.hpp"
#include "api/arrivals/movement_store.hpp"
#include "api/arrivals/movement_types.hpp"
#include "api/arrivals/presence_store.hpp"
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

/// Whether the actor announces movements of the staff there.
[[nodiscard]] bool announces(store::Session& session, const people::Actor& actor,
                             const people::Scope& place);

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

/// When somebody would be there, as the field says that would be changed.
struct ChangedPresence {
    PersonId person{};
    Presence presence;
    std::string field;
};
/// What is wrong with it: nobody goes before they come, and an administrator is always there.
[[nodiscard]] std::vector<people::FieldFault> faults_of_presence(store::Session& session,
                                                                 const people::Actor& actor,
                                                                 const ChangedPresence& changed);
/// Nothing where the town has an administrator at every instant without that person.
[[nodiscard]] std::optional<people::FieldFault> fault_of_absence(store::Session& session,
                                                                 const people::Actor& actor,
                                                                 PersonId person);

}  // namespace creneau::arrivals
