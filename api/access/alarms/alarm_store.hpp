#pragma once

#include "api/access/access_types.hpp"
#include "api/access/alarms/alarm_rules.hpp"
#include "api/access/alarms/alarm_types.hpp"
#include "api/access/doors/door_types.hpp"
#include "api/access/events/event_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::access {

// SQL of alarms, each query within one town.

/// Every agent whose board comes in, with its doors.
[[nodiscard]] std::vector<WatchedAgent> select_watched_agents(store::Session& session, TownId town);

/// What goes on, and what the town heard of since kAlarmSettles before the agent's last request.
[[nodiscard]] std::vector<Alarm> select_known_alarms(store::Session& session, TownId town);
/// What goes on at an agent's doors.
[[nodiscard]] std::vector<Alarm> select_door_alarms(store::Session& session, TownId town,
                                                    AgentId agent);

/// The new alarm; nothing when one of that subject goes on: another process was faster.
[[nodiscard]] std::optional<Alarm> insert_alarm(store::Session& session, TownId town,
                                                const AlarmSubject& subject,
                                                std::chrono::sys_seconds begun_at,
                                                std::chrono::sys_seconds now);
/// False when it had ended.
[[nodiscard]] bool end_alarm(store::Session& session, TownId town, const Alarm& ended);

/// An alarm as those read it who may.
struct AlarmRecord {
    Alarm alarm;
    SiteId site{};      ///< of the door, else of the agent
    std::string agent;  ///< its key
    std::string door;   ///< its name; empty: about the agent
};
struct AlarmQuery {
    bool going_on = false;               ///< only what is not over
    std::optional<AlarmId> before = {};  ///< none: from the newest on
    std::vector<std::int64_t> sites;     ///< empty: of every site
    std::int64_t limit = 50;
};
/// The newest first.
[[nodiscard]] std::vector<AlarmRecord> select_alarms(store::Session& session, TownId town,
                                                     const AlarmQuery& query);

/// What a mail says of where an alarm is.
struct AlarmPlace {
    std::string site;
    std::string time_zone;
    std::string help_contact;
    std::string help_hours;
    std::string agent;
    std::string door;  ///< empty: about the agent
};
[[nodiscard]] AlarmPlace select_alarm_place(store::Session& session, TownId town,
                                            const AlarmSubject& subject);

/// A service that is told of alarms.
struct AlarmReader {
    std::int64_t subscription = 0;
    std::int64_t created_by = 0;  ///< who answers for it
    std::string service;
    std::string email;  ///< in lower case: who has several subscriptions is one reader
    std::string locale;
};
/// Who subscribed to alarms of the town, of that site, or of a room behind that door or, for an
/// alarm of an agent, behind a door of it.
[[nodiscard]] std::vector<AlarmReader> select_alarm_readers(store::Session& session, TownId town,
                                                            const AlarmSubject& subject);

}  // namespace creneau::access
