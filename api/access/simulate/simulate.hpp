#pragma once

#include "api/access/access_types.hpp"
#include "api/access/badge_key.hpp"
#include "api/access/badge_types.hpp"
#include "api/access/doors/door_types.hpp"
#include "api/people/organisations/organisation_error.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"
#include "policy/badge.hpp"
#include "policy/decide.hpp"
#include "policy/policy.hpp"
#include "qr/pass.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>

namespace creneau::access {

/// Would this open that door then? Of what a door knows, all but what it remembers itself: uses of
/// passes, entries, and a policy that it has not got yet.
struct AskAccess {
    people::Actor actor;
    std::optional<BadgeId> badge;  ///< this or a pass
    std::optional<PassRow> pass;
    DoorId door{};
    std::optional<std::chrono::sys_seconds> at;  ///< none: now
};

/// What a policy has to be asked.
struct AccessQuestion {
    std::string agent;  ///< whose policy
    std::string door;   ///< its key
    std::variant<policy::BadgeNumber, qr::PassFields> shown;
    std::chrono::sys_seconds at;
};
/// Of badges, for access administrators; of passes, for the office, too.
[[nodiscard]] people::Organised<AccessQuestion> question_of(store::Session& session,
                                                            const BadgeKey& key,
                                                            const AskAccess& ask);

/// The policy in a file that the town's own signer has just made for the agent.
[[nodiscard]] std::optional<policy::Policy> own_policy(std::span<const std::uint8_t> file,
                                                       qr::TownId town, const std::string& agent);

/// What a connected door with the right time does, by the function that it decides with. The policy
/// counts as renewed by then.
[[nodiscard]] policy::Decision answer_to(const AccessQuestion& question, policy::Policy policy);

/// The audit line of who asked about what.
void note_question(store::Session& session, const AskAccess& ask);

}  // namespace creneau::access
