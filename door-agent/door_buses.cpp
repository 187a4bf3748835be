#include "door-agent/door_buses.hpp"

#include "door-agent/clock/boot_time.hpp"
#include "door-agent/config.hpp"
#include "door-agent/locks/indicator.hpp"
#include "door-agent/locks/lock.hpp"
#include "door-agent/locks/lock_bus.hpp"
#include "door-agent/locks/lock_settings.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace creneau::door {
namespace {

Indicator* indicator_at(const OutputPlace& place, const Config& config, const DoorBuses& made) {
    const auto bus = std::ranges::find(config.buses, place.bus, &BusSettings::key);
    const auto at = static_cast<std::size_t>(bus - config.buses.begin());
    const auto indicator = made.buses.at(at)->add_indicator({place.unit, place.channel});
    if (!indicator) {
        throw std::runtime_error("a light or tone: " + text_of(indicator.error()));
    }
    return *indicator;
}

}  // namespace

DoorBuses make_buses(const Config& config, const LockListener& listener) {
    DoorBuses made;
    for (const auto& settings : config.buses) {
        auto bus = std::make_unique<LockBus>(settings, listener);
        for (const auto& door : config.doors) {
            if (door.bus != settings.key) {
                continue;
            }
            const auto lock = bus->add_lock(door.lock);
            if (!lock) {
                throw std::runtime_error("door " + door.key + ": " + text_of(lock.error()));
            }
            made.locks[door.key] = *lock;
        }
        made.buses.push_back(std::move(bus));
    }
    for (const auto& door : config.doors) {
        if (door.signals) {
            made.signals[door.key] = {indicator_at(door.signals->green, config, made),
                                      indicator_at(door.signals->red, config, made),
                                      indicator_at(door.signals->tone, config, made)};
        }
    }
    return made;
}

void DoorBuses::show(const std::string& door, bool granted) const {
    if (const auto found = signals.find(door); found != signals.end()) {
        found->second.show(granted);
    }
}

void DoorBuses::start() {
    for (const auto& bus : buses) {
        bus->start();
    }
}

std::vector<std::string> DoorBuses::release_all(std::chrono::milliseconds limit) {
    std::vector<std::pair<std::string, std::future<LockResult>>> answers;
    answers.reserve(locks.size());
    for (const auto& [key, lock] : locks) {
        answers.emplace_back(key, std::async(std::launch::async, [one = lock, limit] {
                                 return release_within(*one, limit);
                             }));
    }
    std::vector<std::string> unconfirmed;
    for (auto& [key, answer] : answers) {
        if (answer.get() != LockResult::done) {
            unconfirmed.push_back(key);
        }
    }
    return unconfirmed;
}

bool DoorBuses::alive(BootTime now) const {
    return std::ranges::all_of(
        buses, [now](const auto& bus) { return now - bus->last_round() <= kBusStuck; });
}

}  // namespace creneau::door
