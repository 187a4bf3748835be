#pragma once

#include "api/booking/quota_rules.hpp"
#include "api/booking/room_rules.hpp"

#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {

/// The rules of a room and the quotas that count its bookings, as RoomRules of openapi.yaml.
[[nodiscard]] nlohmann::json to_json(const booking::RoomRules& rules,
                                     const std::vector<booking::Quota>& quotas);

}  // namespace creneau::http
