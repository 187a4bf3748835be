#include "door-agent/config.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace creneau::door {
namespace {

const std::string kSignals = R"(name = "danton"
town_id = 92046
root_fingerprints = ["0000000000000000000000000000000000000000000000000000000000000001"]
policy_file = "/tmp/policy.cose"
state_dir = "/tmp/state"
[[bus]]
name = "relays"
tcp = "127.0.0.1:1502"
[[door]]
key = "street"
bus = "relays"
board = "waveshare-relay-8"
channel = 0
green = { channel = 4 }
red = { channel = 5 }
tone = { channel = 6 }
[[door]]
key = "hall"
bus = "relays"
board = "waveshare-relay-8"
unit = 2
channel = 0
green = { channel = 1 }
red = { channel = 2 }
tone = { unit = 1, channel = 7 }
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
    {"its_own_lock", "green = { channel = 4 }", "green = { channel = 0 }",
     "a.toml:14: door[1].green.channel:", "a lock is on this relay"},
    {"the_lock_of_a_door_above", "unit = 1, channel = 7", "unit = 1, channel = 0",
     "a.toml:25: door[2].tone.channel:", "a lock is on this relay"},
    {"a_lock_on_the_light_of_a_door_above", "unit = 2\nchannel = 0", "unit = 1\nchannel = 4",
     "a.toml:22: door[2].channel:", "a light or tone of a door above"},
    {"the_light_of_a_door_above", "unit = 1, channel = 7", "unit = 1, channel = 6",
     "a.toml:25: door[2].tone.channel:", "a light or tone of a door above"},
    {"two_lights_on_one_relay", "red = { channel = 5 }", "red = { channel = 4 }",
     "a.toml:15: door[1].red.channel:", "another light or tone"},
    {"a_light_without_a_sound", "tone = { channel = 6 }\n", "",
     "a.toml:9: door[1].tone:", "also heard"},
    {"a_sound_without_a_light", "red = { channel = 5 }\n", "",
     "a.toml:9: door[1].red:", "also heard"},
    {"a_relay_that_the_board_has_not", "channel = 6", "channel = 8",
     "a.toml:16: door[1].tone.channel:", "no such relay"},
    {"a_board_without_a_lock", "channel = 6", "unit = 3, channel = 6",
     "a.toml:16: door[1].tone.unit:", "no door"},
};

class WrongSignals : public testing::TestWithParam<Wrong> {};

TEST_P(WrongSignals, NamePlaceAndCure) {
    std::string text = kSignals;
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

INSTANTIATE_TEST_SUITE_P(Config, WrongSignals, testing::ValuesIn(kWrong),
                         [](const auto& one) { return one.param.name; });

TEST(Config, ReadsLightAndSoundOfADoor) {
    const auto config = parse_config(kSignals, "a.toml");
    ASSERT_TRUE(config) << testing::PrintToString(config.error());
    ASSERT_TRUE(config->doors[0].signals && config->doors[1].signals);
    EXPECT_EQ(config->doors[0].signals->green, (OutputPlace{"relays", 1, 4}));
    EXPECT_EQ(config->doors[0].signals->red, (OutputPlace{"relays", 1, 5}));
    EXPECT_EQ(config->doors[0].signals->tone, (OutputPlace{"relays", 1, 6}));
    EXPECT_EQ(config->doors[1].signals->tone, (OutputPlace{"relays", 1, 7}));
}

}  // namespace
}  // namespace creneau::door
