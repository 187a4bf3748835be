#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/closures/closure_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace creneau::booking {

// SQL of closures, each query within one town.

/// Inserts a closure and its spaces; answers its id (`closure.id` is not looked at).
[[nodiscard]] ClosureId insert_closure(store::Session& session, TownId town,
                                       const Closure& closure);

/// Who ends a closure, and when.
struct Removal {
    PersonId by{};
    std::chrono::sys_seconds at;
};
/// False when there is none or it is removed already.
[[nodiscard]] bool remove_closure_row(store::Session& session, TownId town, ClosureId closure,
                                      const Removal& removal);

/// A closure that stands, with its spaces.
[[nodiscard]] std::optional<Closure> select_closure(store::Session& session, TownId town,
                                                    ClosureId closure);

struct ClosureQuery {
    Interval range;  ///< what meets it
    std::optional<SiteId> site{};
    std::optional<RoomId> room{};      ///< only what closes a space of it
    std::optional<ClosureId> after{};  ///< only what comes later in the list than this one
    std::int64_t limit = std::numeric_limits<std::int64_t>::max();
};
/// The closures that stand, by start, without their spaces.
[[nodiscard]] std::vector<Closure> select_closures(store::Session& session, TownId town,
                                                   const ClosureQuery& query);

[[nodiscard]] std::vector<SpaceId> spaces_of(store::Session& session, TownId town,
                                             ClosureId closure);

/// Every space of a site.
[[nodiscard]] std::vector<SpaceId> spaces_of(store::Session& session, TownId town, SiteId site);

/// The site that a space belongs to; nothing when there is no such space.
[[nodiscard]] std::optional<SiteId> site_of(store::Session& session, TownId town, SpaceId space);

}  // namespace creneau::booking
