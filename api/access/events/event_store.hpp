#pragma once

#include "api/access/access_types.hpp"
#include "api/access/doors/door_types.hpp"
#include "api/access/events/event_types.hpp"
#include "api/people/ids.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::access {

// SQL of the access log, each query within one town.

enum class EventId : std::int64_t {};

[[nodiscard]] bool is_known_agent(store::Session& session, TownId town, AgentId agent);
/// The doors that an agent drives, by key.
[[nodiscard]] std::map<std::string, DoorId> select_agent_doors(store::Session& session, TownId town,
                                                               AgentId agent);

/// What was shown at a door, as the log keeps it: one of both, or nothing that the town knows.
struct ShownCredential {
    std::optional<std::int64_t> pass_number;
    std::optional<BadgeId> badge;
    std::optional<people::AssociationId> association;  ///< whose it is, where no person's
};
[[nodiscard]] ShownCredential select_shown_pass(store::Session& session, TownId town,
                                                std::int64_t pass_id);
[[nodiscard]] ShownCredential select_shown_badge(store::Session& session, TownId town,
                                                 BadgeId badge);
[[nodiscard]] std::optional<people::AssociationId> select_pass_association(store::Session& session,
                                                                           TownId town,
                                                                           std::int64_t number);

/// An agent's journal as far as it came.
struct JournalHead {
    std::int64_t row = 0;
    std::int64_t last_sequence = 0;
};
/// Makes its row when it is the first time.
[[nodiscard]] JournalHead open_journal(store::Session& session, TownId town, AgentId agent,
                                       const std::string& journal);
void save_journal(store::Session& session, TownId town, const JournalHead& head,
                  const std::string& last_hash);

struct EventRow {
    const JournalEvent& event;
    std::optional<DoorId> door;
    ShownCredential shown;
    std::chrono::sys_seconds received_at;
    std::chrono::sys_seconds kept_since;
};
/// False when that row of the journal is here already.
bool insert_event(store::Session& session, TownId town, std::int64_t journal, const EventRow& row);

/// An event as those read it who may.
struct AccessEvent {
    EventId id{};
    std::chrono::sys_seconds occurred_at;
    std::chrono::sys_seconds received_at;
    std::string clock;
    std::string agent;  ///< its key
    std::optional<DoorId> door;
    std::string reader;
    std::string kind;
    std::string reason;
    ShownCredential shown;
    std::string association;  ///< its name; empty where none is concerned
    std::int64_t count = 0;
};

struct EventQuery {
    std::chrono::sys_seconds from;
    std::chrono::sys_seconds until;  ///< half-open
    std::optional<DoorId> door = {};
    std::string kind = {};    ///< empty: all
    std::string reason = {};  ///< empty: all
    std::optional<BadgeId> badge = {};
    std::optional<std::int64_t> pass_number = {};
    std::optional<EventId> before = {};  ///< none: from the newest on
    std::int64_t limit = 50;
};
/// The newest that came first.
[[nodiscard]] std::vector<AccessEvent> select_events(store::Session& session, TownId town,
                                                     const EventQuery& query);

}  // namespace creneau::access
