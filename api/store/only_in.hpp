#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::store {

/// " AND <column> IN (1, 2)" for ids of ours, which are numbers; empty where there are none.
[[nodiscard]] std::string only_in(std::string_view column, const std::vector<std::int64_t>& ids);

}  // namespace creneau::store
