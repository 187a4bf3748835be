#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace creneau::allocation {

/// Minutes of a week that repeats, half-open: Monday 00:00 is 0, and an `until` past 10080 runs
/// into the next Monday.
struct WeekSlot {
    std::chrono::minutes from{};
    std::chrono::minutes until{};
};
inline constexpr std::chrono::minutes kWeek{7 * 24 * 60};

/// One way to grant a wish: the spaces of a room at a time of the week.
struct Option {
    std::vector<std::int64_t> spaces;
    WeekSlot at;
    std::int64_t value = 0;  ///< points, more than 0
};

/// One association's wish for one weekly slot: the options that would do, any order. At most one is
/// granted. None: nothing can be done for it.
struct Wish {
    std::vector<Option> options;
};

/// The option granted to a wish; none: it goes away empty.
using Choice = std::optional<std::size_t>;

}  // namespace creneau::allocation
