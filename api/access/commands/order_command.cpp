#include "api/access/commands/order_command.hpp"

#include "api/access/access_types.hpp"
#include "api/access/agents/agent_store.hpp"
#include "api/access/agents/agent_types.hpp"
#include "api/access/commands/command_rules.hpp"
#include "api/access/commands/command_store.hpp"
#include "api/access/door_state.hpp"
#include "api/access/doors/door_store.hpp"
#include "api/access/doors/door_types.hpp"
#include "api/audit/audit_store.hpp"
#include "api/people/ids.hpp"
#include "api/people/organisations/organisation_error.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/people_store.hpp"
#include "api/people/person.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <optional>
#include <utility>

#include <tl/expected.hpp>

namespace creneau::access {

namespace {

using people::OrganisationRefusal;
using people::Organised;
using store::raw;

/// The door, for who commands it.
Organised<DoorRecord> commanded(store::Session& session, TownId town, const people::Person& person,
                                DoorId id) {
    const auto door = select_door(session, town, id);
    const people::Scope place =
        door ? people::Scope{people::ScopeKind::site, raw(door->site)} : people::Scope{};
    if (!people::may_command_doors(person, place)) {
        return people::refuse(OrganisationRefusal::not_allowed);
    }
    if (!door) {
        return people::refuse(OrganisationRefusal::unknown);
    }
    return *door;
}

void record(store::Session& session, const people::Actor& actor, const DoorCommand& ordered) {
    audit::Line line;
    line.at = actor.now;
    line.actor = actor.person;
    line.action = ordered.end ? "free_access_ordered" : "door_open_ordered";
    line.subject_kind = "door";
    line.subject = raw(ordered.door);
    line.ground = ordered.ground;
    line.log = audit::Log::security;
    audit::append(session, actor.town, line);
}

}  // namespace

Organised<DoorCommand> order_command(store::Session& session, const OrderCommand& order) {
    const people::Actor& actor = order.actor;
    const TownId town{raw(actor.town)};
    const auto person = people::find_person(session, actor.town, actor.person);
    if (!person) {
        return people::refuse(OrganisationRefusal::not_allowed);
    }
    const auto door = commanded(session, town, *person, order.door);
    if (!door) {
        return tl::unexpected(door.error());
    }
    const auto agent = select_agent(session, town, door->agent);
    const CommandFacts facts{
        door->state == DoorState::in_service, agent && is_online(*agent, actor.now),
        count_commands(session, town, actor.person, actor.now - kCommandPace), actor.now};
    if (auto faults = faults_of(order.wish, facts); !faults.empty() || !agent) {
        return people::refuse(std::move(faults));
    }
    DoorCommand ordered;
    ordered.agent = agent->id;
    ordered.door = order.door;
    ordered.door_key = door->key;
    ordered.ground = order.wish.ground;
    ordered.end = order.wish.end;
    ordered.asked_at = actor.now;
    ordered.offered_to = actor.now + kCommandOffered;
    ordered.id = insert_command(session, town, ordered, actor.person);
    record(session, actor, ordered);
    return ordered;
}

Organised<DoorCommand> show_command(store::Session& session, people::TownId town,
                                    const people::Person& reader, CommandId id) {
    const TownId own{raw(town)};
    const auto command = select_command(session, own, id);
    const auto door = commanded(session, own, reader, command ? command->door : DoorId{});
    if (!door) {
        return tl::unexpected(door.error());
    }
    return *command;
}

}  // namespace creneau::access
