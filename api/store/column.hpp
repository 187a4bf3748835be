#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <type_traits>

namespace creneau::store {

// What columns hold of ids and instants: BIGINT, instants as Unix seconds. Ids of ours are
// positive, so that 0 may stand for none where a query turns it into NULL.

template <class Id>
    requires std::is_enum_v<Id>
[[nodiscard]] constexpr std::int64_t raw(Id id) {
    return static_cast<std::int64_t>(id);
}

template <class Id>
[[nodiscard]] constexpr std::int64_t raw_or_zero(const std::optional<Id>& id) {
    return id ? raw(*id) : 0;
}

[[nodiscard]] constexpr std::int64_t unix_seconds(std::chrono::sys_seconds at) {
    return at.time_since_epoch().count();
}

[[nodiscard]] constexpr std::chrono::sys_seconds instant(std::int64_t unix_seconds) {
    return std::chrono::sys_seconds(std::chrono::seconds(unix_seconds));
}

}  // namespace creneau::store
