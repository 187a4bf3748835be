#include "api/http/fields.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace creneau::http {
namespace {

Request with_body(const std::string& body) {
    Request request;
    request.body = body;
    request.language = Language::en;
    return request;
}

/// "/field code" of every error in a problem answer, one a line; "code" alone without errors.
std::string summary(const Response& response) {
    const auto body = nlohmann::json::parse(response.body);
    if (!body.contains("errors")) {
        return body["code"];
    }
    std::string text;
    for (const auto& error : body["errors"]) {
        text += error["field"].get<std::string>() + ' ' + error["code"].get<std::string>() + '\n';
    }
    return text;
}

TEST(Fields, TakesRecordsOfWholeNumbersAndNamesEachThatIsNone) {
    const std::vector<std::string> members{"id", "quantity"};
    const auto good = with_body(R"({"things": [{"quantity": -2, "id": 7}]})");
    auto fields = Fields::of_body(good);
    EXPECT_EQ(fields.optional_records("things", members, 2),
              (std::vector<std::vector<std::int64_t>>{{7, -2}}));
    EXPECT_EQ(fields.optional_records("absent", members, 2), std::nullopt);
    EXPECT_TRUE(fields.ok());
    const auto bad = with_body(
        R"({"things": [{"id": "7"}, {"id": 1, "quantity": 2, "colour": 3}], "more": [{}, {}, {}],)"
        R"( "none": 4})");
    auto refused = Fields::of_body(bad);
    static_cast<void>(refused.optional_records("things", members, 2));
    static_cast<void>(refused.optional_records("more", members, 2));
    static_cast<void>(refused.optional_records("none", members, 2));
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(summary(refused.problem()),
              "/things/0/id not_an_integer\n/things/0/quantity required\n"
              "/things/1/colour unknown\n/more too_many\n/none not_a_list\n");
}

TEST(Fields, AnEditTellsAnEmptyMemberFromNone) {
    const auto request = with_body(R"({"emptied": " ", "same": null, "new": " a ", "ids": []})");
    auto fields = Fields::of_body(request);
    EXPECT_EQ(fields.edited_text("emptied", 5), "");
    EXPECT_EQ(fields.edited_text("same", 5), std::nullopt);
    EXPECT_EQ(fields.edited_text("absent", 5), std::nullopt);
    EXPECT_EQ(fields.edited_text("new", 5), "a");
    EXPECT_EQ(fields.edited_ids("ids", 5), std::vector<std::int64_t>{});
    EXPECT_EQ(fields.edited_ids("none", 5), std::nullopt);
    EXPECT_TRUE(fields.ok());
    const auto other = with_body(R"({"date": 2026})");
    auto wrong = Fields::of_body(other);
    EXPECT_EQ(wrong.edited_text("date", 5), std::nullopt) << "named as what it is, once";
    EXPECT_EQ(summary(wrong.problem()), "/date not_a_text\n");
}

TEST(Fields, ATextThatShowsNothingIsEmpty) {
    const auto request = with_body("{\"needed\": \"\u200b\", \"other\": \"\u00a0\"}");
    auto fields = Fields::of_body(request);
    EXPECT_EQ(fields.optional_text("other", 5), std::nullopt);
    static_cast<void>(fields.text("needed", 5));
    ASSERT_FALSE(fields.ok());
    EXPECT_EQ(summary(fields.problem()), "/needed required\n");
}

TEST(Fields, TakesEveryKindOfValue) {
    const auto request = with_body(R"({"id": 7, "name": "  Loto \n", "start": "2026-12-05T18:30",
        "at": "2026-12-05T18:30:00+01:00", "yes": true, "password": " s "})");
    auto fields = Fields::of_body(request);
    EXPECT_EQ(fields.integer("id", {1, 10}), 7);
    EXPECT_EQ(fields.text("name", 10), "Loto");
    EXPECT_EQ(fields.local_time("start").time_since_epoch(), std::chrono::minutes{29941590});
    EXPECT_EQ(fields.instant("at").time_since_epoch(), std::chrono::seconds{1796491800});
    EXPECT_EQ(fields.optional_boolean("yes"), true);
    EXPECT_EQ(fields.secret("password", 10), " s ");
    EXPECT_EQ(fields.optional_integer("absent", {}), std::nullopt);
    EXPECT_EQ(fields.optional_text("absent", 5), std::nullopt);
    EXPECT_TRUE(fields.ok());
}

