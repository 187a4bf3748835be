#pragma once

#include "api/http/fields.hpp"
#include "api/profiles/hours_rules.hpp"
#include "api/profiles/profile_rules.hpp"

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {

// Weekly hours as profiles and doors have them.

[[nodiscard]] nlohmann::json json_of(const std::vector<profiles::WeeklyHours>& hours);
/// The list in the member `name`; none when it is not there.
[[nodiscard]] std::vector<profiles::HoursForm> hours_in(Fields& fields, const std::string& name);

}  // namespace creneau::http
