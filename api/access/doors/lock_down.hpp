#pragma once

#include "api/access/doors/door_types.hpp"
#include "api/people/four_eyes/confirmation_types.hpp"
#include "api/people/four_eyes/four_eyes.hpp"
#include "api/people/organisations/organisation_error.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <optional>
#include <string>

#include <tl/expected.hpp>

namespace creneau::access {

// A site in lockdown. One person begins it, two end it: who is afraid acts at once, and nobody is
// made to open alone. Both are lines of the security log and mails to access administrators and
// the office; both reach the doors as policy state.

/// The one that holds; an empty optional when the site has none.
[[nodiscard]] people::Organised<std::optional<Lockdown>> show_lockdown(store::Session& session,
                                                                       people::TownId town,
                                                                       const people::Person& reader,
                                                                       SiteId site);

struct BeginLockdown {
    people::Actor actor;
    SiteId site{};
    std::string ground;
};
/// Where one holds already it stays as it is, its ground and its beginning too.
[[nodiscard]] people::Organised<Lockdown> begin_lockdown(store::Session& session,
                                                         const BeginLockdown& order);

struct EndLockdown {
    people::Actor actor;  ///< who asked for the confirmation
    SiteId site{};
    people::ConfirmationId confirmation{};
};
/// Takes a confirmation of kind lockdown_end about the lockdown that holds; `unknown` where none
/// does.
[[nodiscard]] tl::expected<Lockdown, people::FourEyesFault> end_lockdown(store::Session& session,
                                                                         const EndLockdown& order);

}  // namespace creneau::access
