#pragma once

#include "api/access/access_types.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/profiles/profile_types.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::profiles {

// SQL of access profiles, each query within one town.

[[nodiscard]] std::vector<AccessProfile> select_profiles(store::Session& session, TownId town,
                                                         const people::Page& page);
[[nodiscard]] std::optional<AccessProfile> select_profile(store::Session& session, TownId town,
                                                          ProfileId id);

/// Whether another profile than `but` has that name.
[[nodiscard]] bool is_name_taken(store::Session& session, TownId town, const std::string& name,
                                 ProfileId but);

/// Its id and version are not looked at.
[[nodiscard]] ProfileId insert_profile(store::Session& session, TownId town,
                                       const AccessProfile& profile);
/// False when the profile has another version by now.
[[nodiscard]] bool update_profile(store::Session& session, TownId town,
                                  const AccessProfile& profile);
/// With its hours.
void delete_profile(store::Session& session, TownId town, ProfileId id);

/// Those of `zones` that the town has.
[[nodiscard]] std::vector<access::ZoneId> select_known_zones(
    store::Session& session, TownId town, const std::vector<std::int64_t>& zones);

/// Zones with their doors.
[[nodiscard]] std::vector<ZoneRecord> select_zones(store::Session& session, TownId town,
                                                   const people::Page& page);

}  // namespace creneau::profiles
