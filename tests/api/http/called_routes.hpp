#pragma once

#include "api/http/booking_routes.hpp"
#include "api/http/routes.hpp"
#include "api/people/people_store.hpp"
#include "tests/api/booking/town_fixture.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {

/// Routes on a filled town, without the server around them.
class CalledRoutes : public testing::TestWithParam<store::Engine>, protected booking::FilledTown {
  protected:
    using Query = std::vector<std::pair<std::string, std::string>>;

    CalledRoutes() : FilledTown(GetParam()) { add_booking_routes(routes_); }

    /// Nobody is signed in without a person.
    Response call(std::optional<booking::PersonId> person, const std::string& method,
                  const std::string& path, const nlohmann::json& body = nullptr,
                  const Query& query = {}) {
        Request request;
        request.method = method;
        request.path = path;
        request.query = query;
        if (!body.is_null()) {
            request.body = body.dump();
        }
        request.town = booking::kTown;
        request.now = now_;
        request.language = Language::en;
        if (person) {
            request.person = people::find_person(*session_, booking::kTown, *person);
        }
        const auto found = routes_.find(request);
        if (found.route == nullptr) {
            ADD_FAILURE() << "no route for " << method << ' ' << path;
            return {};
        }
        if (const auto* read = std::get_if<ReadHandler>(&found.route->handler)) {
            return (*read)(request, *session_);
        }
        return done(std::get<StepHandler>(found.route->handler)(request));
    }

    /// The answer's body; it has to have this status.
    nlohmann::json expect(int status, std::optional<booking::PersonId> person,
                          const std::string& method, const std::string& path,
                          const nlohmann::json& body = nullptr, const Query& query = {}) {
        const auto response = call(person, method, path, body, query);
        EXPECT_EQ(response.status, status) << method << ' ' << path << '\n' << response.body;
        return response.body.empty() ? nlohmann::json() : nlohmann::json::parse(response.body);
    }

    static std::vector<std::string> codes_of(const nlohmann::json& errors) {
        std::vector<std::string> codes;
        for (const auto& error : errors) {
            codes.push_back(error["code"]);
        }
        return codes;
    }

    Routes routes_;
    std::chrono::sys_seconds now_ = booking::kNow;

  private:
    Response done(Step step) {
        if (auto* response = std::get_if<Response>(&step)) {
            return std::move(*response);
        }
        auto result = writer_.run(std::get<Work>(std::move(step))).value();
        return result ? *std::move(result) : std::move(result).error();
    }
};

}  // namespace creneau::http
