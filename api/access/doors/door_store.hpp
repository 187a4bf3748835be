#pragma once

#include "api/access/access_types.hpp"
#include "api/access/doors/door_types.hpp"
#include "api/people/ids.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::access {

// SQL of doors and lockdowns, each query within one town.

struct DoorPage {
    std::int64_t limit = 50;
    std::int64_t after = 0;
    std::vector<std::int64_t> sites = {};  ///< only of these; none: of all
};
[[nodiscard]] std::vector<DoorRecord> select_doors(store::Session& session, TownId town,
                                                   const DoorPage& page);
[[nodiscard]] std::optional<DoorRecord> select_door(store::Session& session, TownId town,
                                                    DoorId id);
void mark_disabled(store::Session& session, TownId town, DoorId id, const std::string& ground,
                   std::chrono::sys_seconds now);
void mark_enabled(store::Session& session, TownId town, DoorId id);

/// What mails say of a site.
struct SiteWords {
    std::string name;
    std::string time_zone;
    std::string help_contact;
    std::string help_hours;
};
[[nodiscard]] std::optional<SiteWords> select_site(store::Session& session, TownId town,
                                                   SiteId site);

/// The one that holds.
[[nodiscard]] std::optional<Lockdown> select_lockdown(store::Session& session, TownId town,
                                                      SiteId site);
LockdownId insert_lockdown(store::Session& session, TownId town, const Lockdown& begun);
void mark_ended(store::Session& session, TownId town, LockdownId id, people::PersonId by,
                std::chrono::sys_seconds now);

}  // namespace creneau::access
