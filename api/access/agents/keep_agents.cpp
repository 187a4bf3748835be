#include "api/access/agents/keep_agents.hpp"

#include "api/access/access_types.hpp"
#include "api/access/agents/agent_store.hpp"
#include "api/access/agents/agent_types.hpp"
#include "api/access/events/event_types.hpp"
#include "api/audit/audit_store.hpp"
#include "api/people/account_key.hpp"
#include "api/people/organisations/organisation_error.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/people_store.hpp"
#include "api/people/person.hpp"
#include "api/store/column.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"
#include "link/enrolment.hpp"
#include "link/text_forms.hpp"
#include "policy/fingerprint.hpp"
#include "qr/public_key.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sodium.h>

namespace creneau::access {

namespace {

using people::FieldFault;
using people::OrganisationRefusal;
using people::Organised;
using people::refuse;
using store::raw;

constexpr std::size_t kSaltSize = 16;

TownId town_of(const people::Actor& actor) {
    return TownId{raw(actor.town)};
}

std::string new_salt() {
    std::array<std::uint8_t, kSaltSize> salt{};
    randombytes_buf(salt.data(), salt.size());
    return link::to_hex(salt);
}

link::EnrolmentCode code_of(const people::AccountKey& key, TownId town, const EnrolmentRow& row) {
    const auto bytes = key.code_bytes(std::string("enrolment of a door agent ")
                                          .append(std::to_string(raw(town)))
                                          .append(" ")
                                          .append(std::to_string(raw(row.agent)))
                                          .append(" ")
                                          .append(row.salt));
    link::EnrolmentCode code{};
    std::copy_n(bytes.begin(), code.size(), code.begin());
    return code;
}

/// The agent, for who keeps agents.
Organised<DoorAgent> kept(store::Session& session, const ChangeAgent& order) {
    const auto person = people::find_person(session, order.actor.town, order.actor.person);
    if (!person || !people::may_keep_agents(*person)) {
        return refuse(OrganisationRefusal::not_allowed);
    }
    auto agent = select_agent(session, town_of(order.actor), order.agent);
    if (!agent) {
        return refuse(OrganisationRefusal::unknown);
    }
    return *std::move(agent);
}

void record(store::Session& session, const ChangeAgent& order, std::string_view action) {
    audit::Line line;
    line.at = order.actor.now;
    line.actor = order.actor.person;
    line.action = action;
    line.subject_kind = "door_agent";
    line.subject = raw(order.agent);
    line.log = audit::Log::security;
    audit::append(session, order.actor.town, line);
}

DoorAgent again(store::Session& session, const ChangeAgent& order) {
    return store::present(select_agent(session, town_of(order.actor), order.agent), "agent kept");
}

}  // namespace

Organised<std::vector<DoorAgent>> list_agents(store::Session& session, TownId town,
                                              const people::Person& reader,
                                              const people::Page& page) {
    if (!people::may_keep_agents(reader)) {
        return refuse(OrganisationRefusal::not_allowed);
    }
    return select_agents(session, town, page.limit, page.after);
}

Organised<EnrolmentSheet> make_enrolment_code(store::Session& session,
                                              const people::AccountKey& key,
                                              const ChangeAgent& order) {
    auto agent = kept(session, order);
    if (!agent) {
        return tl::unexpected(std::move(agent).error());
    }
    const EnrolmentRow row{0, order.agent, new_salt(), order.actor.now + kEnrolmentServes};
    const TownId town = town_of(order.actor);
    insert_enrolment(session, town, row, order.actor.now);
    record(session, order, "agent_code_made");
    return EnrolmentSheet{*std::move(agent), link::text_of(code_of(key, town, row)),
                          row.expires_at};
}

Organised<DoorAgent> confirm_agent(store::Session& session, const ConfirmAgent& order) {
    const auto agent = kept(session, order.change);
    if (!agent) {
        return agent;
    }
    const bool is_shown =
        !agent->offered_key.empty() && fingerprint_of(agent->offered_key) == order.fingerprint;
    if (!is_shown) {
        return refuse({FieldFault{
            "fingerprint", "other_fingerprint",
            "Aucun contrôleur ne s’est présenté avec cette empreinte : relisez celle qu’il "
            "affiche.",
            "No board has enrolled with this fingerprint: read anew the one that it shows."}});
    }
    const auto& change = order.change;
    if (!confirm_key(session, town_of(change.actor), change.agent, agent->offered_key,
                     change.actor.now)) {
        return refuse(OrganisationRefusal::stale);
    }
    record(session, change, "agent_confirmed");
    return again(session, change);
}

Organised<DoorAgent> revoke_agent(store::Session& session, const ChangeAgent& order) {
    auto agent = kept(session, order);
    if (!agent || state_of(*agent) == AgentState::revoked) {
        return agent;
    }
    const TownId town = town_of(order.actor);
    revoke_keys(session, town, order.agent, order.actor.now);
    end_enrolments(session, town, order.agent, order.actor.now);
    record(session, order, "agent_revoked");
    return again(session, order);
}

std::string fingerprint_of(const std::string& public_key) {
    const auto bytes = link::from_hex(public_key, qr::kPublicKeySize);
    return bytes ? policy::to_hex(policy::blake2b_256(*bytes)) : "";
}

tl::expected<link::Proof, EnrolFault> enrol_agent(store::Session& session,
                                                  const people::AccountKey& key,
                                                  const EnrolAgent& order) {
    const auto agent = select_agent(session, order.town, order.enrolment.agent);
    const auto row =
        agent ? select_enrolment(session, order.town, agent->id, order.now) : std::nullopt;
    if (!row || raw(order.town) != static_cast<std::int64_t>(order.enrolment.town)) {
        return tl::unexpected(EnrolFault::refused);
    }
    const auto code = code_of(key, order.town, *row);
    if (!link::same(link::prove(code, link::Side::agent, order.enrolment), order.proof) ||
        !end_enrolment(session, order.town, row->id, order.now)) {
        return tl::unexpected(EnrolFault::refused);
    }
    offer_key(session, order.town, row->agent, link::to_hex(order.enrolment.agent_key), order.now);
    return link::prove(code, link::Side::town, order.enrolment);
}

}  // namespace creneau::access
