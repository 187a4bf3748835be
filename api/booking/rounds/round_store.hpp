#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace creneau::booking {

// SQL of rounds and their criteria, each query within one town.

/// Inserts a round with its criteria; answers its id (`round.id` is not looked at).
[[nodiscard]] RoundId insert_round(store::Session& session, TownId town, const Round& round);

/// Compare-and-swap: writes `after` with the next version, only while the row still has the version
/// and status of `before`. False when it has not.
[[nodiscard]] bool update_round(store::Session& session, TownId town, const Round& before,
                                const Round& after);

/// Something of a round that is not published changed: the next version, and a proposal no longer
/// stands.
void touch_round(store::Session& session, TownId town, RoundId round);

/// Which days off a round may leave out.
enum class DaysOff : std::uint8_t { school, public_holidays };
/// touch_round() of those whose wishes are in and which skip such days: their dates changed.
/// Answers whose proposal stands no longer.
[[nodiscard]] std::vector<RoundId> touch_rounds_without(store::Session& session, TownId town,
                                                        DaysOff days);

[[nodiscard]] std::optional<Round> select_round(store::Session& session, TownId town,
                                                RoundId round);

struct RoundQuery {
    bool drafts = false;  ///< those that the office alone sees, too
    std::int64_t limit = 50;
    std::optional<RoundId> before{};  ///< only older ids
};
/// Newest first.
[[nodiscard]] std::vector<Round> select_rounds(store::Session& session, TownId town,
                                               const RoundQuery& query);

/// Whether the town has such a group of bookers.
[[nodiscard]] bool has_group(store::Session& session, TownId town, std::int64_t group);

}  // namespace creneau::booking
