#include "api/http/problem.hpp"

#include <gtest/gtest.h>

namespace creneau::http {
namespace {

TEST(Problem, CarriesCodeErrorsAndExtraMembersInTheAskedLanguage) {
    Request request;
    request.id = "r-1";
    Problem problem{409, "room_taken", {"La salle est prise.", "The room is taken."}};
    problem.errors = {{"/start", "overlap", {"Déjà pris.", "Taken."}}};
    problem.extra = {{"alternatives", {1, 2}}};
    const auto french = problem_response(request, problem);
    EXPECT_EQ(french.status, 409);
    EXPECT_EQ(french.headers[0].second, "application/problem+json");
    EXPECT_EQ(nlohmann::json::parse(french.body), nlohmann::json::parse(R"({
        "type": "about:blank", "title": "Conflit", "status": 409, "code": "room_taken",
        "detail": "La salle est prise.", "request_id": "r-1", "alternatives": [1, 2],
        "errors": [{"field": "/start", "code": "overlap", "detail": "Déjà pris."}]})"));
    request.language = Language::en;
    const auto english = nlohmann::json::parse(problem_response(request, problem).body);
    EXPECT_EQ(english["title"], "Conflict");
    EXPECT_EQ(english["errors"][0]["detail"], "Taken.");
}

TEST(Problem, TellsFiftyErrorsAndCutsWhatItEchoes) {
    std::string name = "/";
    for (int i = 0; i < 300; ++i) {
        name += "é";
    }
    const std::vector<FieldError> many(20'000, {name, "unknown", {"Inconnu.", "Unknown."}});
    const auto body = nlohmann::json::parse(unprocessable({}, many).body);
    ASSERT_EQ(body["errors"].size(), 51U);
    const std::string echo = body["errors"][0]["field"];
    EXPECT_LT(echo.size(), 210U);
    EXPECT_TRUE(echo.ends_with("é…")) << echo;
    EXPECT_EQ(body["errors"][50]["code"], "more_errors");
    EXPECT_EQ(body["errors"][50]["detail"], "20000 erreurs en tout.");
    const Problem long_winded{400, "malformed", {name, name}};
    EXPECT_LT(problem_response({}, long_winded).body.size(), 400U);
}

TEST(Problem, LetsASentenceThroughToItsEnd) {
    const auto detail_of = [](std::size_t letters) {
        std::string text;
        for (std::size_t i = 0; i < letters; ++i) {
            text += "é";
        }
        const auto response = unprocessable({}, {{"/start", "room_closed", {text + "fin.", ""}}});
        return nlohmann::json::parse(response.body)["errors"][0]["detail"].get<std::string>();
    };
    EXPECT_TRUE(detail_of(1000).ends_with("éfin."));
    EXPECT_TRUE(detail_of(50'000).ends_with("é…"));
    EXPECT_LT(detail_of(50'000).size(), 2100U);
}

TEST(Problem, SurvivesTextThatIsNoUtf8) {
    const auto response = problem_response({}, {400, "malformed", {"a\xff", "a\xff"}});
    EXPECT_TRUE(nlohmann::json::accept(response.body));
}

}  // namespace
}  // namespace creneau::http
