#include "api/http/response.hpp"

#include <string>

#include <nlohmann/json.hpp>

namespace creneau::http {

Response json_response(int status, const nlohmann::json& body) {
    return {status, {{"Content-Type", "application/json"}}, body.dump()};
}

Response created(const std::string& location, const nlohmann::json& body) {
    auto response = json_response(201, body);
    response.headers.emplace_back("Location", location);
    return response;
}

Response no_content() {
    return {204, {}, {}};
}

}  // namespace creneau::http
