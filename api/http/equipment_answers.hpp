#pragma once

#include "api/booking/equipment/equipment_store.hpp"
#include "api/booking/equipment/equipment_types.hpp"
#include "api/booking/equipment/preparation.hpp"

#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {

// Equipment as the API answers it.

[[nodiscard]] nlohmann::json to_json(const booking::Equipment& equipment);

/// What a booking takes, by name.
[[nodiscard]] nlohmann::json to_json(const std::vector<booking::EquipmentLine>& lines);

[[nodiscard]] nlohmann::json to_json(const booking::DayPlan& plan);

}  // namespace creneau::http
