#pragma once

#include "api/access/commands/command_rules.hpp"
#include "api/access/commands/command_types.hpp"
#include "api/access/doors/door_types.hpp"
#include "api/people/ids.hpp"
#include "api/people/organisations/organisation_error.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

namespace creneau::access {

// Opening a door from afar. The order is offered to the agent that drives the door; the agent asks
// for it with a nonce of its own and obeys the signed answer within ten seconds. Nothing is queued.

struct OrderCommand {
    people::Actor actor;
    DoorId door{};
    CommandWish wish;
};
/// Only while the agent is connected. A line of the security log says who, which door and why.
[[nodiscard]] people::Organised<DoorCommand> order_command(store::Session& session,
                                                           const OrderCommand& order);

/// What became of one, for who may order it.
[[nodiscard]] people::Organised<DoorCommand> show_command(store::Session& session,
                                                          people::TownId town,
                                                          const people::Person& reader,
                                                          CommandId id);

}  // namespace creneau::access
