#pragma once

#include "tests/api/http/rights/asked_routes.hpp"

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {

using Query = std::vector<std::pair<std::string, std::string>>;

// How the requests of asked_routes() are put.

/// "GET /api/v1/bookings/{id}" on the thing of that word.
[[nodiscard]] AskedRoute on(const std::string& route, const std::string& word,
                            nlohmann::json body = nullptr);
[[nodiscard]] AskedRoute plainly(const std::string& route, Query query = {});
[[nodiscard]] AskedRoute sending(const std::string& route,
                                 std::function<nlohmann::json(const Things&)> body);
/// A list that shows the thing of that word.
[[nodiscard]] AskedRoute listing(const std::string& route, const std::string& word,
                                 Query query = {});
[[nodiscard]] AskedRoute showing(AskedRoute asked, std::string piece);
/// On a wish of a round, both by word.
[[nodiscard]] AskedRoute on_wish(const std::string& route, const std::string& round,
                                 nlohmann::json body = nullptr);
/// Below an association: of it and of what is in the path besides, by word.
[[nodiscard]] AskedRoute below(const std::string& route, const std::string& name,
                               const std::string& word, nlohmann::json body = nullptr);

/// Of associations, people, staff, papers' files and holders.
[[nodiscard]] std::vector<AskedRoute> organisation_routes();

}  // namespace creneau::http
