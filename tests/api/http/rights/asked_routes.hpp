#pragma once

#include "tests/api/http/rights/rights_town.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::http {

/// A request that succeeds for whoever may do what the route does.
struct AskedRoute {
    std::string route;  ///< as in the OpenAPI document: "GET /api/v1/bookings/{id}"
    std::function<Asked(const Things&)> ask;
    /// Of what shows several things: a piece of the answer that is there when it shows this one.
    std::function<std::string(const Things&)> shows = {};
};

/// One for each route of the program; two where its rights follow from what is asked.
[[nodiscard]] const std::vector<AskedRoute>& asked_routes();

}  // namespace creneau::http
