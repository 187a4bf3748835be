#include "api/http/equipment_fields.hpp"

#include "api/booking/equipment/equipment_types.hpp"
#include "api/http/fields.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace creneau::http {

namespace {

constexpr std::size_t kManyThings = 50;

}  // namespace

std::optional<std::vector<booking::EquipmentOrder>> equipment_in(Fields& fields) {
    const auto records =
        fields.optional_records("equipment", {"equipment_id", "quantity"}, kManyThings);
    if (!records) {
        return std::nullopt;
    }
    std::vector<booking::EquipmentOrder> orders;
    for (const auto& record : *records) {
        orders.push_back({booking::EquipmentId{record.front()}, record.back()});
    }
    return orders;
}

}  // namespace creneau::http
