#pragma once

#include "api/people/organisations/organisation_error.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/people/person.hpp"
#include "api/profiles/profile_rules.hpp"
#include "api/profiles/profile_types.hpp"
#include "api/store/session.hpp"

#include <optional>
#include <vector>

namespace creneau::profiles {

// Zones and access profiles: kept by access administrators, read by whoever gives duties, too.

[[nodiscard]] people::Organised<std::vector<ZoneRecord>> list_zones(store::Session& session,
                                                                    TownId town,
                                                                    const people::Person& reader,
                                                                    const people::Page& page);

[[nodiscard]] people::Organised<std::vector<AccessProfile>> list_profiles(
    store::Session& session, TownId town, const people::Person& reader, const people::Page& page);
[[nodiscard]] people::Organised<AccessProfile> find_profile(store::Session& session, TownId town,
                                                            const people::Person& reader,
                                                            ProfileId id);

struct SaveProfile {
    people::Actor actor;
    std::optional<ProfileId> id;  ///< none: a new one
    ProfileForm form;
};
/// Makes a profile or puts another in its place; the next policies follow it.
[[nodiscard]] people::Organised<AccessProfile> save_profile(store::Session& session,
                                                            const SaveProfile& order);

struct RemoveProfile {
    people::Actor actor;
    ProfileId id{};
};
/// Whoever came in by it alone does so no more.
[[nodiscard]] people::Organised<ProfileId> remove_profile(store::Session& session,
                                                          const RemoveProfile& order);

}  // namespace creneau::profiles
