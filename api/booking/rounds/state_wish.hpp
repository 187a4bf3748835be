#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/equipment/equipment_types.hpp"
#include "api/booking/rounds/round_error.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::booking {

struct StateWish {
    TownId town{};
    PersonId actor{};  ///< rights are read again in the transaction
    RoundId round{};
    WishForm form;
    std::chrono::sys_seconds now;
};
/// A manager states a wish of an association while the round is open; the office for anybody until
/// the round is published. Every failing rule is answered at once.
[[nodiscard]] RoundOutcome<RoundWish> state_wish(store::Session& session, const StateWish& order);

/// What every change to a wish says.
struct ChangeWish {
    TownId town{};
    PersonId actor{};
    RoundId round{};
    RoundWishId wish{};
    std::optional<std::int64_t> version;  ///< the one it has to have still
    std::chrono::sys_seconds now;
};

struct EditWish {
    ChangeWish change;
    std::optional<PersonId> booker;
    std::optional<std::chrono::weekday> day;
    std::optional<std::string> start;
    std::optional<std::string> end;
    std::optional<int> end_day_offset;
    std::optional<std::vector<RoomId>> rooms;
    std::optional<std::int64_t> attendees;
    std::optional<std::string> layout;
    std::optional<std::string> purpose;
    std::optional<std::vector<EquipmentOrder>> equipment;
};
/// Judged anew as a whole. What was settled for it stays settled.
[[nodiscard]] RoundOutcome<RoundWish> edit_wish(store::Session& session, const EditWish& order);

/// It is kept for the record and takes no further part.
[[nodiscard]] RoundOutcome<RoundWish> withdraw_wish(store::Session& session,
                                                    const ChangeWish& change);

/// A wish with its round, both as the actor may change them.
struct OpenWish {
    people::Person actor;
    Round round;
    RoundWish wish;
};
/// `unknown` where the actor may not see it, `stale`, `wrong_state` where it is withdrawn or the
/// round takes no more changes.
[[nodiscard]] RoundOutcome<OpenWish> open_wish(store::Session& session, const ChangeWish& change);

/// The next version of the round, an audit line, its reason kept where there is one, and the wish
/// as it is now.
[[nodiscard]] RoundWish wish_changed(store::Session& session, const ChangeWish& change,
                                     const RoundWish& wish, std::string_view action,
                                     std::string_view reason = {});

/// One wish, where the reader may see it; what was decided shows to the office, and to all who may
/// see the wish once the round is published.
[[nodiscard]] RoundOutcome<RoundWish> find_wish(store::Session& session, TownId town,
                                                const people::Person& reader, RoundId round,
                                                RoundWishId wish);

/// A page of the wishes that the reader may see, as find_wish() shows each.
struct WishPage {
    TownId town{};
    RoundId round{};
    std::int64_t limit = 50;
    std::optional<RoundWishId> after;
};
[[nodiscard]] RoundOutcome<std::vector<RoundWish>> list_wishes(store::Session& session,
                                                               const people::Person& reader,
                                                               const WishPage& page);

}  // namespace creneau::booking
