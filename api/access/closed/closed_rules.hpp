#pragma once

#include "api/access/closed/closed_types.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::access {

/// One line of the ledger, without its end: "creneau-closed-1 TOWN KIND ID NUMBER WORD AT UNTIL .".
[[nodiscard]] std::string line_of(const Closed& closed);
/// Nothing for anything else.
[[nodiscard]] std::optional<Closed> closed_in(std::string_view line);

/// Of `said`, in the order in which it came about, what holds at `now`: without what opened again
/// and without passes that are over.
[[nodiscard]] std::vector<Closed> in_force(const std::vector<Closed>& said,
                                           std::chrono::sys_seconds now);

/// What to say besides `said` where the database says `now_closed`: what is new in it, and the ends
/// at `now` of lockdowns and disabled doors that are in it no more. All of one town.
[[nodiscard]] std::vector<Closed> news(const std::vector<Closed>& said,
                                       const std::vector<Closed>& now_closed,
                                       std::chrono::sys_seconds now);

}  // namespace creneau::access
