#pragma once

#include "door-agent/config_section.hpp"
#include "door-agent/sync/town_client.hpp"

namespace creneau::door {

/// The table [town]; without it the agent asks no town.
[[nodiscard]] TownSettings read_town(Section& top);

}  // namespace creneau::door
