#include "door-agent/config.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <variant>
#include <vector>

namespace creneau::door {
namespace {

const std::string kReaders = R"(name = "danton"
town_id = 92046
root_fingerprints = ["0000000000000000000000000000000000000000000000000000000000000001"]
policy_file = "/tmp/policy.cose"
state_dir = "/tmp/state"
[[bus]]
name = "pins"
gpio = "/dev/gpiochip0"
outputs = [17]
inputs = [5]
[[door]]
key = "street"
bus = "pins"
board = "gpio"
channel = 0
external_timer_s = 10
[[reader]]
key = "wiegand"
kind = "wiegand"
gpio = "/dev/gpiochip0"
d0 = 14
d1 = 15
bits = 37
door = "street"
[[reader]]
key = "cards"
kind = "pcsc"
name = "ACS ACR122U PICC Interface 00 00"
door = "street"
)";

struct Wrong {
    std::string name;
    std::string from;
    std::string to;
    std::string place;
    std::string hint;
};

void PrintTo(const Wrong& wrong, std::ostream* out) {
    *out << wrong.name;
}

const std::vector<Wrong> kWrong{
    {"a_length_that_nobody_knows", "bits = 37", "bits = 35",
     "a.toml:23: reader[1].bits:", "26, 34 or 37"},
    {"one_line_for_both", "d1 = 15", "d1 = 14", "a.toml:22: reader[1].d1:", "another line"},
    {"no_second_line", "d1 = 15\n", "", "a.toml:17: reader[1].d1:", "is missing"},
    {"the_line_of_a_lock", "d0 = 14", "d0 = 17", "a.toml:21: reader[1].d0:", "[[bus]] \"pins\""},
    {"the_line_of_a_contact", "d1 = 15", "d1 = 5", "a.toml:22: reader[1].d1:", "[[bus]] \"pins\""},
    {"a_spelling", "bits = 37", "badges = \"hex\"", "a.toml:23: reader[1].badges:", "its own form"},
    {"no_name", "name = \"ACS ACR122U PICC Interface 00 00\"\n", "",
     "a.toml:25: reader[2].name:", "is missing"},
    {"two_on_one_reader",
     "kind = \"wiegand\"\ngpio = \"/dev/gpiochip0\"\nd0 = 14\nd1 = 15\nbits = 37",
     "kind = \"pcsc\"\nname = \"ACS ACR122U PICC Interface 00 00\"",
     "a.toml:25: reader[2].name:", "a reader above"},
};

class WrongReader : public testing::TestWithParam<Wrong> {};

TEST_P(WrongReader, NamesPlaceAndCure) {
    std::string text = kReaders;
    const auto& wrong = GetParam();
    const auto at = text.find(wrong.from);
    ASSERT_NE(at, std::string::npos);
    text.replace(at, wrong.from.size(), wrong.to);
    const auto config = parse_config(text, "a.toml");
    ASSERT_FALSE(config);
    EXPECT_TRUE(std::ranges::any_of(config.error(), [&](const std::string& error) {
        return error.starts_with(wrong.place) && error.find(wrong.hint) != std::string::npos;
    })) << testing::PrintToString(config.error());
}

INSTANTIATE_TEST_SUITE_P(Config, WrongReader, testing::ValuesIn(kWrong),
                         [](const auto& one) { return one.param.name; });

TEST(Config, ReadsReadersOnLinesAndOfCards) {
    const auto config = parse_config(kReaders, "a.toml");
    ASSERT_TRUE(config) << testing::PrintToString(config.error());
    const auto& wiegand = std::get<WiegandReaderSettings>(config->readers[0].device);
    EXPECT_EQ(wiegand.data0, 14U);
    EXPECT_EQ(wiegand.data1, 15U);
    EXPECT_EQ(wiegand.form, WiegandForm::bits37);
    ASSERT_TRUE(config->readers[0].badges);
    EXPECT_EQ(config->readers[0].badges->spelling, BadgeFormat::Spelling::decimal);
    EXPECT_EQ(config->readers[0].badges->bytes, 5U);
    EXPECT_EQ(std::get<PcscReaderSettings>(config->readers[1].device).name,
              "ACS ACR122U PICC Interface 00 00");
    ASSERT_TRUE(config->readers[1].badges);
    EXPECT_EQ(config->readers[1].badges->spelling, BadgeFormat::Spelling::card);
}

}  // namespace
}  // namespace creneau::door
