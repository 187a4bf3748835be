#pragma once

#include <string>
#include <string_view>

namespace creneau::http {

/// A request's path as logs may hold it: cut to 200 bytes, and without the token of a feed, which
/// is a secret. A path that only looks like a feed's loses its end too.
[[nodiscard]] std::string path_for_log(std::string_view path);

}  // namespace creneau::http
