#pragma once

#include "api/estate/import_error.hpp"
#include "api/estate/object_reader.hpp"
#include "api/estate/rules_types.hpp"

#include <cstdint>
#include <vector>

namespace creneau::estate {

/// The member `rules` of a room's object; without it every rule is off. No layout
/// holds more than `largest`.
RoomRules read_rules(ObjectReader& room, std::int64_t largest, std::vector<ImportError>& errors);

/// One element of `quotas`.
Quota read_quota(ObjectReader& reader);

}  // namespace creneau::estate
