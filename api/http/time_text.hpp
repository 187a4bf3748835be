#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace creneau::http {

/// RFC 3339 in UTC: "2026-12-05T17:30:00Z".
[[nodiscard]] std::string to_rfc3339(std::chrono::sys_seconds instant);
/// RFC 3339 with any offset, whole seconds, a date that exists; nothing otherwise.
[[nodiscard]] std::optional<std::chrono::sys_seconds> from_rfc3339(std::string_view text);

/// "2026-12-05T18:30".
[[nodiscard]] std::string to_local_text(std::chrono::local_time<std::chrono::minutes> local);
[[nodiscard]] std::optional<std::chrono::local_time<std::chrono::minutes>> from_local_text(
    std::string_view text);

/// RFC 9110: "Sat, 05 Dec 2026 17:30:00 GMT".
[[nodiscard]] std::string to_http_date(std::chrono::sys_seconds instant);

}  // namespace creneau::http
