#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::people {

/// The longest life of a token.
inline constexpr std::chrono::days kLongestToken{366};
/// Living tokens of one person.
inline constexpr std::int64_t kMostTokens = 20;

/// The area of a path, which scopes name: "bookings" of "/api/v1/bookings/7"; empty for what is no
/// part of the API.
[[nodiscard]] std::string_view area_of(std::string_view path);

/// The scope that a request needs: "bookings:read" for GET and HEAD, "bookings:write" otherwise.
[[nodiscard]] std::string scope_of(std::string_view method, std::string_view path);

/// Whether a token may ever have that scope. What accounts, roles and rights are made of is done by
/// people who are signed in.
[[nodiscard]] bool is_scope(std::string_view scope);

/// Every scope that a token may have, in order.
[[nodiscard]] std::vector<std::string> all_scopes();

}  // namespace creneau::people
