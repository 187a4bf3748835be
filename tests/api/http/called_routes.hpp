#pragma once

#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/people/people_store.hpp"
#include "api/people/session_types.hpp"
#include "api/store/readers.hpp"
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

/// Routes on a filled town, called without the server around them.
class CalledRoutes : public testing::TestWithParam<store::Engine>, protected booking::FilledTown {
  protected:
    using Query = std::vector<std::pair<std::string, std::string>>;
    struct Call {
        std::optional<booking::PersonId> person;
        std::string method;
        std::string path;
        nlohmann::json body = nullptr;
        std::vector<std::pair<std::string, std::string>> headers = {};
        Query query = {};
        std::string raw = {};  ///< a body that is no JSON
    };

    CalledRoutes() : FilledTown(GetParam()), readers_(database_.database(), 1) {}

    Response call(const Call& call) {
        Request request;
        request.method = call.method;
        request.path = call.path;
        request.headers = call.headers;
        request.query = call.query;
        if (!call.body.is_null()) {
            request.body = call.body.dump();
        }
        request.body += call.raw;
        request.town = booking::kTown;
        request.now = now_;
        request.language = Language::en;
        request.client = "192.0.2.7";
        if (call.person) {
            request.person = people::find_person(*session_, booking::kTown, *call.person);
            request.session = people::CurrentSession{people::SessionId{1}, proved_at_};
        }
        const auto found = routes_.find(request);
        if (found.route == nullptr) {
            return {404, {}, ""};
        }
        if (const auto* read = std::get_if<ReadHandler>(&found.route->handler)) {
            return (*read)(request, *session_);
        }
        if (const auto* slow = std::get_if<SlowHandler>(&found.route->handler)) {
            return done((*slow)(request, readers_));
        }
        return done(std::get<StepHandler>(found.route->handler)(request));
    }
    /// Nobody is signed in without a person.
    Response call(std::optional<booking::PersonId> person, const std::string& method,
                  const std::string& path, const nlohmann::json& body = nullptr,
                  const Query& query = {}) {
        return call(Call{person, method, path, body, {}, query, {}});
    }
    Response post(booking::PersonId person, const std::string& path,
                  const nlohmann::json& body = nlohmann::json::object()) {
        return call({person, "POST", path, body});
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
    store::Readers readers_;
    std::chrono::sys_seconds now_ = booking::kNow;
    std::chrono::sys_seconds proved_at_ =
        booking::kNow;  ///< when who calls last proved who they are

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
