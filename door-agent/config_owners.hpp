#pragma once

#include "door-agent/config.hpp"
#include "door-agent/config_section.hpp"

namespace creneau::door {

/// One line, board, device or pin has one owner: errors where `config` already gives one of the
/// same to a bus or reader above.
void check_bus_owner(Section& section, const BusSettings& bus, const Config& config);
void check_reader_owner(Section& section, const ReaderSettings& reader, const Config& config);

}  // namespace creneau::door
