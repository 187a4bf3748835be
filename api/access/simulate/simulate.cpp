#include "api/access/simulate/simulate.hpp"

#include "api/access/access_store.hpp"
#include "api/access/access_types.hpp"
#include "api/access/badge_access_rules.hpp"
#include "api/access/badge_key.hpp"
#include "api/access/badge_store.hpp"
#include "api/access/badge_types.hpp"
#include "api/access/doors/door_store.hpp"
#include "api/access/doors/door_types.hpp"
#include "api/people/organisations/organisation_audit.hpp"
#include "api/people/organisations/organisation_error.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/people_store.hpp"
#include "api/people/person.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"
#include "policy/badge.hpp"
#include "policy/container.hpp"
#include "policy/decide.hpp"
#include "policy/envelope.hpp"
#include "policy/fingerprint.hpp"
#include "policy/manifest.hpp"
#include "policy/memory.hpp"
#include "policy/policy.hpp"
#include "policy/policy_file.hpp"
#include "qr/pass.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace creneau::access {
namespace {

using people::FieldFault;
using people::OrganisationRefusal;
using people::refuse;
using store::raw;
using Shown = std::variant<policy::BadgeNumber, qr::PassFields>;

/// Who asked just now has a clock of their own.
constexpr std::chrono::minutes kJustNow{5};

TownId town_of(const AskAccess& ask) {
    return TownId{raw(ask.actor.town)};
}

bool may_ask(store::Session& session, const AskAccess& ask) {
    const auto person = people::find_person(session, ask.actor.town, ask.actor.person);
    return person &&
           (ask.badge ? people::may_keep_badges(*person) : people::may_see_doors(*person));
}

std::optional<Shown> badge_shown(store::Session& session, const BadgeKey& key,
                                 const AskAccess& ask) {
    const auto sealed = select_badge_number(session, town_of(ask), ask.badge.value_or(BadgeId{}));
    const auto number = sealed ? key.open(*sealed) : std::nullopt;
    const auto bytes = number ? number_bytes(*number) : std::vector<std::uint8_t>{};
    const auto badge = policy::badge_number(bytes, policy::Assurance::low);
    return badge ? std::optional<Shown>(*badge) : std::nullopt;
}

std::optional<Shown> pass_shown(store::Session& session, const AskAccess& ask) {
    const auto pass = select_pass(session, town_of(ask), ask.pass.value_or(PassRow{}));
    if (!pass) {
        return std::nullopt;
    }
    const Credential& credential = pass->credential;
    qr::PassFields fields;
    fields.pass_id = qr::PassId{static_cast<std::uint64_t>(credential.pass_id)};
    fields.revision = static_cast<std::uint8_t>(credential.revision);
    fields.not_before = credential.not_before;
    fields.duration_min = static_cast<std::uint16_t>(credential.duration_min);
    fields.scope = static_cast<std::uint16_t>(credential.scope);
    return fields;
}

std::vector<FieldFault> faults_of(const AskAccess& ask, const std::optional<DoorRecord>& door) {
    std::vector<FieldFault> faults;
    if (!door) {
        faults.push_back({"door_id", "unknown_door", "Choisissez une porte de la commune.",
                          "Choose a door of the town."});
    } else if (door->agent.empty()) {
        faults.push_back({"door_id", "no_agent", "Aucun contrôleur ne commande cette porte.",
                          "No agent drives this door."});
    }
    const auto at = ask.at.value_or(ask.actor.now);
    if (at < ask.actor.now - kJustNow || at > ask.actor.now + kHoursAhead) {
        faults.push_back({"at", "out_of_reach", "Attendu : de maintenant à dans 40 jours.",
                          "Expected: from now to 40 days ahead."});
    }
    return faults;
}

}  // namespace

people::Organised<AccessQuestion> question_of(store::Session& session, const BadgeKey& key,
                                              const AskAccess& ask) {
    if (!may_ask(session, ask)) {
        return refuse(OrganisationRefusal::not_allowed);
    }
    if (ask.badge.has_value() == ask.pass.has_value()) {
        return refuse({FieldFault{"badge_id", "one_credential",
                                  "Indiquez un badge (badge_id) ou un pass (pass_id).",
                                  "Name a badge (badge_id) or a pass (pass_id)."}});
    }
    const auto door = select_door(session, town_of(ask), ask.door);
    auto faults = faults_of(ask, door);
    const auto shown = ask.badge ? badge_shown(session, key, ask) : pass_shown(session, ask);
    if (!shown) {
        faults.push_back({ask.badge ? "badge_id" : "pass_id", "unknown_credential",
                          "Choisissez un badge ou un pass de la commune.",
                          "Choose a badge or a pass of the town."});
    }
    if (!faults.empty()) {
        return refuse(std::move(faults));
    }
    return AccessQuestion{door->agent, door->key, *shown, ask.at.value_or(ask.actor.now)};
}

std::optional<policy::Policy> own_policy(std::span<const std::uint8_t> file, qr::TownId town,
                                         const std::string& agent) {
    const auto container = policy::read_container(file);
    const auto framed =
        container ? policy::frame(container->manifest, policy::kLargestManifest, "manifest")
                  : tl::unexpected(policy::PolicyError{});
    const auto manifest =
        framed ? policy::read_manifest(framed->payload) : tl::unexpected(policy::PolicyError{});
    if (!manifest) {
        return std::nullopt;
    }
    policy::Expectations expected;
    expected.town = town;
    expected.agent = agent;
    expected.roots.push_back(policy::fingerprint_of(container->policy_certificate.root));
    for (const auto& issued : manifest->pass_certificates) {
        expected.roots.push_back(policy::fingerprint_of(issued.root));
    }
    auto opened = policy::open_policy_file(file, expected);
    return opened ? std::optional(*std::move(opened)) : std::nullopt;
}

policy::Decision answer_to(const AccessQuestion& question, policy::Policy policy) {
    policy.issued_at = question.at;
    const auto* door = policy.find_door(question.door);
    policy::Presented presented;
    presented.credential = policy::NoCredential{};
    presented.door = door == nullptr ? std::uint16_t{0} : door->scope;
    presented.at = question.at;
    presented.clock.trust = policy::ClockTrust::trusted;
    if (const auto* pass = std::get_if<qr::PassFields>(&question.shown)) {
        return policy::decide_signed(policy, {}, *pass, presented);
    }
    presented.credential = std::get<policy::BadgeNumber>(question.shown);
    return policy::decide(policy, {}, presented);
}

void note_question(store::Session& session, const AskAccess& ask) {
    people::record_change(session, ask.actor, "access_simulated",
                          {ask.badge ? "badge" : "pass",
                           ask.badge ? raw(*ask.badge) : store::raw_or_zero(ask.pass),
                           {}});
}

}  // namespace creneau::access
