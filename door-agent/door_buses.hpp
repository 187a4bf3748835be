#pragma once

#include "door-agent/config.hpp"
#include "door-agent/locks/indicator.hpp"
#include "door-agent/locks/lock_bus.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace creneau::door {

/// The buses of a configuration with their locks, not started.
struct DoorBuses {
    std::vector<std::unique_ptr<LockBus>> buses;
    std::map<std::string, Lock*> locks;            ///< by key of the door
    std::map<std::string, DoorSignals> signals{};  ///< by key of the door: those that have them

    void start();
    /// Light and sound of a door, if it has them.
    void show(const std::string& door, bool granted) const;
    /// Releases all and reads back, all at once; the keys of doors that did not confirm in time.
    [[nodiscard]] std::vector<std::string> release_all(std::chrono::milliseconds limit);
    /// A bus thread that has not gone round for so long is stuck: a round is a few exchanges, each
    /// of at most the second that load_config() allows an answer to take.
    static constexpr std::chrono::seconds kBusStuck{5};
    /// Every bus thread went round within kBusStuck.
    [[nodiscard]] bool alive(BootTime now) const;
};

/// Throws std::runtime_error when a lock is refused: load_config() has checked each alone.
[[nodiscard]] DoorBuses make_buses(const Config& config, const LockListener& listener);

}  // namespace creneau::door
