#pragma once

#include "door-agent/config.hpp"
#include "door-agent/config_section.hpp"

#include <optional>

namespace creneau::door {

/// Reads green, red and tone of a door whose bus and lock are known; `config` has the buses and the
/// doors above. Errors go to the section's list.
[[nodiscard]] std::optional<SignalPlaces> read_signals(Section& section, const DoorSettings& door,
                                                       const Config& config);

/// Whether a light or tone of a door above is that relay.
[[nodiscard]] bool is_signal_above(const OutputPlace& relay, const Config& config);

}  // namespace creneau::door
