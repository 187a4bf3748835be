#pragma once

#include "api/booking/papers/paper_types.hpp"

#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {

// Papers as the API answers them.

/// Their words.
[[nodiscard]] nlohmann::json to_json(const std::vector<booking::PaperKind>& kinds);

[[nodiscard]] nlohmann::json to_json(const booking::Paper& paper);

}  // namespace creneau::http
