#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/rounds/round_rules.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::booking {

/// One way to grant a wish, with all that decides on it.
struct WishOption {
    WeekPlace place;
    std::string room_name;
    std::vector<std::int64_t> spaces;
    DayMinutes minutes;
    std::chrono::minutes gap{};  ///< what setup or teardown keeps free after it
    std::int64_t points = 0;
    std::int64_t dates = 0;       ///< of the season, without what the round skips; 0: not looked at
    std::int64_t free_dates = 0;  ///< those of them that nothing is in the way of
    std::optional<Sentence> impossible;  ///< why it is none after all
};

/// A wish with its options, in order of preference; a settled place stands last where it is none of
/// the wished ones.
struct WishTask {
    RoundWishId wish{};
    std::optional<RoundPin> pin;
    std::vector<WishOption> options;
    std::optional<std::size_t> pinned;  ///< the option that the office settled
};

/// Everything a proposal is computed from, read at one moment.
struct RoundTask {
    Round round;
    std::vector<WishTask> wishes;  ///< those not withdrawn, in the order they were stated
};

/// Reads only. A room is possible where its rules do not surely refuse the wish and one date of the
/// season at least is free.
[[nodiscard]] RoundTask read_task(store::Session& session, TownId town, const Round& round);

/// The settled wishes alone, each with its place and hours as its one option: what two of them may
/// have in common.
[[nodiscard]] RoundTask read_settled(store::Session& session, TownId town, const Round& round);

/// One of the rooms that a wish names: its place among them, from 0.
struct WishChoice {
    RoundWishId wish{};
    std::size_t room = 0;
};

/// What that room earns the wish by the criteria; `wishes` are all of the round, in the order they
/// were stated, and it is one of them.
[[nodiscard]] std::int64_t points_of_choice(store::Session& session, TownId town,
                                            const Round& round,
                                            const std::vector<RoundWish>& wishes,
                                            const WishChoice& choice);

}  // namespace creneau::booking
