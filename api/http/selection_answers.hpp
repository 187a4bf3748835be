#pragma once

#include <nlohmann/json.hpp>

namespace creneau::http {

/// Shortens what is said of a selection where the answer would be over the cap: it is written when
/// the decisions are made, so it has to fit. `items` each have a `problem`, or null. Slots are
/// offered on the first items only; errors are those of fit_errors(), what it leaves out is empty.
void fit_items(nlohmann::json& items);

}  // namespace creneau::http
