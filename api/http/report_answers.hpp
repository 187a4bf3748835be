#pragma once

#include "api/http/response.hpp"
#include "api/reports/decisions.hpp"
#include "api/reports/report_types.hpp"
#include "api/reports/usage.hpp"

#include <string>

#include <nlohmann/json_fwd.hpp>

namespace creneau::http {

[[nodiscard]] nlohmann::json to_json(const reports::Usage& usage, const reports::Period& period,
                                     reports::UsageBy by);
[[nodiscard]] nlohmann::json to_json(const reports::Decisions& decisions,
                                     const reports::Period& period);

/// The same for a spreadsheet: UTF-8 with its mark, cells parted by semicolons, heads in French.
[[nodiscard]] std::string usage_csv(const reports::Usage& usage, reports::UsageBy by);
[[nodiscard]] std::string decisions_csv(const reports::Decisions& decisions);

/// A spreadsheet to save under that name.
[[nodiscard]] Response csv_response(const std::string& file_name, std::string body);

}  // namespace creneau::http
