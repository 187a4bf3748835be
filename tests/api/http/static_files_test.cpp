#include "api/http/static_files.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <string>

namespace creneau::http {
namespace {

class StaticFilesTest : public testing::Test {
  protected:
    StaticFilesTest() {
        std::filesystem::remove_all(folder_);
        write("index.html", "<!doctype html>");
        write("assets/index-B2c4.js", "1;");
    }
    ~StaticFilesTest() override { std::filesystem::remove_all(folder_); }

    void write(const std::string& name, const std::string& bytes) {
        const auto file = folder_ / name;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file) << bytes;
    }

    [[nodiscard]] std::optional<Response> get(const std::string& path,
                                              const std::string& known = "") const {
        Request request;
        request.method = "GET";
        request.path = path;
        if (!known.empty()) {
            request.headers = {{"if-none-match", known}};
        }
        return StaticFiles(folder_).answer(request);
    }

    std::filesystem::path folder_ =
        std::filesystem::path(testing::TempDir()) /
        (std::string("pages-") + testing::UnitTest::GetInstance()->current_test_info()->name());
};

std::string header(const Response& response, const std::string& name) {
    const auto found =
        std::ranges::find(response.headers, name, [](const auto& header) { return header.first; });
    return found == response.headers.end() ? "" : found->second;
}

TEST_F(StaticFilesTest, AnswersEachScreenWithTheApplication) {
    for (const auto* path : {"/", "/index.html", "/reservations/12", "/api-explained"}) {
        const auto answer = get(path);
        ASSERT_TRUE(answer) << path;
        EXPECT_EQ(answer->body, "<!doctype html>") << path;
        EXPECT_EQ(header(*answer, "Cache-Control"), "private, no-cache") << path;
    }
}

TEST_F(StaticFilesTest, LeaveToTheApiWhatIsItsOwn) {
    for (const auto* path : {"/api", "/api/v1/nothing", "/feeds/x.ics", "/feeds/x", "/metrics",
                             "/door-agent/v1/other", "/assets/gone-A1.js", "/favicon.ico"}) {
        EXPECT_FALSE(get(path)) << path;
    }
    EXPECT_TRUE(get("/reservations"));
}

TEST_F(StaticFilesTest, AreKeptForAYearWhereTheNameChangesWithTheBytes) {
    const auto answer = get("/assets/index-B2c4.js");
    ASSERT_TRUE(answer);
    EXPECT_EQ(header(*answer, "Cache-Control"), "public, max-age=31536000, immutable");
    EXPECT_EQ(header(*answer, "Content-Type"), "text/javascript; charset=utf-8");
}

TEST_F(StaticFilesTest, AreNotSentAgainToWhoHasThem) {
    const auto first = get("/");
    ASSERT_TRUE(first);
    EXPECT_EQ(get("/", header(*first, "ETag"))->status, 304);
    EXPECT_EQ(get("/", "\"other\"")->status, 200);
}

TEST_F(StaticFilesTest, AllowNothingInlineAndNobodyElse) {
    const auto policy = header(*get("/"), "Content-Security-Policy");
    EXPECT_NE(policy.find("script-src 'self';"), std::string::npos) << policy;
    EXPECT_EQ(policy.find("unsafe"), std::string::npos) << policy;
    EXPECT_EQ(policy.find("http"), std::string::npos) << policy;
}

TEST_F(StaticFilesTest, ReachNothingOutsideTheFolder) {
    write("../secret.txt", "secret");
    EXPECT_FALSE(get("/../secret.txt"));
    EXPECT_FALSE(get("/%2e%2e/secret.txt"));
    EXPECT_TRUE(get("/"));
}

TEST_F(StaticFilesTest, NeedThePageAndKnownTypes) {
    EXPECT_THROW(StaticFiles{folder_ / "assets"}, std::runtime_error);
    write("notes.doc", "x");
    EXPECT_THROW(StaticFiles{folder_}, std::runtime_error);
    std::filesystem::remove(folder_ / "notes.doc");
    EXPECT_NO_THROW(StaticFiles{folder_});
}

}  // namespace
}  // namespace creneau::http
