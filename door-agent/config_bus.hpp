#pragma once

#include "door-agent/config.hpp"
#include "door-agent/config_section.hpp"

namespace creneau::door {

/// Reads one [[bus]]; `config` has the buses above it. Errors go to the section's list.
[[nodiscard]] BusSettings read_bus(Section& section, const Config& config);

/// The door's bus exists, its board can stand there, and the relay is one of the bus.
void check_board_on_bus(Section& section, const DoorSettings& door, const Config& config);

}  // namespace creneau::door
