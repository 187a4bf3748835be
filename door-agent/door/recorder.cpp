#include "door-agent/door/recorder.hpp"

#include "door-agent/clock/clock.hpp"
#include "door-agent/door/time_keeper.hpp"
#include "door-agent/journal/batch.hpp"
#include "door-agent/journal/event.hpp"
#include "policy/memory.hpp"

#include <string>
#include <utility>
#include <vector>

namespace creneau::door {

Event Recorder::event(EventKind kind, std::string reason, const TimeLook& look) {
    Event event;
    event.kind = kind;
    event.at = look.sample.wall;
    event.boot = look.sample.boot;
    event.clock = name(look.verdict.state);
    event.reason = std::move(reason);
    return event;
}

void Recorder::post(std::vector<Event> rows, policy::MemoryChanges changes) {
    if (rows.empty() && changes.empty()) {
        return;
    }
    Batch batch;
    batch.events = std::move(rows);
    if (!changes.empty()) {
        batch.changes.push_back(changes);
    }
    journal_->post(std::move(batch));
}

void Recorder::record(const Event& event, policy::MemoryChanges changes) {
    post(limiter_.add(event), changes);
}

void Recorder::tick(BootTime now) {
    post(limiter_.due(now), {});
}

void Recorder::flush() {
    post(limiter_.flush(), {});
}

}  // namespace creneau::door
