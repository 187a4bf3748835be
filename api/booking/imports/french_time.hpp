#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace creneau::booking {

/// 'YYYY-MM-DD' of "05/12/2026", "5/12/26" or "2026-12-05": a date that a booking can have.
[[nodiscard]] std::optional<std::string> date_of(std::string_view written);

/// 'HH:MM' of "18h30", "18 h 30", "18h", "18:30" or "18:30:00".
[[nodiscard]] std::optional<std::string> time_of(std::string_view written);

/// The day after a date 'YYYY-MM-DD'.
[[nodiscard]] std::string day_after(std::string_view date);

}  // namespace creneau::booking
