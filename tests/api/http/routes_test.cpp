#include "api/http/routes.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace creneau::http {
namespace {

Routes sample() {
    const auto nothing = [](const Request&) { return Response{}; };
    Routes routes;
    routes.plain("GET", "/rooms", nothing);
    routes.plain("GET", "/rooms/:id", nothing);
    routes.plain("POST", "/rooms/:id", nothing);
    routes.plain("GET", "/passes/:id.png", nothing);
    routes.plain("GET", "/towns/:town_key/:room_id", nothing);
    return routes;
}

/// The pattern found, "405" or "404".
std::string found(const std::string& method, const std::string& path, Request* out = nullptr) {
    const auto routes = sample();
    Request request;
    request.method = method;
    request.path = path;
    const auto result = routes.find(request);
    if (out != nullptr) {
        *out = request;
    }
    return result.route != nullptr ? result.route->pattern : result.allowed.empty() ? "404" : "405";
}

TEST(Routes, FindsByMethodAndPath) {
    EXPECT_EQ(found("GET", "/rooms"), "/rooms");
    EXPECT_EQ(found("GET", "/rooms/12"), "/rooms/:id");
    EXPECT_EQ(found("GET", "/passes/12.png"), "/passes/:id.png");
    EXPECT_EQ(found("DELETE", "/rooms/12"), "405");
    for (const auto* path : {"/", "", "/room", "/rooms/", "//rooms", "/rooms/12/", "/passes/12",
                             "/passes/.png", "/ROOMS"}) {
        EXPECT_EQ(found("GET", path), "404") << path;
    }
}

TEST(Routes, TakesOnlyPositiveNumbersForIds) {
    for (const auto* id :
         {"0", "-1", "+1", "01", "1x", "1.0", "%31x", "9999999999999999999", "%00"}) {
        EXPECT_EQ(found("GET", std::string("/rooms/") + id), "404") << id;
    }
    Request request;
    EXPECT_EQ(found("GET", "/rooms/999999999999999999", &request), "/rooms/:id");
    EXPECT_EQ(request.number("id"), 999999999999999999);
}

TEST(Routes, DecodesNamedSegments) {
    Request request;
    EXPECT_EQ(found("GET", "/towns/le%20pr%C3%A9%2F/3", &request), "/towns/:town_key/:room_id");
    EXPECT_EQ(request.parameters.at("town_key"), "le pré/");
    EXPECT_EQ(request.number("room_id"), 3);
    EXPECT_EQ(found("GET", "/towns/%ff/3"), "404");
}

TEST(Routes, RefusesTheSameRouteTwice) {
    auto routes = sample();
    EXPECT_THROW(routes.plain("GET", "/rooms", [](const Request&) { return Response{}; }),
                 std::logic_error);
}

}  // namespace
}  // namespace creneau::http
