#pragma once

#include "api/access/doors/door_types.hpp"
#include "api/people/organisations/organisation_error.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/people/person.hpp"
#include "api/profiles/door_option_rules.hpp"
#include "api/profiles/profile_rules.hpp"
#include "api/profiles/profile_types.hpp"
#include "api/store/session.hpp"

#include <vector>

namespace creneau::profiles {

// How a door behaves: kept by access administrators, of its site too, read by who sees doors.

[[nodiscard]] people::Organised<KeptOptions> find_door_options(store::Session& session, TownId town,
                                                               const people::Person& reader,
                                                               access::DoorId door);

struct SetDoorOptions {
    people::Actor actor;
    access::DoorId door{};
    DoorOptions options;
    std::vector<HoursForm> free_access;
};
/// The next policy of the door's agent says so.
[[nodiscard]] people::Organised<KeptOptions> set_door_options(store::Session& session,
                                                              const SetDoorOptions& order);

}  // namespace creneau::profiles
