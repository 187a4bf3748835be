#include "policy/cbor.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <vector>

namespace creneau::policy::cbor {
namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();

struct Refused {
    std::string name;
    Bytes input;
    std::function<void(Reader&)> read;
    PolicyFault fault;
};

const auto kCaseName = [](const auto& row) { return row.param.name; };

class ReaderRefuses : public testing::TestWithParam<Refused> {};

void read_number(Reader& in) {
    in.number(0, kMost);
}
void read_text(Reader& in) {
    in.text(100);
}
void read_bytes(Reader& in) {
    in.bytes(100);
}
void read_boolean(Reader& in) {
    in.boolean();
}

TEST_P(ReaderRefuses, EverythingOutsideTheSubset) {
    Reader in{GetParam().input, "whole"};
    GetParam().read(in);
    in.end();
    ASSERT_FALSE(in.ok());
    EXPECT_EQ(in.error().fault, GetParam().fault);
}

INSTANTIATE_TEST_SUITE_P(
    Cbor, ReaderRefuses,
    testing::Values(
        Refused{"nothing", {}, read_number, PolicyFault::malformed},
        Refused{"negative", {0x20}, read_number, PolicyFault::malformed},
        Refused{"float", {0xF9, 0x3C, 0x00}, read_number, PolicyFault::malformed},
        Refused{"tag", {0xC1, 0x01}, read_number, PolicyFault::malformed},
        Refused{"long_head_of_23", {0x18, 0x17}, read_number, PolicyFault::malformed},
        Refused{"long_head_of_255", {0x19, 0x00, 0xFF}, read_number, PolicyFault::malformed},
        Refused{
            "long_head_of_65535", {0x1A, 0, 0, 0xFF, 0xFF}, read_number, PolicyFault::malformed},
        Refused{"long_head_of_32_bits",
                {0x1B, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF},
                read_number,
                PolicyFault::malformed},
        Refused{"reserved_head", {0x1C}, read_number, PolicyFault::malformed},
        Refused{"cut_head", {0x19, 0x01}, read_number, PolicyFault::malformed},
        Refused{"trailing_byte", {0x01, 0x00}, read_number, PolicyFault::malformed},
        Refused{"indefinite_bytes", {0x5F, 0x41, 0x00, 0xFF}, read_bytes, PolicyFault::malformed},
        Refused{"indefinite_text", {0x7F, 0x61, 0x61, 0xFF}, read_text, PolicyFault::malformed},
        Refused{"cut_bytes", {0x42, 0x00}, read_bytes, PolicyFault::malformed},
        Refused{"claimed_exabytes",
                {0x5B, 0x10, 0, 0, 0, 0, 0, 0, 0},
                read_bytes,
                PolicyFault::too_large},
        Refused{"text_for_bytes", {0x61, 0x61}, read_bytes, PolicyFault::malformed},
        Refused{"null_for_boolean", {0xF6}, read_boolean, PolicyFault::malformed},
        Refused{"overlong_utf8", {0x62, 0xC0, 0x80}, read_text, PolicyFault::malformed},
        Refused{"overlong_three", {0x63, 0xE0, 0x80, 0x80}, read_text, PolicyFault::malformed},
        Refused{"surrogate", {0x63, 0xED, 0xA0, 0x80}, read_text, PolicyFault::malformed},
        Refused{"above_unicode", {0x64, 0xF4, 0x90, 0x80, 0x80}, read_text, PolicyFault::malformed},
        Refused{"cut_utf8", {0x61, 0xC3}, read_text, PolicyFault::malformed},
        Refused{"line_feed", {0x61, 0x0A}, read_text, PolicyFault::malformed}),
    kCaseName);

TEST(Cbor, ReadsBackWhatItWrites) {
    const std::vector<std::uint64_t> numbers{0,     23,    24,          255,           256,
                                             65535, 65536, 0xFFFF'FFFF, 0x1'0000'0000, kMost};
    Writer out;
    out.array(numbers.size());
    for (const std::uint64_t number : numbers) {
        out.number(number);
    }
    out.map(1);
    out.text("clé");
    out.boolean(true);
    out.bytes(Bytes(300, 0xAB));

    Reader in{out.result(), "whole"};
    in.array_of(numbers.size());
    for (const std::uint64_t number : numbers) {
        EXPECT_EQ(in.number(0, kMost), number);
    }
    in.map_of(1);
    in.key("clé");
    EXPECT_TRUE(in.boolean());
    EXPECT_EQ(in.bytes(300).size(), 300U);
    in.end();
    EXPECT_TRUE(in.ok());
}

TEST(Cbor, WritesTheFormsOfTheStandard) {
    Writer out;
    out.number(1'000'000);
    out.bytes(Bytes{1, 2, 3, 4});
    out.text("IETF");
    const Bytes expected{0x1A, 0x00, 0x0F, 0x42, 0x40, 0x44, 0x01, 0x02,
                         0x03, 0x04, 0x64, 0x49, 0x45, 0x54, 0x46};
    EXPECT_EQ(out.result(), expected);
}

TEST(Cbor, KeepsTheFirstFaultAndNamesItsPlace) {
    Writer out;
    out.map(1);
    out.text("doors");
    out.array(2);
    out.number(1);
    out.number(70'000);
    Reader in{out.result(), "manifest"};
    in.map_of(1);
    in.key("doors");
    const std::size_t count = in.array(10);
    in.enter();
    for (std::size_t i = 0; i < count; ++i) {
        in.at(i);
        in.number(0, 65'535);
    }
    in.leave();
    in.boolean();
    EXPECT_EQ(in.error(), (PolicyError{PolicyFault::out_of_range, "manifest/doors/1"}));
}

TEST(Cbor, NeverRecursesIntoNesting) {
    for (const std::uint8_t opening : Bytes{0x81, 0x9F, 0x5F, 0x7F, 0xA1, 0xC1}) {
        const Bytes nested(4'000'000, opening);
        Reader in{nested, "whole"};
        in.map_of(12);
        in.key("form");
        EXPECT_FALSE(in.ok());
    }
}

}  // namespace
}  // namespace creneau::policy::cbor
