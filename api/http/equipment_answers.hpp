#pragma once

#include "api/booking/equipment/equipment_store.hpp"
#include "api/booking/equipment/equipment_types.hpp"
#include "api/booking/equipment/preparation.hpp"
#include "api/http/wire.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {

// Equipment as the API answers it.

[[nodiscard]] nlohmann::json to_json(const booking::Equipment& equipment);

/// What a booking takes, by name.
[[nodiscard]] nlohmann::json to_json(const std::vector<booking::EquipmentLine>& lines);

/// The page of a day that begins with what is set up at the instant `from` (Unix seconds), `most`
/// bytes; `next` is where the following one begins.
[[nodiscard]] std::string preparation_page(const booking::DayPlan& plan, std::int64_t from,
                                           std::size_t most = kMaxAnswer);

}  // namespace creneau::http
