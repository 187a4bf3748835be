#pragma once

#include "door-agent/config.hpp"
#include "door-agent/config_section.hpp"

namespace creneau::door {

/// Reads one [[reader]]; `config` has the buses, the doors and the readers above it. Errors go to
/// the section's list.
[[nodiscard]] ReaderSettings read_reader(Section& section, const Config& config);

}  // namespace creneau::door
