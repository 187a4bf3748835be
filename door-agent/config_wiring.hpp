#pragma once

#include "door-agent/config.hpp"
#include "door-agent/config_section.hpp"
#include "door-agent/door/badge_text.hpp"
#include "door-agent/locks/lock_settings.hpp"

#include <optional>
#include <string>

namespace creneau::door {

/// Reads contact, exit and fire of a door whose bus and lock are known; `config` has the buses and
/// the doors above. Errors go to the section's list.
[[nodiscard]] DoorInputs read_inputs(Section& section, const DoorSettings& door,
                                     const Config& config);

/// Name of the board at that place: of this door, or of one above; empty when none has a lock
/// there.
[[nodiscard]] std::string board_at(const std::string& bus, int unit, const DoorSettings& door,
                                   const Config& config);

/// Reads the watchdog register of a board that has none of its own.
[[nodiscard]] std::optional<WatchdogRegister> read_watchdog(Section& door);

/// Reads how a reader spells badge numbers; absent: it reads passes only.
[[nodiscard]] std::optional<BadgeFormat> read_badges(Section& section);

}  // namespace creneau::door
