#include "door-agent/config.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace creneau::door {
namespace {

const std::string kGood = R"(name = "danton"
town_id = 92046
root_fingerprints = ["0000000000000000000000000000000000000000000000000000000000000001"]
policy_file = "/tmp/policy.cose"
state_dir = "/tmp/state"
[clock]
source = "rtc"
[journal]
capacity = 5000
[[bus]]
name = "relays"
tcp = "127.0.0.1:1502"
[[bus]]
name = "line"
rtu = "/dev/ttyS0"
baud = 19200
parity = "E"
[[door]]
key = "street"
bus = "relays"
board = "waveshare-relay-8"
channel = 0
contact = { input = 7, normally = "open" }
fire = { input = 2 }
[[door]]
key = "hall"
bus = "line"
board = "generic-coil"
unit = 7
channel = 1
external_timer_s = 10
[[reader]]
key = "qr"
kind = "serial"
device = "/dev/ttyACM0"
door = "street"
[[reader]]
key = "wedge"
kind = "wedge"
usb_port = "1-1.3"
vendor = 0x1a86
product = 0xe027
door = "hall"
)";

TEST(Config, ReadsEverySetting) {
    const auto config = parse_config(kGood, "a.toml");
    ASSERT_TRUE(config) << config.error().front();
    EXPECT_EQ(config->name, "danton");
    EXPECT_EQ(config->town, qr::TownId{92'046});
    EXPECT_EQ(config->roots.size(), 1U);
    EXPECT_EQ(config->clock, ClockSource::rtc);
    EXPECT_EQ(config->journal_capacity, 5'000);
    ASSERT_EQ(config->buses.size(), 2U);
    EXPECT_EQ(std::get<TcpAddress>(config->buses[0].address).port, 1502);
    EXPECT_EQ(std::get<RtuLine>(config->buses[1].address).parity, 'E');
    ASSERT_EQ(config->doors.size(), 2U);
    ASSERT_TRUE(config->doors[0].inputs.contact && config->doors[0].inputs.fire);
    EXPECT_EQ(config->doors[0].inputs.contact->bus, "relays");
    EXPECT_EQ(config->doors[0].inputs.contact->input, 7);
    EXPECT_FALSE(config->doors[0].inputs.contact->normally_closed);
    EXPECT_TRUE(config->doors[0].inputs.fire->normally_closed);
    EXPECT_FALSE(config->doors[0].inputs.exit);
    EXPECT_EQ(config->doors[1].lock.external_timer, std::chrono::seconds{10});
    ASSERT_EQ(config->readers.size(), 2U);
    EXPECT_EQ(std::get<WedgeReaderSettings>(config->readers[1].device).vendor, 0x1a86);
    EXPECT_EQ(journal_file(*config), "/tmp/state/journal.db");
}

struct Wrong {
    std::string name;
    std::string from;
    std::string to;
    std::string place;  ///< what the error must begin with
    std::string hint;   ///< what it must say
};

void PrintTo(const Wrong& wrong, std::ostream* out) {
    *out << wrong.name;
}

const std::vector<Wrong> kWrong{
    {"unknown_key", "town_id", "colour = 1\ntown_id", "a.toml:2: colour:", "is not known here"},
    {"unknown_key_in_a_door", "unit = 7", "unti = 7", "a.toml:29: door[2].unti:", "known are key"},
    {"missing_name", "name = \"danton\"\n", "", "a.toml:1: name:", "is missing"},
    {"number_as_text", "town_id = 92046", "town_id = \"92046\"",
     "a.toml:2: town_id:", "whole number"},
    {"short_fingerprint", "0000000000000001\"", "\"",
     "a.toml:3: root_fingerprints:", "64 hexadecimal digits"},
    {"relative_path", "\"/tmp/state\"", "\"state\"", "a.toml:5: state_dir:", "absolute path"},
    {"unknown_clock", "\"rtc\"", "\"sun\"", "a.toml:7: clock.source:", "\"ntp\""},
    {"tiny_capacity", "5000", "5", "a.toml:9: journal.capacity:", "from 100"},
    {"bad_port", "127.0.0.1:1502", "127.0.0.1:x", "a.toml:12: bus[1].tcp:", "address and a port"},
    {"host_name", "127.0.0.1:1502", "localhost:502", "a.toml:12: bus[1].tcp:", "IPv4"},
    {"two_lines", "rtu = \"/dev/ttyS0\"", "rtu = \"/dev/ttyS0\"\ntcp = \"1.2.3.4:502\"",
     "a.toml:15: bus[2].rtu:", "either"},
    {"odd_parity", "\"E\"", "\"X\"", "a.toml:17: bus[2].parity:", "\"O\""},
    {"unknown_board", "waveshare-relay-8", "toaster", "a.toml:21: door[1].board:", "no board"},
    {"nothing_ends_it", "external_timer_s = 10\n", "",
     "a.toml:28: door[2].board:", "external_timer_s"},
    {"channel_too_high", "channel = 0", "channel = 8", "a.toml:22: door[1].channel:", "relay"},
    {"no_such_bus", "bus = \"line\"", "bus = \"lane\"", "a.toml:27: door[2].bus:", "\"lane\""},
    {"no_such_door", "door = \"hall\"", "door = \"attic\"",
     "a.toml:43: reader[2].door:", "\"attic\""},
    {"same_key_twice", "key = \"hall\"", "key = \"street\"",
     "a.toml:26: door[2].key:", "stands twice"},
    {"unknown_reader", "kind = \"wedge\"", "kind = \"laser\"",
     "a.toml:39: reader[2].kind:", "\"serial\", \"wedge\""},
    {"usb_id_as_text", "0x1a86", "\"1a86\"", "a.toml:41: reader[2].vendor:", "0x1a86"},
    {"two_buses_on_one_board", "rtu = \"/dev/ttyS0\"\nbaud = 19200\nparity = \"E\"",
     "tcp = \"127.0.0.1:1502\"", "a.toml:15: bus[2].tcp:", "under one [[bus]]"},
    {"two_buses_on_one_line", "tcp = \"127.0.0.1:1502\"", "rtu = \"/dev//ttyS0\"",
     "a.toml:15: bus[2].rtu:", "[[bus]] \"relays\" already has"},
    {"two_readers_on_one_tty",
     "kind = \"wedge\"\nusb_port = \"1-1.3\"\nvendor = 0x1a86\nproduct = 0xe027",
     "kind = \"serial\"\ndevice = \"/dev/ttyACM0\"",
     "a.toml:40: reader[2].device:", "a device of its own"},
    {"two_readers_on_one_usb_port", "kind = \"serial\"\ndevice = \"/dev/ttyACM0\"",
     "kind = \"wedge\"\nusb_port = \"1-1.3\"\nvendor = 0x1a86\nproduct = 0xe027",
     "a.toml:42: reader[2].usb_port:", "a device of its own"},
    {"a_reader_on_the_line_of_a_bus", "/dev/ttyACM0", "/dev/ttyS0",
     "a.toml:35: reader[1].device:", "[[bus]] \"line\""},
    {"a_speed_that_no_reader_has", "device = \"/dev/ttyACM0\"",
     "device = \"/dev/ttyACM0\"\nbaud = 4800", "a.toml:36: reader[1].baud:", "19200"},
    {"an_answer_longer_than_a_living_bus", "baud = 19200", "response_timeout_ms = 1001",
     "a.toml:16: bus[2].response_timeout_ms:", "10 to 1000"},
    {"an_input_that_the_board_has_not", "input = 7", "input = 8",
     "a.toml:23: door[1].contact.input:", "no such input"},
    {"an_input_of_a_board_without_a_lock", "input = 2", "input = 2, unit = 9",
     "a.toml:24: door[1].fire.unit:", "no door"},
    {"a_third_way_to_wire", "\"open\"", "\"ajar\"",
     "a.toml:23: door[1].contact.normally:", "\"closed\" or \"open\""},
    {"polls_too_slow_for_inputs", "tcp = \"127.0.0.1:1502\"",
     "tcp = \"127.0.0.1:1502\"\npoll_period_ms = 200", "a.toml:24: door[1].contact.input:", "150"},
    {"a_spelling_that_nobody_knows", "device = \"/dev/ttyACM0\"",
     "device = \"/dev/ttyACM0\"\nbadges = \"octal\"", "a.toml:36: reader[1].badges:", "decimal"},
    {"a_decimal_number_without_a_width", "device = \"/dev/ttyACM0\"",
     "device = \"/dev/ttyACM0\"\nbadges = \"decimal\"",
     "a.toml:32: reader[1].badge_bytes:", "Wiegand 26"},
    {"a_moxa_without_a_timer", "waveshare-relay-8", "moxa-iologik-e1214",
     "a.toml:21: door[1].board:", "external_timer_s"},
    {"not_toml", "[clock]", "[clock", "a.toml:6:", ""},
};

class WrongConfig : public testing::TestWithParam<Wrong> {};

TEST_P(WrongConfig, NamesPlaceAndCure) {
    std::string text = kGood;
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

INSTANTIATE_TEST_SUITE_P(Config, WrongConfig, testing::ValuesIn(kWrong),
                         [](const auto& one) { return one.param.name; });

TEST(Config, ReportsEveryErrorAtOnceInOrderOfLines) {
    const auto config = parse_config("name = 3\ntown_id = 0\nextra = true\n", "a.toml");
    ASSERT_FALSE(config);
    EXPECT_GE(config.error().size(), 8U);
    const auto& errors = config.error();
    const auto line_of = [](const std::string& error) { return std::stoi(error.substr(7)); };
    EXPECT_TRUE(std::ranges::is_sorted(errors, {}, line_of));
}

TEST(Config, TellsAMissingFileFromABadOne) {
    const auto config = load_config("/nonexistent/agent.toml");
    ASSERT_FALSE(config);
    EXPECT_NE(config.error().front().find("cannot be read"), std::string::npos);
}

}  // namespace
}  // namespace creneau::door
