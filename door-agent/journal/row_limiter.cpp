#include "door-agent/journal/row_limiter.hpp"

#include "door-agent/journal/event.hpp"

#include <cstdint>
#include <utility>
#include <vector>

namespace creneau::door {
namespace {

Event repeats(const Event& last, std::int64_t count) {
    Event row = last;
    row.count = count;
    return row;
}

Event overflow_of(const Event& event) {
    Event row;
    row.kind = EventKind::suppressed;
    row.at = event.at;
    row.boot = event.boot;
    row.clock = event.clock;
    row.reason = "too_many";
    row.detail = "refusals beyond the cap of one minute, counted only";
    return row;
}

/// What no noise can repeat: each is told on its own, with its detail.
bool is_single(EventKind kind) {
    switch (kind) {
        case EventKind::journal_started:
        case EventKind::agent_started:
        case EventKind::agent_stopped:
        case EventKind::policy_accepted:
        case EventKind::grant_undone:
        case EventKind::gap:
        case EventKind::purge:
            return true;
        case EventKind::granted:
        case EventKind::refused:
        case EventKind::unsigned_reads:
        case EventKind::suppressed:
        case EventKind::lock_fault:
        case EventKind::lock_restored:
        case EventKind::reader_lost:
        case EventKind::reader_back:
        case EventKind::policy_refused:
        case EventKind::clock_changed:
        case EventKind::door_alarm:
        case EventKind::door_alarm_over:
        case EventKind::door_state:
            return false;
    }
    return true;
}

}  // namespace

bool RowLimiter::over_cap(const Event& event) {
    if (event.kind != EventKind::refused && event.kind != EventKind::unsigned_reads) {
        return false;
    }
    if (event.boot >= cap_ends_) {
        cap_ends_ = event.boot + kWindow;
        refusals_ = 0;
    }
    return ++refusals_ > kRefusalsPerMinute;
}

std::vector<Event> RowLimiter::count(Window& window, const Event& event) {
    window.last = event;
    window.owed += event.count;
    return {};
}

std::vector<Event> RowLimiter::add(const Event& event) {
    if (is_single(event.kind)) {
        return {event};
    }
    const Key key{event.kind, event.door, event.reader, event.reason, event.pass, event.badge};
    if (const auto known = windows_.find(key); known != windows_.end()) {
        return count(known->second, event);
    }
    if (over_cap(event)) {
        const Event row = overflow_of(event);
        const Key shared{row.kind, row.door, row.reader, row.reason, row.pass, row.badge};
        auto& window =
            windows_.try_emplace(shared, Window{event.boot + kWindow, row, 0}).first->second;
        return count(window, row);
    }
    auto& window = windows_.emplace(key, Window{event.boot + kWindow, event, 0}).first->second;
    if (event.kind == EventKind::unsigned_reads) {
        return count(window, event);
    }
    return {event};
}

std::vector<Event> RowLimiter::due(BootTime now) {
    std::vector<Event> rows;
    for (auto it = windows_.begin(); it != windows_.end();) {
        Window& window = it->second;
        if (window.ends > now) {
            ++it;
            continue;
        }
        if (window.owed == 0) {
            it = windows_.erase(it);
            continue;
        }
        rows.push_back(repeats(window.last, window.owed));
        window.owed = 0;
        window.ends = now + kWindow;
        ++it;
    }
    return rows;
}

std::vector<Event> RowLimiter::flush() {
    std::vector<Event> rows;
    for (const auto& [key, window] : windows_) {
        if (window.owed > 0) {
            rows.push_back(repeats(window.last, window.owed));
        }
    }
    windows_.clear();
    return rows;
}

}  // namespace creneau::door
