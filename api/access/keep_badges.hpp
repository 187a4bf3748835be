#pragma once

#include "api/access/access_types.hpp"
#include "api/access/badge_key.hpp"
#include "api/access/badge_store.hpp"
#include "api/access/badge_types.hpp"
#include "api/people/organisations/organisation_error.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace creneau::access {

// For the access administrator. Numbers are in no answer, no log and no audit line.

[[nodiscard]] people::Organised<std::vector<Badge>> list_badges(store::Session& session,
                                                                TownId town,
                                                                const people::Person& reader,
                                                                const BadgePage& page);

struct GiveBadge {
    people::Actor actor;
    std::string number;                      ///< as it was typed
    std::optional<people::PersonId> person;  ///< one of the staff; this or an association
    std::optional<people::AssociationId> association;
    std::optional<std::chrono::sys_seconds> from;   ///< none: now
    std::optional<std::chrono::sys_seconds> until;  ///< none: as long as its holder may come in
};
/// Gives a card to somebody who is there or will be.
[[nodiscard]] people::Organised<Badge> give_badge(store::Session& session, const BadgeKey& key,
                                                  const GiveBadge& order);

struct ChangeBadge {
    people::Actor actor;
    BadgeId badge{};
};
/// The next policy names it no more; nothing changes for one that opens nothing already.
[[nodiscard]] people::Organised<Badge> report_badge_lost(store::Session& session,
                                                         const ChangeBadge& order);
/// The card came back, whatever it was until then; its number may be given anew.
[[nodiscard]] people::Organised<Badge> take_badge_back(store::Session& session,
                                                       const ChangeBadge& order);

}  // namespace creneau::access
