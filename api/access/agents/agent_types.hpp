#pragma once

#include "api/access/events/event_types.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace creneau::access {

/// How a door agent stands to the town.
enum class AgentState : std::uint8_t {
    unknown,  ///< named by the town's file; no board has enrolled as it
    pending,  ///< a board has enrolled; nobody has confirmed it
    active,   ///< its board comes in
    revoked,  ///< stolen or taken down: nothing of it comes in
};

/// "unknown", "pending", "active", "revoked".
[[nodiscard]] std::string_view word_of(AgentState state);

struct DoorAgent {
    AgentId id{};
    std::string key;
    std::int64_t site = 0;
    std::string public_key;   ///< Ed25519, hexadecimal; empty: nobody comes in as it
    std::string offered_key;  ///< of a board that a person has to confirm; empty: none
    std::optional<std::chrono::sys_seconds> offered_at;
    std::optional<std::chrono::sys_seconds> revoked_at;
    std::optional<std::chrono::sys_seconds> seen_at;  ///< its last signed request
    std::int64_t held_generation = 0;                 ///< of the policy in force there; 0: none
    std::int64_t held_version = 0;
    std::string clock;  ///< what it last said of its clock; empty: nothing yet
    std::optional<std::chrono::seconds> policy_age;  ///< at seen_at; none: without a policy
    std::int64_t journal_unsent = 0;                 ///< rows there that are not here
    std::int64_t journal_capacity = 0;               ///< rows; 0: it did not say
    std::int64_t version = 0;
};

[[nodiscard]] AgentState state_of(const DoorAgent& agent);

/// An agent that was not heard for so long is offline: a held sync lasts 25 s.
inline constexpr std::chrono::seconds kAgentSilence{45};
[[nodiscard]] bool is_online(const DoorAgent& agent, std::chrono::sys_seconds now);

/// How long an enrolment code serves.
inline constexpr std::chrono::minutes kEnrolmentServes{15};

/// A code that lives: what it is derived from.
struct EnrolmentRow {
    std::int64_t id = 0;
    AgentId agent{};
    std::string salt;
    std::chrono::sys_seconds expires_at;
};

}  // namespace creneau::access
