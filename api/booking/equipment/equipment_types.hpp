#pragma once

#include "api/booking/booking_types.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace creneau::booking {

enum class EquipmentId : std::int64_t {};

/// A counted stock of one thing.
struct Equipment {
    EquipmentId id{};
    std::optional<SiteId> site;  ///< none: movable, it serves every site of the town
    std::string key;
    std::string name;
    std::int64_t stock = 0;
};

/// So many of one thing.
struct EquipmentOrder {
    EquipmentId id{};
    std::int64_t quantity = 0;

    friend auto operator<=>(const EquipmentOrder&, const EquipmentOrder&) = default;
};

/// What a booking takes off a stock, over a half-open interval.
struct Taking {
    Interval at;
    std::int64_t quantity = 0;
};

}  // namespace creneau::booking
