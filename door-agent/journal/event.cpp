#include "door-agent/journal/event.hpp"

#include <string_view>

namespace creneau::door {

std::string_view name(EventKind kind) {
    switch (kind) {
        case EventKind::journal_started:
            return "journal_started";
        case EventKind::agent_started:
            return "agent_started";
        case EventKind::agent_stopped:
            return "agent_stopped";
        case EventKind::granted:
            return "granted";
        case EventKind::refused:
            return "refused";
        case EventKind::unsigned_reads:
            return "unsigned_reads";
        case EventKind::suppressed:
            return "suppressed";
        case EventKind::lock_fault:
            return "lock_fault";
        case EventKind::lock_restored:
            return "lock_restored";
        case EventKind::reader_lost:
            return "reader_lost";
        case EventKind::reader_back:
            return "reader_back";
        case EventKind::policy_accepted:
            return "policy_accepted";
        case EventKind::policy_refused:
            return "policy_refused";
        case EventKind::clock_changed:
            return "clock_changed";
        case EventKind::door_alarm:
            return "door_alarm";
        case EventKind::door_alarm_over:
            return "door_alarm_over";
        case EventKind::door_state:
            return "door_state";
        case EventKind::grant_undone:
            return "grant_undone";
        case EventKind::gap:
            return "gap";
        case EventKind::purge:
            return "purge";
    }
    return "gap";
}

bool is_security(EventKind kind) {
    switch (kind) {
        case EventKind::granted:
        case EventKind::grant_undone:
        case EventKind::refused:
        case EventKind::unsigned_reads:
        case EventKind::suppressed:
        case EventKind::reader_lost:
        case EventKind::reader_back:
            return false;
        case EventKind::journal_started:
        case EventKind::agent_started:
        case EventKind::agent_stopped:
        case EventKind::lock_fault:
        case EventKind::lock_restored:
        case EventKind::policy_accepted:
        case EventKind::policy_refused:
        case EventKind::clock_changed:
        case EventKind::door_alarm:
        case EventKind::door_alarm_over:
        case EventKind::door_state:
        case EventKind::gap:
        case EventKind::purge:
            return true;
    }
    return true;
}

}  // namespace creneau::door
