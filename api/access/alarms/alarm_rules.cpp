#include "api/access/alarms/alarm_rules.hpp"

#include "api/access/agents/agent_types.hpp"
#include "api/access/alarms/alarm_types.hpp"
#include "api/access/events/event_types.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace creneau::access {

namespace {

using std::chrono::sys_seconds;

sys_seconds heard_at(const WatchedAgent& agent) {
    return agent.seen_at.value_or(agent.confirmed_at);
}

Seen seen_if(bool on) {
    return on ? Seen::on : Seen::off;
}

/// A board that was confirmed and has not come yet has said nothing.
AlarmSign as_said(AlarmKind kind, const WatchedAgent& agent, Seen seen) {
    const sys_seconds heard = heard_at(agent);
    return {{kind, agent.id, {}}, agent.seen_at ? seen : Seen::unclear, heard, heard};
}

AlarmSign of_silence(const WatchedAgent& agent, const Watch& watch) {
    const sys_seconds heard = heard_at(agent);
    const auto silence = watch.now - std::max(heard, watch.listening_since);
    const bool was_silent = watch.now - heard > kAgentSilence;
    AlarmSign sign{{AlarmKind::agent_offline, agent.id, {}}, Seen::unclear, heard, watch.now};
    if (silence > kAgentSilence || !was_silent) {
        sign.seen = seen_if(was_silent);
    }
    return sign;
}

AlarmSign of_policy(const WatchedAgent& agent, const Watch& watch) {
    const auto age = agent.policy_age ? *agent.policy_age + (watch.now - heard_at(agent))
                                      : watch.now - agent.confirmed_at;
    return {{AlarmKind::policy_stale, agent.id, {}},
            seen_if(age > kPolicyFresh),
            watch.now - (age - kPolicyFresh),
            watch.now};
}

AlarmSign of_clock(const WatchedAgent& agent) {
    return as_said(AlarmKind::clock_untrusted, agent, seen_if(agent.clock == "untrusted"));
}

/// Filling above 80 %, and not any more up to 70 %: one that stays about there is one alarm.
AlarmSign of_journal(const WatchedAgent& agent) {
    const std::int64_t capacity = agent.journal_capacity;
    Seen seen = Seen::off;
    if (agent.journal_unsent > capacity - capacity / 10 * 2) {
        seen = Seen::on;
    } else if (agent.journal_unsent > capacity - capacity / 10 * 3) {
        seen = Seen::unclear;
    }
    return as_said(AlarmKind::journal_filling, agent, capacity > 0 ? seen : Seen::off);
}

/// A phase is the gravest of all that is true: behind a graver one nobody knows.
Seen seen_in(std::string_view phase, AlarmKind kind) {
    const bool is_fault = phase == "fault" || phase.empty();
    switch (kind) {
        case AlarmKind::forced:
            return is_fault || phase == "fire" ? Seen::unclear : seen_if(phase == "forced");
        case AlarmKind::held_open:
            return is_fault || phase == "fire" || phase == "forced" ? Seen::unclear
                                                                    : seen_if(phase == "held_open");
        case AlarmKind::foreign_write:
            return is_fault ? Seen::unclear : Seen::off;
        case AlarmKind::agent_offline:
        case AlarmKind::policy_stale:
        case AlarmKind::clock_untrusted:
        case AlarmKind::journal_filling:
            break;
    }
    return Seen::unclear;
}

/// The signs are of a later moment than what the town knows.
bool has_settled(const Alarm& known, const AlarmSign& sign) {
    return sign.seen_at >= known.heard_at + kAlarmSettles;
}

}  // namespace

std::vector<AlarmSign> signs_of(const WatchedAgent& agent, const Watch& watch) {
    std::vector<AlarmSign> signs{of_silence(agent, watch), of_policy(agent, watch), of_clock(agent),
                                 of_journal(agent)};
    for (const WatchedDoor& door : agent.doors) {
        for (const auto kind :
             {AlarmKind::forced, AlarmKind::held_open, AlarmKind::foreign_write}) {
            signs.push_back({{kind, agent.id, door.id},
                             seen_in(door.phase, kind),
                             door.since,
                             heard_at(agent)});
        }
    }
    return signs;
}

std::vector<Alarm> as_known_at(std::vector<Alarm> known, std::chrono::sys_seconds now) {
    for (Alarm& alarm : known) {
        if (alarm.heard_at > now + kClockAhead) {
            alarm.heard_at = {};
        }
    }
    return known;
}

AlarmChanges changes_by(const std::vector<Alarm>& known, const std::vector<AlarmSign>& signs) {
    AlarmChanges changes;
    for (const Alarm& alarm : known) {
        if (alarm.ended_at) {
            continue;
        }
        const auto sign = std::ranges::find(signs, alarm.subject, &AlarmSign::subject);
        if (sign == signs.end() || (sign->seen == Seen::off && has_settled(alarm, *sign))) {
            changes.to_end.push_back(alarm);
        }
    }
    for (const AlarmSign& sign : signs) {
        const bool is_known = std::ranges::any_of(known, [&sign](const Alarm& alarm) {
            return alarm.subject == sign.subject && (!alarm.ended_at || !has_settled(alarm, sign));
        });
        if (sign.seen == Seen::on && !is_known) {
            changes.to_begin.push_back(sign);
        }
    }
    return changes;
}

std::optional<AlarmNews> alarm_news_in(const JournalEvent& event) {
    if (event.kind == "door_alarm" && event.reason == "forced") {
        return AlarmNews{AlarmKind::forced, false};
    }
    if (event.kind == "door_alarm" && event.reason == "held_open") {
        return AlarmNews{AlarmKind::held_open, false};
    }
    if (event.kind == "door_alarm_over" && event.reason == "forced_over") {
        return AlarmNews{AlarmKind::forced, true};
    }
    if (event.kind == "door_alarm_over" && event.reason == "held_over") {
        return AlarmNews{AlarmKind::held_open, true};
    }
    if (event.kind == "lock_fault" && event.reason == "foreign_write") {
        return AlarmNews{AlarmKind::foreign_write, false};
    }
    if (event.kind == "lock_restored") {
        return AlarmNews{AlarmKind::foreign_write, true};
    }
    return std::nullopt;
}

bool may_end(const Alarm& alarm, std::chrono::sys_seconds at, std::chrono::sys_seconds now) {
    return at + kAlarmSettles >= alarm.begun_at || alarm.begun_at > now + kClockAhead;
}

bool is_told(const Alarm& alarm, std::chrono::sys_seconds now) {
    return !alarm.ended_at || now - *alarm.ended_at <= kToldLate;
}

}  // namespace creneau::access
