#include "door-agent/door/door_events.hpp"
#include "door-agent/door/step.hpp"

namespace creneau::door {

const char* word_of(DoorPhase phase) noexcept {
    switch (phase) {
        case DoorPhase::fault:
            return "fault";
        case DoorPhase::fire:
            return "fire";
        case DoorPhase::forced:
            return "forced";
        case DoorPhase::held_open:
            return "held_open";
        case DoorPhase::held_soon:
            return "held_soon";
        case DoorPhase::lockdown:
            return "lockdown";
        case DoorPhase::disabled:
            return "disabled";
        case DoorPhase::open:
            return "open";
        case DoorPhase::free_access:
            return "free_access";
        case DoorPhase::granted:
            return "granted";
        case DoorPhase::locked:
            return "locked";
    }
    return "";
}

const char* word_of(DoorNews news) noexcept {
    switch (news) {
        case DoorNews::forced:
            return "forced";
        case DoorNews::forced_over:
            return "forced_over";
        case DoorNews::held_soon:
            return "held_soon";
        case DoorNews::held_open:
            return "held_open";
        case DoorNews::held_over:
            return "held_over";
        case DoorNews::found_open:
            return "found_open";
        case DoorNews::fire:
            return "fire";
        case DoorNews::fire_over:
            return "fire_over";
        case DoorNews::free_access:
            return "free_access";
        case DoorNews::free_access_over:
            return "free_access_over";
    }
    return "";
}

}  // namespace creneau::door
