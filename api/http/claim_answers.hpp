#pragma once

#include "api/booking/holds/hold_types.hpp"
#include "api/booking/waiting/wait_types.hpp"

#include <nlohmann/json.hpp>

namespace creneau::http {

// Holds and waits as the API answers them, without their equipment, to those who may see them.

[[nodiscard]] nlohmann::json to_json(const booking::Hold& hold);
[[nodiscard]] nlohmann::json to_json(const booking::Wait& wait);

}  // namespace creneau::http
