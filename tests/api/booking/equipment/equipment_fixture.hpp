#pragma once

#include "api/booking/equipment/equipment_types.hpp"
#include "api/store/session.hpp"

#include <cstdint>

namespace creneau::booking {

inline constexpr EquipmentId kChairs{1};       ///< movable, ten of them
inline constexpr EquipmentId kPiano{2};        ///< of kDanton's site, one
inline constexpr EquipmentId kTables{3};       ///< of the other site, five
inline constexpr EquipmentId kOtherChairs{9};  ///< of the other town

/// The equipment of this file, in the towns of town_fixture.hpp.
void add_equipment(store::Session& session);

/// The most that is taken of any stock at any instant, less the stock: counted from the bookings
/// and holds and what they asked for, not from what the rules count by. At most 0 where nothing is
/// oversold.
std::int64_t most_oversold(store::Session& session);

}  // namespace creneau::booking
