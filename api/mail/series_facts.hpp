#pragma once

#include "api/mail/facts.hpp"

#include <optional>

#include <nlohmann/json_fwd.hpp>

namespace creneau::mail {

/// {"id": 7, "dates": [[start, end], …], "missed": [[start, end, reason, …], …],
///  "reasons": [[fr, en], …]}: short, since a series may have 400 dates.
[[nodiscard]] nlohmann::json json_of(const SeriesFacts& series);

/// Reads what json_of wrote; nothing when a member is missing or mistyped, a time is no local time
/// or a reason is not on the list.
[[nodiscard]] std::optional<SeriesFacts> parse_series(const nlohmann::json& object);

}  // namespace creneau::mail
