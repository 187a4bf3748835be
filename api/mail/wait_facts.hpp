#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace creneau::mail {

/// So many of one thing.
struct HeldThing {
    std::string name;
    std::int64_t quantity = 0;
};

// Why somebody waits no more.
inline constexpr std::string_view kSlotBegun = "begun";
inline constexpr std::string_view kGivenUp = "given_up";         ///< by somebody else
inline constexpr std::string_view kNoSuchTime = "no_such_time";  ///< the clocks were changed

/// The reader's place in the line for a slot, or how it ended.
struct WaitFacts {
    std::int64_t wait_id = 0;
    std::int64_t place = 0;        ///< 1 is the first in line; 0 once it ended
    std::string why = {};          ///< one of the words above; empty while it lasts
    std::string given_up_by = {};  ///< who did; empty unless that is why
    std::int64_t hold_id = 0;      ///< the offer that ended with it; 0 without one
    std::vector<HeldThing> equipment = {};
};

/// {"wait_id", "place", "why", "given_up_by", "hold_id", "equipment": [{"name", "quantity"}]}
[[nodiscard]] nlohmann::json json_of(const WaitFacts& facts);

/// Reads what json_of wrote; nothing when a member is missing or mistyped, or the reason unknown.
[[nodiscard]] std::optional<WaitFacts> parse_wait(const nlohmann::json& object);

}  // namespace creneau::mail
