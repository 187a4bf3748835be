#pragma once

#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace creneau::http {

/// What a handler answers. Content-Length, Date, security headers and Cache-Control are added on
/// sending.
struct Response {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
};

/// An answer in application/json.
[[nodiscard]] Response json_response(int status, const nlohmann::json& body);

/// 201 with Location.
[[nodiscard]] Response created(const std::string& location, const nlohmann::json& body);

/// 204.
[[nodiscard]] Response no_content();

}  // namespace creneau::http
