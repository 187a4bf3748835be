#pragma once

#include "api/access/doors/door_store.hpp"
#include "api/access/doors/door_types.hpp"
#include "api/people/organisations/organisation_error.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <string>
#include <vector>

namespace creneau::access {

[[nodiscard]] people::Organised<std::vector<DoorRecord>> list_doors(store::Session& session,
                                                                    people::TownId town,
                                                                    const people::Person& reader,
                                                                    const DoorPage& page);

struct DisableDoor {
    people::Actor actor;
    DoorId door{};
    std::string ground;
};
/// The next policy says so, and no pass is made for what is behind it. Already disabled by a
/// person: it stays as it is.
[[nodiscard]] people::Organised<DoorRecord> disable_door(store::Session& session,
                                                         const DisableDoor& order);

struct EnableDoor {
    people::Actor actor;
    DoorId door{};
};
/// What the town's file disabled stays so.
[[nodiscard]] people::Organised<DoorRecord> enable_door(store::Session& session,
                                                        const EnableDoor& order);

}  // namespace creneau::access
