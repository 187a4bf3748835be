#pragma once

#include "api/access/access_types.hpp"
#include "api/access/alarms/alarm_rules.hpp"
#include "api/access/alarms/alarm_store.hpp"
#include "api/access/doors/door_types.hpp"
#include "api/access/events/event_types.hpp"
#include "api/people/ids.hpp"
#include "api/people/organisations/organisation_error.hpp"
#include "api/people/person.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <optional>
#include <vector>

namespace creneau::access {

// Alarms begin and end by what journals tell, at once, and by how agents and doors say that they
// are, looked at every few seconds: that finds what no row tells, and what a lost row left behind.

/// What a journal told of an alarm at a door.
struct HeardAlarm {
    AlarmNews news;
    DoorId door{};
    std::chrono::sys_seconds at;
};
/// In the transaction that takes the rows, in their order. What begins and ends within one call is
/// told once.
void hear_of_alarms(store::Session& session, TownId town, AgentId agent,
                    const std::vector<HeardAlarm>& heard, std::chrono::sys_seconds now);

/// Begins and ends alarms by how agents and doors are now. Answers how many changed.
int follow_states(store::Session& session, TownId town, const Watch& watch);

/// The same, every few seconds. An agent's silence counts from when this began to listen. One
/// thread.
class AlarmWatch {
  public:
    /// Call it every second; reads, and writes only where something changed.
    void tick(store::Readers& readers, store::Writer& writer, TownId town,
              std::chrono::sys_seconds now);

  private:
    std::optional<std::chrono::sys_seconds> since_;
    std::chrono::sys_seconds next_{};
};

/// For who sees doors; of a site, for who keeps those of it.
[[nodiscard]] people::Organised<std::vector<AlarmRecord>> list_alarms(store::Session& session,
                                                                      people::TownId town,
                                                                      const people::Person& reader,
                                                                      const AlarmQuery& query);

}  // namespace creneau::access
