#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace creneau::mail {

enum class NoStatus : std::uint8_t {
    not_failed,  ///< every recipient has another action
    malformed,   ///< no recipient, no action, or a failure without a status
};

/// The status of the first recipient whose action is "failed" in the fields of a delivery status
/// notification (RFC 3464, 2): "5.1.1".
[[nodiscard]] tl::expected<std::string, NoStatus> failed_status(std::string_view fields);

}  // namespace creneau::mail
