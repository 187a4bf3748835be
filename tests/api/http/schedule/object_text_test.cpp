#include "api/http/object_text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {
namespace {

using nlohmann::json;

/// Pieces that a text may be made of: plain, to be escaped, and of two to four bytes.
std::string any_text() {
    const auto piece = rc::gen::element<std::string>(
        "a", "Z", "0", "/", " ", "\"", "\\", "\b", "\f", "\n", "\r", "\t", std::string(1, '\0'),
        "\x01", "\x1F", "\x7F", "é", "œ", "’", "€", "\xF0\x9F\x8E\xB5");
    std::string text;
    for (const auto& one : *rc::gen::container<std::vector<std::string>>(piece)) {
        text += one;
    }
    return text;
}

RC_GTEST_PROP(ObjectText, IsWhatADocumentWouldWrite, ()) {
    const auto first = any_text();
    const auto second = any_text();
    const auto number = *rc::gen::arbitrary<std::int64_t>();
    ObjectText object;
    object.text("a", first);
    object.number("b", number);
    object.null("c");
    object.text("d", second);
    RC_ASSERT(std::move(object).finished() ==
              json({{"a", first}, {"b", number}, {"c", nullptr}, {"d", second}}).dump());
}

TEST(ObjectText, WritesTheLargestNumbersAndNothing) {
    EXPECT_EQ(ObjectText().finished(), "{}");
    ObjectText object;
    object.number("least", std::numeric_limits<std::int64_t>::min());
    object.number("most", std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(std::move(object).finished(),
              R"({"least":-9223372036854775808,"most":9223372036854775807})");
}

TEST(ObjectText, RefusesWhatIsNoUtf8) {
    for (const auto* text : {"\xFF", "a\xC3", "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80"}) {
        ObjectText object;
        EXPECT_THROW(object.text("purpose", text), std::invalid_argument) << text;
    }
}

}  // namespace
}  // namespace creneau::http
