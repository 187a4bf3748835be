#pragma once

#include <cstdint>
#include <string>

#include "api/store/session.hpp"

namespace creneau::estate {

/// The id of the town with this key; with an empty key, of the only town. Throws StoreError when
/// there is no such town, or several and no key says which.
[[nodiscard]] std::int64_t find_town(store::Session& session, const std::string& key);

}  // namespace creneau::estate
