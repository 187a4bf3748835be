#pragma once

#include "api/access/doors/door_types.hpp"
#include "api/profiles/door_option_rules.hpp"
#include "api/profiles/profile_types.hpp"
#include "api/store/session.hpp"

#include <optional>

namespace creneau::profiles {

// SQL of the options of doors, each query within one town.

[[nodiscard]] std::optional<KeptOptions> select_options(store::Session& session, TownId town,
                                                        access::DoorId door);

/// False when they have another version by now.
[[nodiscard]] bool write_options(store::Session& session, TownId town, const KeptOptions& kept);

}  // namespace creneau::profiles
