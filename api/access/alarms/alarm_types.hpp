#pragma once

#include "api/access/doors/door_types.hpp"
#include "api/access/events/event_types.hpp"

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace creneau::access {

enum class AlarmId : std::int64_t {};

/// What somebody has to look after. The first three are of a door, the others of an agent.
enum class AlarmKind : std::uint8_t {
    forced,           ///< opened without anybody's right
    held_open,        ///< open past its limit
    foreign_write,    ///< somebody else writes to the board that drives the lock
    agent_offline,    ///< not heard for kAgentSilence
    policy_stale,     ///< its policy is older than kPolicyFresh, or there is none
    clock_untrusted,  ///< it does not know what time it is
    journal_filling,  ///< rows that the town has not fill most of its journal
};

/// The stable words of the database and the API.
[[nodiscard]] std::string_view word_of(AlarmKind kind);
[[nodiscard]] std::optional<AlarmKind> alarm_kind_of(std::string_view word);

/// What an alarm is about: one of it goes on at a time.
struct AlarmSubject {
    AlarmKind kind = AlarmKind::forced;
    AgentId agent{};
    std::optional<DoorId> door;  ///< none: the agent itself
    friend auto operator<=>(const AlarmSubject&, const AlarmSubject&) = default;
};

struct Alarm {
    AlarmId id{};
    AlarmSubject subject;
    std::chrono::sys_seconds begun_at;
    std::optional<std::chrono::sys_seconds> ended_at;  ///< none: it goes on
    std::chrono::sys_seconds heard_at;  ///< when the town last heard of its beginning or its end
};

}  // namespace creneau::access
