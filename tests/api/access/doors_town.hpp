#pragma once

#include "api/access/access_types.hpp"
#include "api/access/badge_types.hpp"
#include "api/access/doors/door_types.hpp"
#include "api/access/events/event_types.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "tests/api/people/town_fixture.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace creneau::access {

using people::PersonId;

inline constexpr PersonId kOffice{8};
inline constexpr PersonId kSacha{12};          ///< access administrator
inline constexpr PersonId kThere{13};          ///< office of kSite
inline constexpr PersonId kElsewhere{14};      ///< office of the other site
inline constexpr PersonId kNoa{15};            ///< administrator
inline constexpr PersonId kDana{16};           ///< data protection
inline constexpr PersonId kHr{17};             ///< human resources
inline constexpr PersonId kElsewhereTown{19};  ///< every right there is, in the other town
inline constexpr SiteId kSite{1};
inline constexpr SiteId kOtherSite{2};
inline constexpr DoorId kEntrance{2};
inline constexpr AgentId kAgent{1};       ///< drives doors 1 and 2 of kSite
inline constexpr AgentId kOtherAgent{2};  ///< drives door 3 of kOtherSite
inline constexpr BadgeId kStaffBadge{1};  ///< of the office
inline constexpr BadgeId kChoirBadge{2};  ///< of association 300

/// The town of the people tests with sites, doors, agents, passes 1 (of Amélie) and 7 (of the
/// association), and badges.
class DoorsTown : public people::TownTest {
  protected:
    DoorsTown();

    people::Actor by(PersonId person) const { return {kTown, person, now_}; }
    /// One number out of the database.
    std::int64_t number(const std::string& query);
    /// One text out of the database.
    std::string text(const std::string& query);

    std::chrono::sys_seconds now_ = kNow;
};

}  // namespace creneau::access
