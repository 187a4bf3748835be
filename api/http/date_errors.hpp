#pragma once

#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {

/// Shortens what an answer says of many dates where it would be over the cap. `lists` are arrays in
/// `answer`, each of failing rules with `field`, `code` and `detail`. No list loses a code: as far
/// as there is room each sentence stands in full where it comes first, then where it is repeated;
/// elsewhere a code stands once a list, without its `detail` and, where even that would be too
/// much, without its `field`. Leaves room for what is added to a problem.
void fit_errors(const nlohmann::json& answer, const std::vector<nlohmann::json*>& lists);

}  // namespace creneau::http
