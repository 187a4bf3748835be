#pragma once

#include "api/booking/equipment/equipment_types.hpp"
#include "api/http/fields.hpp"

#include <optional>
#include <vector>

namespace creneau::http {

/// The member `equipment` of a body: [{equipment_id, quantity}]; nothing when it is not there.
[[nodiscard]] std::optional<std::vector<booking::EquipmentOrder>> equipment_in(Fields& fields);

}  // namespace creneau::http
