#include "door-agent/door/badge_text.hpp"

#include "door-agent/door/throttle.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace creneau::door {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr BadgeFormat kHex{};
constexpr BadgeFormat kCard{BadgeFormat::Spelling::card, 0};
constexpr BadgeFormat kWiegand26{BadgeFormat::Spelling::decimal, 3};
constexpr BadgeFormat kUid32{BadgeFormat::Spelling::decimal, 4};

struct Row {
    std::string name;
    std::string text;
    BadgeFormat format;
    std::optional<std::vector<std::uint8_t>> number;
};

void PrintTo(const Row& row, std::ostream* out) {
    *out << row.name;
}

class BadgeText : public testing::TestWithParam<Row> {};

TEST_P(BadgeText, HasTheCanonicalNumberOrNone) {
    const auto badge = badge_in(GetParam().text, GetParam().format);
    ASSERT_EQ(badge.has_value(), GetParam().number.has_value());
    if (badge) {
        const auto bytes = badge->number();
        EXPECT_EQ(std::vector<std::uint8_t>(bytes.begin(), bytes.end()), *GetParam().number);
        EXPECT_EQ(badge->assurance, policy::Assurance::low);
    }
}

INSTANTIATE_TEST_SUITE_P(
    Reads, BadgeText,
    testing::Values(
        Row{"uid_of_four_bytes", "04a1B2c3", kHex, {{0x04, 0xA1, 0xB2, 0xC3}}},
        Row{"uid_of_seven_bytes", "04010203040506", kHex, {{4, 1, 2, 3, 4, 5, 6}}},
        Row{"uid_of_ten_bytes",
            "00112233445566778899",
            kHex,
            {{0, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99}}},
        Row{"leading_zeros_belong_to_a_uid", "00000001", kHex, {{0, 0, 0, 1}}},
        Row{"no_uid_has_five_bytes", "0011223344", kHex, std::nullopt},
        Row{"a_card_may_have_five_bytes", "0011223344", kCard, {{0, 0x11, 0x22, 0x33, 0x44}}},
        Row{"no_card_has_six_bytes", "001122334455", kCard, std::nullopt},
        Row{"half_a_byte", "04a1b2c", kHex, std::nullopt},
        Row{"not_hexadecimal", "04a1b2cg", kHex, std::nullopt},
        Row{"a_sign_is_no_digit", "+4a1b2c3", kHex, std::nullopt},
        Row{"empty", "", kHex, std::nullopt},
        Row{"a_pass", std::string(200, '6'), kHex, std::nullopt},
        Row{"wiegand_26_in_decimal", "11259375", kWiegand26, {{0xAB, 0xCD, 0xEF}}},
        Row{"padded_by_its_reader", "0000000258", kWiegand26, {{0, 1, 2}}},
        Row{"wider_than_its_format", "16777216", kWiegand26, std::nullopt},
        Row{"the_same_number_in_four_bytes", "16777216", kUid32, {{1, 0, 0, 0}}},
        Row{"no_decimal_number", "12a4", kUid32, std::nullopt},
        Row{"a_pass_is_no_number", std::string(200, '1'), kUid32, std::nullopt},
        Row{"nothing", "", kUid32, std::nullopt}),
    [](const auto& one) { return one.param.name; });

TEST(Throttle, LetsFiveUnknownNumbersThroughAndThenPausesLongerAndLonger) {
    Throttle throttle;
    BootTime now{seconds{1000}};
    for (int i = 0; i < 5; ++i) {
        EXPECT_TRUE(throttle.lets(now));
        throttle.unknown(now);
    }
    for (const int pause : {1, 2, 4, 8, 16, 30, 30, 30}) {
        EXPECT_FALSE(throttle.lets(now + seconds{pause} - BootTime{1})) << pause;
        now += seconds{pause};
        EXPECT_TRUE(throttle.lets(now)) << pause;
        throttle.unknown(now);
    }
}

TEST(Throttle, ForgetsAfterFiveQuietMinutes) {
    Throttle throttle;
    BootTime now{seconds{1000}};
    for (int i = 0; i < 12; ++i) {
        throttle.unknown(now);
    }
    now += minutes{5};
    throttle.unknown(now);
    EXPECT_TRUE(throttle.lets(now));
}

}  // namespace
}  // namespace creneau::door
