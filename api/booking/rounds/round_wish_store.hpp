#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace creneau::booking {

// SQL of the wishes of rounds, each query within one town.

/// Inserts a wish with its rooms and equipment; answers its id (`wish.id` is not looked at).
/// `wish.form.booker` is there.
[[nodiscard]] RoundWishId insert_wish(store::Session& session, TownId town, const RoundWish& wish);

/// Compare-and-swap: writes form and `withdrawn` of `after` with the next version, only while the
/// row still has the version of `before` and is not withdrawn.
[[nodiscard]] bool update_wish(store::Session& session, TownId town, const RoundWish& before,
                               const RoundWish& after);

/// What the office settled in place of what it had; none: the engine's to decide.
void set_pin(store::Session& session, TownId town, RoundWishId wish,
             const std::optional<RoundPin>& pin);

void set_decision(store::Session& session, TownId town, RoundWishId wish,
                  const RoundDecision& decision);

/// What a published wish became: a series, or so many dates that it waits for.
void set_result(store::Session& session, TownId town, RoundWishId wish,
                const std::optional<SeriesId>& series, std::int64_t waits);

/// One wish, withdrawn or not.
[[nodiscard]] std::optional<RoundWish> select_wish(store::Session& session, TownId town,
                                                   RoundWishId wish);

struct RoundWishQuery {
    RoundId round{};
    std::optional<PersonId> manager{};  ///< only of associations they manage
    bool withdrawn = false;             ///< those too
    std::int64_t limit = 50;
    std::optional<RoundWishId> after{};  ///< only later ids
};
/// In the order they were stated.
[[nodiscard]] std::vector<RoundWish> select_wishes(store::Session& session, TownId town,
                                                   const RoundWishQuery& query);

/// What a round gave, which became this series or one that it was split from.
[[nodiscard]] std::optional<WeekPlace> given_to_series(store::Session& session, TownId town,
                                                       SeriesId series);

/// The wishes of a round that are not withdrawn; only of one association where it is said.
[[nodiscard]] std::int64_t count_wishes(store::Session& session, TownId town, RoundId round,
                                        const std::optional<AssociationId>& association = {});

/// The enabled managers of an association, the oldest account first.
[[nodiscard]] std::vector<PersonId> managers_of(store::Session& session, TownId town,
                                                AssociationId association);

/// Local start and end of the association's approved bookings of a room that begin in `during`.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> select_past_slots(
    store::Session& session, TownId town, AssociationId association, RoomId room,
    const Interval& during);

}  // namespace creneau::booking