TEST(Fields, NamesEverythingThatIsWrongAtOnce) {
    const auto request = with_body(R"({"id": "7", "many": 11, "name": "   ", "long": "abcdef",
        "start": "2026-02-30T18:30", "at": "2026-12-05", "yes": 1, "bell": "a\u0007",
        "a/b~": 1})");
    auto fields = Fields::of_body(request);
    (void)fields.integer("id", {1, 10});
    (void)fields.integer("many", {1, 10});
    (void)fields.text("name", 10);
    (void)fields.text("long", 5);
    (void)fields.local_time("start");
    (void)fields.instant("at");
    (void)fields.optional_boolean("yes");
    (void)fields.text("bell", 5);
    (void)fields.integer("absent", {});
    ASSERT_FALSE(fields.ok());
    EXPECT_EQ(fields.problem().status, 422);
    EXPECT_EQ(summary(fields.problem()),
              "/id not_an_integer\n/many out_of_range\n/name required\n/long too_long\n"
              "/start not_a_local_time\n/at not_an_instant\n/yes not_a_boolean\n"
              "/bell control_characters\n/absent required\n/a~1b~0 unknown\n");
}

TEST(Fields, CountsCharactersAndNotBytes) {
    const auto request = with_body(R"({"name": "éééé"})");
    auto fields = Fields::of_body(request);
    EXPECT_EQ(fields.text("name", 4), "éééé");
    EXPECT_TRUE(fields.ok());
}

TEST(Fields, RefusesNumbersThatAreNoSixtyFourBitIntegers) {
    for (const auto* number :
         {"1.0", "1e3", "9223372036854775808", "-9223372036854775809", "null"}) {
        const auto request = with_body("{\"n\": " + std::string(number) + "}");
        auto fields = Fields::of_body(request);
        (void)fields.integer("n", {});
        EXPECT_FALSE(fields.ok()) << number;
    }
}

struct MalformedRow {
    const char* name;
    std::string body;
    const char* code;
};

class MalformedBody : public testing::TestWithParam<MalformedRow> {};

TEST_P(MalformedBody, IsRefusedAsAWhole) {
    const auto request = with_body(GetParam().body);
    auto fields = Fields::of_body(request);
    ASSERT_FALSE(fields.ok());
    EXPECT_EQ(fields.problem().status, 400);
    EXPECT_EQ(summary(fields.problem()), GetParam().code);
}

INSTANTIATE_TEST_SUITE_P(
    Bodies, MalformedBody,
    testing::Values(
        MalformedRow{"NotJson", "{", "malformed"}, MalformedRow{"Trailing", "{} x", "malformed"},
        MalformedRow{"Array", "[]", "malformed"}, MalformedRow{"Null", "null", "malformed"},
        MalformedRow{"BadUtf8", "{\"a\": \"\xff\"}", "malformed"},
        MalformedRow{"HugeNumber", "{\"a\": 1e999}", "malformed"},
        MalformedRow{"DuplicateKey", R"({"a": 1, "a": 2})", "duplicate_key"},
        MalformedRow{"NestedDuplicateKey", R"({"a": {"b": 1, "b": 2}})", "duplicate_key"},
        MalformedRow{"TooDeep", "{\"a\": " + std::string(16, '[') + std::string(16, ']') + "}",
                     "too_deep"},
        MalformedRow{"BottomlessArray", std::string(1000000, '['), "too_deep"}),
    [](const auto& row) { return row.param.name; });

TEST(Fields, TakesSixteenLevels) {
    const auto request = with_body("{\"a\": " + std::string(15, '[') + std::string(15, ']') + "}");
    auto fields = Fields::of_body(request);
    EXPECT_EQ(summary(fields.ok() ? Response{} : fields.problem()), "/a unknown\n");
}

TEST(Fields, ReadsTheQueryWithNamesAndNotPointers) {
    Request request;
    request.query = {{"limit", "50"}, {"from", "x"}, {"odd", "1"}, {"odd", "2"}, {"n", "5x"}};
    auto fields = Fields::of_query(request);
    EXPECT_EQ(fields.optional_integer("limit", {1, 200}), 50);
    (void)fields.optional_instant("from");
    (void)fields.optional_integer("n", {});
    ASSERT_FALSE(fields.ok());
    EXPECT_EQ(summary(fields.problem()),
              "odd repeated\nfrom not_an_instant\nn not_an_integer\nodd unknown\n");
}

}  // namespace
}  // namespace creneau::http
