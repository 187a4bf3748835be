#pragma once

#include "api/arrivals/movement_types.hpp"
#include "api/people/organisations/organisation_error.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <vector>

namespace creneau::arrivals {

/// Newest first: all for who may see movements, those of their own people for a line manager.
[[nodiscard]] std::vector<Movement> list_movements(store::Session& session, TownId town,
                                                   const people::Person& reader,
                                                   const people::Page& page);
[[nodiscard]] people::Organised<Movement> find_movement(store::Session& session, TownId town,
                                                        const people::Person& reader,
                                                        MovementId id);

struct AcknowledgeMovement {
    people::Actor actor;
    MovementId movement{};
};
/// Says that the actor knows, for every step that they answer for; a second time changes nothing.
[[nodiscard]] people::Organised<Movement> acknowledge_movement(store::Session& session,
                                                               const AcknowledgeMovement& order);

}  // namespace creneau::arrivals
