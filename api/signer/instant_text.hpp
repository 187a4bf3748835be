#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace creneau::signer {

/// "2026-12-05T18:30:00Z".
std::string to_text(std::chrono::sys_seconds instant);

/// Reads "2026-12-05T18:30:00Z" or "2026-12-05" (midnight UTC); nothing else.
std::optional<std::chrono::sys_seconds> instant_from(std::string_view text);

}  // namespace creneau::signer
