#pragma once

#include "api/store/session.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace creneau::estate {

/// The id of the town with this key; with an empty key, of the only town. Throws StoreError when
/// there is no such town, or several and no key says which.
[[nodiscard]] std::int64_t find_town(store::Session& session, const std::string& key);

/// Every town of the database.
[[nodiscard]] std::vector<std::int64_t> list_towns(store::Session& session);

}  // namespace creneau::estate
