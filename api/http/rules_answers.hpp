#pragma once

#include "api/booking/room_rules.hpp"

#include <nlohmann/json.hpp>

namespace creneau::http {

/// As RoomRules of openapi.yaml.
[[nodiscard]] nlohmann::json to_json(const booking::RoomRules& rules);

}  // namespace creneau::http
