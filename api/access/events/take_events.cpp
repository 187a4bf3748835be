#include "api/access/events/take_events.hpp"

#include "api/access/access_types.hpp"
#include "api/access/alarms/alarm_rules.hpp"
#include "api/access/alarms/watch_alarms.hpp"
#include "api/access/doors/door_types.hpp"
#include "api/access/events/check_in_store.hpp"
#include "api/access/events/event_rules.hpp"
#include "api/access/events/event_store.hpp"
#include "api/access/events/event_types.hpp"
#include "api/audit/day.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::access {

namespace {

/// What was shown, looked up once a batch.
class Shown {
  public:
    Shown(store::Session& session, TownId town) : session_(session), town_(town) {}

    const ShownCredential& of(const JournalEvent& event) {
        if (event.pass) {
            const auto [found, is_new] = passes_.try_emplace(event.pass->pass_id);
            if (is_new) {
                found->second = select_shown_pass(session_, town_, event.pass->pass_id);
            }
            return found->second;
        }
        if (event.badge) {
            const auto [found, is_new] = badges_.try_emplace(*event.badge);
            if (is_new) {
                found->second = select_shown_badge(session_, town_, *event.badge);
            }
            return found->second;
        }
        return nothing_;
    }

  private:
    store::Session& session_;
    TownId town_;
    ShownCredential nothing_;
    std::map<std::int64_t, ShownCredential> passes_;
    std::map<BadgeId, ShownCredential> badges_;
};

/// What rows that are new here say besides that they are: who came, and what is wrong at a door.
class DoorNews {
  public:
    DoorNews(store::Session& session, TownId town) : session_(session), town_(town) {}

    void hear(const EventRow& row) {
        if (!row.door) {
            return;
        }
        if (const auto news = alarm_news_in(row.event)) {
            alarms_.push_back({*news, *row.door, row.kept_since});
        }
        if (is_arrival(row.event)) {
            note_check_in(session_, town_, *row.door, row.shown, row.kept_since);
        }
    }

    [[nodiscard]] const std::vector<HeardAlarm>& alarms() const { return alarms_; }

  private:
    store::Session& session_;
    TownId town_;
    std::vector<HeardAlarm> alarms_;
};

std::optional<DoorId> find_door(const std::map<std::string, DoorId>& doors,
                                const std::string& key) {
    const auto found = doors.find(key);
    return found == doors.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

tl::expected<TakenEvents, EventFault> take_events(store::Session& session, TownId town,
                                                  AgentId agent, const EventBatch& batch,
                                                  std::chrono::sys_seconds now) {
    if (!is_known_agent(session, town, agent)) {
        return tl::unexpected(EventFault::unknown_agent);
    }
    if (!is_well_formed(batch)) {
        return tl::unexpected(EventFault::malformed);
    }
    auto head = open_journal(session, town, agent, batch.journal);
    const auto doors = select_agent_doors(session, town, agent);
    const std::chrono::sys_seconds oldest = audit::kept_from(now, kEventsKept);
    Shown shown(session, town);
    TakenEvents taken;
    DoorNews news(session, town);
    for (const JournalEvent& event : batch.events) {
        const EventRow row{event, find_door(doors, event.door), shown.of(event), now,
                           kept_since(event, now)};
        if (row.kept_since >= oldest && insert_event(session, town, head.row, row)) {
            ++taken.added;
            news.hear(row);
        }
    }
    hear_of_alarms(session, town, agent, news.alarms(), now);
    const auto last = batch.events.empty() ? 0 : batch.events.back().sequence;
    if (last > head.last_sequence) {
        head.last_sequence = last;
        save_journal(session, town, head, batch.last_hash);
    }
    taken.acknowledged = head.last_sequence;
    return taken;
}

}  // namespace creneau::access
