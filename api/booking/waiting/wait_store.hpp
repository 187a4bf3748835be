#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/booking/reach.hpp"
#include "api/booking/waiting/wait_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace creneau::booking {

// SQL of the waiting list, each query within one town.

/// Inserts a wait; answers its id (`wait.id`, names and place are not looked at).
[[nodiscard]] WaitId insert_wait(store::Session& session, TownId town, const Wait& wait);

/// A step of a wait's life.
struct WaitStep {
    WaitStatus from = WaitStatus::waiting;
    WaitStatus to = WaitStatus::left;
};
/// Compare-and-swap: false when it is not in the state that the step begins from.
[[nodiscard]] bool end_wait(store::Session& session, TownId town, WaitId wait,
                            const WaitStep& step);

[[nodiscard]] std::optional<Wait> select_wait(store::Session& session, TownId town, WaitId wait);

struct WaitQuery {
    std::chrono::sys_seconds now;  ///< only slots that have not begun then
    std::optional<Reach> reach{};  ///< none: the whole town
    std::optional<RoomId> room{};
    std::optional<WaitId> after{};  ///< only what comes later in the list than this one
    std::int64_t limit = std::numeric_limits<std::int64_t>::max();
};
/// Who waits or has an offer, the longest waiting first.
[[nodiscard]] std::vector<Wait> select_waits(store::Session& session, TownId town,
                                             const WaitQuery& query);

/// The line for a space of the room near `freed`, so near that a buffer may meet it, and for
/// equipment that was taken there then, whatever the room: those who wait for a slot that has not
/// begun, the longest waiting first; `ahead` is not counted.
[[nodiscard]] std::vector<Wait> select_line(store::Session& session, TownId town, RoomId room,
                                            const Interval& freed, std::chrono::sys_seconds now);

/// Everybody who waits for a slot that has not begun, the longest waiting first; `ahead` is not
/// counted.
[[nodiscard]] std::vector<Wait> select_lines(store::Session& session, TownId town,
                                             std::chrono::sys_seconds now);

/// A page of the same whose slot nobody has, after a wait.
struct LinePage {
    std::chrono::sys_seconds now;
    WaitId after{};
    std::int64_t limit = 200;
};
[[nodiscard]] std::vector<Wait> select_free_lines(store::Session& session, TownId town,
                                                  const LinePage& page);

/// How many lines a person has joined for slots that have not begun, without those that a round
/// joined for them; counts to kMostWaits.
[[nodiscard]] int count_waits(store::Session& session, TownId town, PersonId booker,
                              std::chrono::sys_seconds now);

/// Whether the same holder waits for the very same slot.
[[nodiscard]] bool waits_already(store::Session& session, TownId town, const Claim& claim);

/// How long an offer stands: the town's setting.
[[nodiscard]] std::chrono::minutes offer_patience(store::Session& session, TownId town);

}  // namespace creneau::booking
