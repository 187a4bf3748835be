#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/papers/paper_types.hpp"
#include "api/booking/series/local_date.hpp"

#include <array>
#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace creneau::booking {

/// Whether an accepted paper is valid on every local date of a slot; an end at midnight is still
/// the day before.
[[nodiscard]] bool covers(const Paper& paper, const Slot& slot);

/// Those of `required` that no paper covers, in their order.
[[nodiscard]] std::vector<PaperKind> missing_of(std::span<const PaperKind> required,
                                                std::span<const Paper> papers, const Slot& slot);

/// The local date of an instant, in a zone by its IANA name.
[[nodiscard]] LocalDate local_date_of(std::chrono::sys_seconds at, const std::string& zone);

/// How many days before a paper's last day its holder is told; 0: it has expired.
inline constexpr std::array kAlertDays{30, 7, 0};

/// Which of kAlertDays holds on a day for a paper whose last day is `valid_until`: the nearest one
/// that was reached. Nothing before the first, and nothing more a week after the last day.
[[nodiscard]] std::optional<int> alert_due(const LocalDate& valid_until, const LocalDate& today);

}  // namespace creneau::booking
