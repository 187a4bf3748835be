#include "api/access/agents/take_sync.hpp"

#include "api/access/agents/agent_store.hpp"
#include "api/access/commands/command_store.hpp"
#include "api/access/doors/door_phase_store.hpp"
#include "api/access/events/take_events.hpp"
#include "api/audit/audit_store.hpp"
#include "api/people/ids.hpp"
#include "api/store/column.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"
#include "link/key_change.hpp"
#include "link/text_forms.hpp"
#include "qr/pass.hpp"
#include "qr/public_key.hpp"

#include <algorithm>
#include <cstdint>

#include <tl/expected.hpp>

namespace creneau::access {

namespace {

/// Both keys want it: the old one signed the request, the new one the proof.
bool take_key(store::Session& session, const TakeSync& order) {
    const auto& agent = order.agent;
    const auto& offered = store::present(order.next_key, "key that follows");
    const auto from = link::from_hex(agent.public_key, qr::kPublicKeySize);
    const auto to = link::from_hex(offered.public_key, qr::kPublicKeySize);
    if (!from || !to) {
        return false;
    }
    link::KeyChange change{qr::TownId{static_cast<std::uint32_t>(order.town)}, agent.key, {}, {}};
    std::ranges::copy(*from, change.from.begin());
    std::ranges::copy(*to, change.to.begin());
    if (!link::is_proved(change, offered.proof) ||
        !change_key(session, order.town, agent.id, agent.public_key, offered.public_key)) {
        return false;
    }
    audit::Line line;
    line.at = order.now;
    line.action = "agent_key_changed";
    line.subject_kind = "door_agent";
    line.subject = store::raw(agent.id);
    line.log = audit::Log::security;
    audit::append(session, people::TownId{store::raw(order.town)}, line);
    return true;
}

}  // namespace

tl::expected<TakenSync, SyncFault> take_sync(store::Session& session, const TakeSync& order) {
    const auto& agent = order.agent;
    if (!raise_counter(session, order.town, agent.id, agent.public_key, agent.counter)) {
        return tl::unexpected(SyncFault::replayed);
    }
    note_status(session, order.town, agent.id, order.status, order.now);
    note_phases(session, order.town, agent.id, order.doors, order.now);
    TakenSync taken;
    taken.took_key = order.next_key && take_key(session, order);
    taken.has_command =
        order.command && mark_taken(session, order.town, agent.id, *order.command, order.now);
    if (order.events) {
        const auto events = take_events(session, order.town, agent.id, *order.events, order.now);
        if (!events) {
            return tl::unexpected(SyncFault::malformed);
        }
        taken.acknowledged = events->acknowledged;
    }
    return taken;
}

}  // namespace creneau::access
