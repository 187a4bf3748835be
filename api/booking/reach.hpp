#pragma once

#include "api/booking/booking_types.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::booking {

/// What of the town's bookings, holds and waits a list shows to somebody who is not the office of
/// the whole town: their own and their associations', and whatever is in these rooms.
struct Reach {
    PersonId person{};
    std::vector<RoomId> rooms;
};

/// The condition for rows of `table` (bookings, holds, waits), for *_store.cpp: " AND (…)". What it
/// binds is added to `numbers`.
[[nodiscard]] std::string within(const Reach& reach, std::string_view table,
                                 std::vector<std::int64_t>& numbers);

/// "0,1,2": ids of ours for an IN (…); 0 is nobody's id.
template <class Id>
[[nodiscard]] std::string listed(const std::vector<Id>& ids) {
    std::string list = "0";
    for (const Id id : ids) {
        list += ',' + std::to_string(static_cast<std::int64_t>(id));
    }
    return list;
}

}  // namespace creneau::booking
