#pragma once

#include <cstdint>
#include <optional>

#include <nlohmann/json.hpp>

namespace creneau::http {

/// The number of an id, or null.
template <class Id>
[[nodiscard]] nlohmann::json or_null(const std::optional<Id>& id) {
    return id ? nlohmann::json(static_cast<std::int64_t>(*id)) : nlohmann::json(nullptr);
}

}  // namespace creneau::http
