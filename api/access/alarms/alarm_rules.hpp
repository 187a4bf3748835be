#pragma once

#include "api/access/alarms/alarm_types.hpp"
#include "api/access/doors/door_types.hpp"
#include "api/access/events/event_types.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::access {

/// A policy is stale from this age on.
inline constexpr std::chrono::hours kPolicyFresh{1};

/// How doors are was seen a moment before the rows of the journal that come along with it: it says
/// nothing against an alarm that the town heard of less than this before.
inline constexpr std::chrono::seconds kAlarmSettles{5};

/// What the town heard of this much later than now, it heard of by a clock that was ahead.
inline constexpr std::chrono::minutes kClockAhead{10};

/// What was over this long before the town heard of it stands in the list and is told nobody: an
/// agent that was away for weeks brings its whole past.
inline constexpr std::chrono::hours kToldLate{24};

struct WatchedDoor {
    DoorId id{};
    std::string phase;  ///< a code: "locked", "forced", …
    std::chrono::sys_seconds since;
};

/// An agent whose board comes in, as it last said that it is.
struct WatchedAgent {
    AgentId id{};
    std::chrono::sys_seconds confirmed_at;
    std::optional<std::chrono::sys_seconds> seen_at;  ///< its last request; none since confirmed_at
    std::string clock;
    std::optional<std::chrono::seconds> policy_age;  ///< at seen_at; none: without a policy
    std::int64_t journal_unsent = 0;
    std::int64_t journal_capacity = 0;  ///< 0: it did not say
    std::vector<WatchedDoor> doors;
};

enum class Seen : std::uint8_t { off, on, unclear };

/// What the state of an agent or a door says of one alarm.
struct AlarmSign {
    AlarmSubject subject;
    Seen seen = Seen::unclear;
    std::chrono::sys_seconds since;    ///< of what is on
    std::chrono::sys_seconds seen_at;  ///< when it was so
};

struct Watch {
    std::chrono::sys_seconds listening_since;  ///< whoever does not listen hears of nobody
    std::chrono::sys_seconds now;
};

/// Everything that could be an alarm of this agent, on or off.
[[nodiscard]] std::vector<AlarmSign> signs_of(const WatchedAgent& agent, const Watch& watch);

struct AlarmChanges {
    std::vector<AlarmSign> to_begin;
    std::vector<Alarm> to_end;
};

/// The same alarms, where those that were heard of by a clock that was ahead say nothing against
/// any sign: else they would go on, and hide others, until that time comes.
[[nodiscard]] std::vector<Alarm> as_known_at(std::vector<Alarm> known,
                                             std::chrono::sys_seconds now);

/// What begins and ends by these signs. `known`: what goes on, and what the town heard of within
/// kAlarmSettles of the signs. What nobody says anything of any more ends.
[[nodiscard]] AlarmChanges changes_by(const std::vector<Alarm>& known,
                                      const std::vector<AlarmSign>& signs);

/// What a row of a journal says of an alarm of its door.
struct AlarmNews {
    AlarmKind kind = AlarmKind::forced;
    bool over = false;
};
[[nodiscard]] std::optional<AlarmNews> alarm_news_in(const JournalEvent& event);

/// Whether an end at `at` is one of an alarm that began then, and not of one before it. Any
/// ends what began by a clock that was ahead.
[[nodiscard]] bool may_end(const Alarm& alarm, std::chrono::sys_seconds at,
                           std::chrono::sys_seconds now);

/// Whether a mail says that it began, or ended.
[[nodiscard]] bool is_told(const Alarm& alarm, std::chrono::sys_seconds now);

}  // namespace creneau::access
