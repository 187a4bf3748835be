#include "api/access/alarms/watch_alarms.hpp"

#include "api/access/access_types.hpp"
#include "api/access/alarms/alarm_rules.hpp"
#include "api/access/alarms/alarm_store.hpp"
#include "api/access/alarms/alarm_types.hpp"
#include "api/access/alarms/tell_alarms.hpp"
#include "api/access/events/event_types.hpp"
#include "api/people/ids.hpp"
#include "api/people/organisations/organisation_error.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/person.hpp"
#include "api/store/column.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <map>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::access {

namespace {

constexpr std::chrono::seconds kLookPause{2};

AlarmChanges changes_now(store::Session& session, TownId town, const Watch& watch) {
    std::vector<AlarmSign> signs;
    for (const WatchedAgent& agent : select_watched_agents(session, town)) {
        std::ranges::move(signs_of(agent, watch), std::back_inserter(signs));
    }
    return changes_by(as_known_at(select_known_alarms(session, town), watch.now), signs);
}

Alarm over(Alarm alarm, std::chrono::sys_seconds at, std::chrono::sys_seconds now) {
    alarm.ended_at = std::max(at, alarm.begun_at);
    alarm.heard_at = now;
    return alarm;
}

/// The alarms of one agent's doors while a batch of its rows is taken.
class HeardAlarms {
  public:
    HeardAlarms(store::Session& session, TownId town, AgentId agent)
        : session_(session), town_(town), agent_(agent) {
        for (const Alarm& alarm : select_door_alarms(session, town, agent)) {
            going_on_.emplace(alarm.subject, alarm);
        }
    }

    void hear(const HeardAlarm& heard, std::chrono::sys_seconds now) {
        const AlarmSubject subject{heard.news.kind, agent_, heard.door};
        const auto known = going_on_.find(subject);
        if (heard.news.over) {
            if (known != going_on_.end() && may_end(known->second, heard.at, now)) {
                const Alarm ended = over(known->second, heard.at, now);
                going_on_.erase(known);
                if (end_alarm(session_, town_, ended)) {
                    changed_.insert_or_assign(ended.id, ended);
                }
            }
        } else if (known == going_on_.end()) {
            if (const auto begun = insert_alarm(session_, town_, subject, heard.at, now)) {
                going_on_.emplace(subject, *begun);
                changed_.insert_or_assign(begun->id, *begun);
            }
        }
    }

    [[nodiscard]] std::vector<Alarm> changed() const {
        std::vector<Alarm> alarms;
        for (const auto& [id, alarm] : changed_) {
            alarms.push_back(alarm);
        }
        return alarms;
    }

  private:
    store::Session& session_;
    TownId town_;
    AgentId agent_;
    std::map<AlarmSubject, Alarm> going_on_;
    std::map<AlarmId, Alarm> changed_;
};

}  // namespace

void hear_of_alarms(store::Session& session, TownId town, AgentId agent,
                    const std::vector<HeardAlarm>& heard, std::chrono::sys_seconds now) {
    if (heard.empty()) {
        return;
    }
    HeardAlarms alarms(session, town, agent);
    for (const HeardAlarm& one : heard) {
        alarms.hear(one, now);
    }
    tell_of_alarms(session, town, alarms.changed(), now);
}

int follow_states(store::Session& session, TownId town, const Watch& watch) {
    const auto changes = changes_now(session, town, watch);
    std::vector<Alarm> changed;
    for (const Alarm& alarm : changes.to_end) {
        const Alarm ended = over(alarm, watch.now, watch.now);
        if (end_alarm(session, town, ended)) {
            changed.push_back(ended);
        }
    }
    for (const AlarmSign& sign : changes.to_begin) {
        const auto at = std::min(sign.since, watch.now);
        if (const auto begun = insert_alarm(session, town, sign.subject, at, watch.now)) {
            changed.push_back(*begun);
        }
    }
    tell_of_alarms(session, town, changed, watch.now);
    return static_cast<int>(changed.size());
}

void AlarmWatch::tick(store::Readers& readers, store::Writer& writer, TownId town,
                      std::chrono::sys_seconds now) {
    if (now < next_ && next_ - now <= kLookPause) {  // else the clock was put back
        return;
    }
    next_ = now + kLookPause;
    const Watch watch{std::min(since_.value_or(now), now), now};
    since_ = watch.listening_since;
    const auto changes =
        readers.read([&](store::Session& session) { return changes_now(session, town, watch); });
    if (changes.to_begin.empty() && changes.to_end.empty()) {
        return;
    }
    // What is not written now is written by a later tick.
    (void)writer.run([town, watch](store::Session& session) -> tl::expected<int, bool> {
        return follow_states(session, town, watch);
    });
}

people::Organised<std::vector<AlarmRecord>> list_alarms(store::Session& session,
                                                        people::TownId town,
                                                        const people::Person& reader,
                                                        const AlarmQuery& query) {
    auto seen = query;
    if (!people::may_see_doors(reader)) {
        seen.sites = people::sites_of_doors(reader);
        if (seen.sites.empty()) {
            return people::refuse(people::OrganisationRefusal::not_allowed);
        }
    }
    return select_alarms(session, TownId{store::raw(town)}, seen);
}

}  // namespace creneau::access
