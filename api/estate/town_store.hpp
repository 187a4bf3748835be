#pragma once

#include "api/store/session.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace creneau::estate {

/// The id of the town with this key; with an empty key, of the only town. Throws StoreError when
/// there is no such town, or several and no key says which.
[[nodiscard]] std::int64_t find_town(store::Session& session, const std::string& key);

/// The id of the door agent with this key; nothing when the town has none such.
[[nodiscard]] std::optional<std::int64_t> find_door_agent(store::Session& session,
                                                          std::int64_t town,
                                                          const std::string& key);

}  // namespace creneau::estate
