#pragma once

#include <string>
#include <string_view>

namespace creneau::estate {

/// What an erased person's key becomes: tells the town's file who is not to come back, and nobody
/// who that was.
[[nodiscard]] std::string erased_key(std::string_view key);

}  // namespace creneau::estate
