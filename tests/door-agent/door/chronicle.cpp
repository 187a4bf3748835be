#include "tests/door-agent/door/chronicle.hpp"

#include <algorithm>
#include <ranges>

namespace creneau::door::test {
namespace {

using std::chrono::seconds;

// The figures of doors.md, and the two grace times that step.hpp promises.
constexpr seconds kEnter{10};
constexpr seconds kLease{6};
constexpr seconds kLate{2};

template <class T>
bool is(const DoorEvent& event) {
    return std::holds_alternative<T>(event);
}

}  // namespace

void Chronicle::add(const DoorEvent& event, BootTime at) {
    const bool obeyed = is<on::Grant>(event) && obeys();
    const bool over = ends(event);
    entries_.push_back({at, event, obeyed, false, over});
}

bool Chronicle::usable() const {
    for (const auto& entry : std::views::reverse(entries_)) {
        if (is<on::LockReady>(entry.event) || is<on::LockLost>(entry.event)) {
            return is<on::LockReady>(entry.event);
        }
    }
    return false;
}

bool Chronicle::doubtful() const {
    for (const auto& entry : std::views::reverse(entries_)) {
        if (is<on::LockReady>(entry.event) || is<on::Released>(entry.event)) {
            return false;
        }
        if (is<on::LockDoubt>(entry.event) || is<on::PulseUnknown>(entry.event)) {
            return true;
        }
    }
    return false;
}

DoorOptions Chronicle::options() const {
    const auto* given = last<on::Options>();
    return given != nullptr ? given->options : DoorOptions{};
}

bool Chronicle::obeys() const {
    return usable() && !doubtful() && options().service == Service::in_service;
}

bool Chronicle::free() const {
    const auto* told = last<on::FreeAccess>();
    return told != nullptr && told->scheduled && obeys();
}

bool Chronicle::fire() const {
    for (const auto& entry : std::views::reverse(entries_)) {
        const auto* inputs = std::get_if<on::Inputs>(&entry.event);
        if (inputs != nullptr && inputs->levels.fire) {
            return *inputs->levels.fire;
        }
    }
    return false;
}

std::optional<bool> Chronicle::open() const {
    const auto* inputs = last<on::Inputs>();
    return inputs != nullptr ? inputs->levels.open : std::nullopt;
}

bool Chronicle::anybodys_right(BootTime at) const {
    bool leaving = false;
    bool burning = false;
    bool right = false;
    for (const auto& entry : entries_) {
        if (const auto* grant = std::get_if<on::Grant>(&entry.event); entry.obeyed) {
            right = right || at < entry.at + std::max<BootTime>(grant->unlock, kEnter) + kLate;
        }
        right = right || (entry.held && at < entry.at + kLease + kLate);
        if (const auto* inputs = std::get_if<on::Inputs>(&entry.event)) {
            const bool exit = inputs->levels.exit.value_or(false);
            const bool fire = inputs->levels.fire.value_or(burning);
            right = right || (leaving && at < entry.at + kEnter + kLate);
            right = right || (exit && at < entry.at + kEnter + kLate);
            right = right || (fire != burning && at < entry.at + kLate);
            leaving = exit;
            burning = fire;
        }
    }
    return right || leaving || burning;
}

bool Chronicle::relocks(const Levels& now) const {
    const auto before = open();
    if (!before || !now.open || *before == *now.open || free()) {
        return false;
    }
    return options().relock == (*now.open ? Relock::on_opening : Relock::on_closing);
}

bool Chronicle::ends(const DoorEvent& event) const {
    if (const auto* given = std::get_if<on::Options>(&event)) {
        return given->options.service != Service::in_service;
    }
    if (const auto* inputs = std::get_if<on::Inputs>(&event)) {
        return relocks(inputs->levels);
    }
    return is<on::LockReady>(event) || is<on::LockLost>(event) || is<on::LockDoubt>(event) ||
           is<on::LockStuckOff>(event) || is<on::PulseUnknown>(event);
}

std::optional<BootTime> Chronicle::unlocked_until() const {
    std::optional<BootTime> until;
    for (const auto& entry : entries_) {
        if (entry.ends_unlocking) {
            until.reset();
        } else if (entry.obeyed) {
            const auto end = entry.at + std::get<on::Grant>(entry.event).unlock;
            until = std::max(until.value_or(BootTime{0}), BootTime{end});
        }
    }
    return until;
}

bool Chronicle::unlocked_by_grant(BootTime at) const {
    const auto until = unlocked_until();
    return until && at < *until;
}

bool Chronicle::lets_enter(BootTime at) const {
    bool lets = false;
    for (const auto& entry : entries_) {
        if (entry.ends_unlocking || is<on::PulseRefused>(entry.event)) {
            lets = false;
        } else if (entry.obeyed) {
            const auto unlock = std::get<on::Grant>(entry.event).unlock;
            lets = at < entry.at + std::max<BootTime>(unlock, kEnter);
        }
    }
    return lets;
}

}  // namespace creneau::door::test
