#include "api/http/origin_check.hpp"

#include <gtest/gtest.h>

namespace creneau::http {
namespace {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Row {
    const char* name;
    Headers headers;
    bool secure;
    bool without_cookie;
    bool with_cookie;
};

class OriginCheck : public testing::TestWithParam<Row> {};

TEST_P(OriginCheck, TellsOurPagesFromStrangers) {
    Request request;
    request.headers = GetParam().headers;
    request.secure = GetParam().secure;
    EXPECT_EQ(sent_by_ourselves(request, "https://salles.example.org"), GetParam().without_cookie);
    request.session_token = "token";
    EXPECT_EQ(sent_by_ourselves(request, "https://salles.example.org"), GetParam().with_cookie);
}

TEST(OriginOf, AnEmptyOriginIsNotAnAddressThatWasNeverSet) {
    Request request;
    request.headers = {{"origin", ""}};
    request.session_token = "token";
    EXPECT_FALSE(sent_by_ourselves(request, ""));
}

INSTANTIATE_TEST_SUITE_P(
    Table, OriginCheck,
    testing::Values(Row{"Program", {}, true, true, false},
                    Row{"OurOrigin", {{"origin", "https://salles.example.org"}}, true, true, true},
                    Row{"OurOriginFromAnotherSite",
                        {{"origin", "https://salles.example.org"},
                         {"sec-fetch-site", "cross-site"}},
                        true,
                        false,
                        false},
                    Row{"ForeignOrigin", {{"origin", "https://evil.example"}}, true, false, false},
                    Row{"NullOrigin", {{"origin", "null"}}, true, false, false},
                    Row{"SameOrigin", {{"sec-fetch-site", "same-origin"}}, true, true, true},
                    Row{"SameSite", {{"sec-fetch-site", "same-site"}}, true, false, false},
                    Row{"ForeignOriginCalledSame",
                        {{"origin", "https://evil.example"}, {"sec-fetch-site", "same-origin"}},
                        true,
                        false,
                        false},
                    Row{"Loopback",
                        {{"host", "127.0.0.1:8080"}, {"origin", "http://127.0.0.1:8080"}},
                        false,
                        true,
                        true},
                    Row{"LoopbackOfAnotherPort",
                        {{"host", "127.0.0.1:8080"}, {"origin", "http://127.0.0.1:9090"}},
                        false,
                        false,
                        false},
                    Row{"NameBoundToLoopback",
                        {{"host", "evil.example:8080"}, {"origin", "http://evil.example:8080"}},
                        false,
                        false,
                        false},
                    Row{"LoopbackBehindHttps",
                        {{"host", "127.0.0.1:8080"}, {"origin", "http://127.0.0.1:8080"}},
                        true,
                        false,
                        false}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace creneau::http
