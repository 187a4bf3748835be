#pragma once

#include "policy/cbor.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace creneau::policy {

// Fields that several rows of a manifest share.

inline constexpr std::size_t kLongestKey = 64;

[[nodiscard]] std::uint64_t count_of(auto duration) {
    return static_cast<std::uint64_t>(duration.count());
}

[[nodiscard]] std::chrono::seconds read_seconds(cbor::Reader& in, std::uint64_t smallest,
                                                std::uint64_t largest);

/// Not empty.
[[nodiscard]] std::string read_text(cbor::Reader& in, std::size_t longest);

}  // namespace creneau::policy
