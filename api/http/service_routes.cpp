#include "api/http/conditional.hpp"
#include "api/http/openapi_document.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/http/server.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"

#include <string>

#include <nlohmann/json.hpp>

namespace creneau::http {

namespace {

const nlohmann::json kFine = {{"status", "ok"}};

Response contract(const Request& request) {
    static const std::string kTag = etag_of_bytes(kOpenapiDocument);
    return with_etag(request,
                     {200, {{"Content-Type", "application/json"}}, std::string(kOpenapiDocument)},
                     kTag);
}

}  // namespace

void add_service_routes(Routes& routes) {
    routes.plain("GET", "/healthz", [](const Request&) { return json_response(200, kFine); });
    routes.plain("GET", "/api/openapi.json", contract);
    // One read and one empty write: an answer says that both sides of the database work.
    routes.slow(
        "GET", "/readyz",
        [](const Request&, store::Readers& pool) -> Step {
            pool.read([](store::Session&) {});
            return Work([](store::Session&) -> tl::expected<Response, Response> {
                return json_response(200, kFine);
            });
        },
        Access::anyone);
}

}  // namespace creneau::http
