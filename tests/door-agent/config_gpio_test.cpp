#include "door-agent/config.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <variant>
#include <vector>

namespace creneau::door {
namespace {

const std::string kLines = R"(name = "danton"
town_id = 92046
root_fingerprints = ["0000000000000000000000000000000000000000000000000000000000000001"]
policy_file = "/tmp/policy.cose"
state_dir = "/tmp/state"
[[bus]]
name = "pins"
gpio = "/dev/gpiochip0"
outputs = [17, 27]
inputs = [5, 6]
outputs_active = "low"
[[bus]]
name = "relays"
tcp = "127.0.0.1:1502"
[[door]]
key = "street"
bus = "pins"
board = "gpio"
channel = 1
external_timer_s = 10
contact = { input = 1 }
[[reader]]
key = "qr"
kind = "serial"
device = "/dev/ttyACM0"
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
    {"nothing_ends_it", "external_timer_s = 10\n", "",
     "a.toml:18: door[1].board:", "external_timer_s"},
    {"a_watchdog", "external_timer_s = 10", "watchdog = { register = 8, value = 5, seconds = 5 }",
     "a.toml:20: door[1].watchdog:", "no registers"},
    {"a_third_relay", "channel = 1", "channel = 2", "a.toml:19: door[1].channel:", "2 outputs"},
    {"a_third_input", "input = 1", "input = 2", "a.toml:21: door[1].contact.input:", "2 inputs"},
    {"a_unit", "channel = 1", "channel = 1\nunit = 1", "a.toml:20: door[1].unit:", "Modbus"},
    {"a_relay_board_on_lines", "\"gpio\"\nchannel", "\"generic-coil\"\nchannel",
     "a.toml:18: door[1].board:", "must be \"gpio\""},
    {"lines_on_a_relay_board", "bus = \"pins\"", "bus = \"relays\"",
     "a.toml:18: door[1].board:", "gpio = ..."},
    {"no_outputs", "outputs = [17, 27]\n", "",
     "a.toml:6: bus[1].outputs:", "list of whole numbers"},
    {"a_line_as_text", "[17, 27]", "[17, \"27\"]", "a.toml:9: bus[1].outputs:", "from 0 to 1023"},
    {"an_output_as_input", "[5, 6]", "[5, 27]", "a.toml:9: bus[1].outputs:", "no line twice"},
    {"another_level", "\"low\"", "\"warm\"", "a.toml:11: bus[1].outputs_active:", "\"high\""},
    {"a_chip_with_an_address", "gpio = \"/dev/gpiochip0\"",
     "gpio = \"/dev/gpiochip0\"\ntcp = \"127.0.0.1:502\"", "a.toml:8: bus[1].gpio:", "not both"},
    {"a_line_of_another_bus", "tcp = \"127.0.0.1:1502\"",
     "gpio = \"/dev//gpiochip0\"\noutputs = [27]",
     "a.toml:15: bus[2].outputs:", "[[bus]] \"pins\" already has"},
};

class WrongLines : public testing::TestWithParam<Wrong> {};

TEST_P(WrongLines, NamePlaceAndCure) {
    std::string text = kLines;
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

INSTANTIATE_TEST_SUITE_P(Config, WrongLines, testing::ValuesIn(kWrong),
                         [](const auto& one) { return one.param.name; });

TEST(Config, ReadsGpioLines) {
    const auto config = parse_config(kLines, "a.toml");
    ASSERT_TRUE(config) << testing::PrintToString(config.error());
    const auto& pins = std::get<GpioPins>(config->buses[0].address);
    EXPECT_EQ(pins.chip, "/dev/gpiochip0");
    EXPECT_EQ(pins.outputs, (std::vector<unsigned>{17, 27}));
    EXPECT_EQ(pins.inputs, (std::vector<unsigned>{5, 6}));
    EXPECT_TRUE(pins.outputs_active_low);
    EXPECT_EQ(config->doors[0].lock.external_timer, std::chrono::seconds{10});
    EXPECT_EQ(config->doors[0].inputs.contact->bus, "pins");
}

}  // namespace
}  // namespace creneau::door
