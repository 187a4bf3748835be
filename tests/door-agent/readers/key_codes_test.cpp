#include "door-agent/readers/key_codes.hpp"

#include "door-agent/readers/usb_keyboards.hpp"

#include <gtest/gtest.h>

#include <map>

#include <linux/input-event-codes.h>

namespace creneau::door {
namespace {

const std::map<int, char> kDigits = {
    {KEY_1, '1'},   {KEY_2, '2'},   {KEY_3, '3'},   {KEY_4, '4'},   {KEY_5, '5'},
    {KEY_6, '6'},   {KEY_7, '7'},   {KEY_8, '8'},   {KEY_9, '9'},   {KEY_0, '0'},
    {KEY_KP0, '0'}, {KEY_KP1, '1'}, {KEY_KP2, '2'}, {KEY_KP3, '3'}, {KEY_KP4, '4'},
    {KEY_KP5, '5'}, {KEY_KP6, '6'}, {KEY_KP7, '7'}, {KEY_KP8, '8'}, {KEY_KP9, '9'},
};

TEST(KeyCodes, OnlyTheseKeysMeanSomething) {
    for (int code = 0; code <= KEY_MAX; ++code) {
        KeyMeaning expected;
        if (const auto digit = kDigits.find(code); digit != kDigits.end()) {
            expected.digit = digit->second;
        }
        expected.ends = code == KEY_ENTER || code == KEY_KPENTER || code == KEY_TAB;
        EXPECT_EQ(meaning_of_key(static_cast<std::uint16_t>(code)), expected) << code;
    }
}

TEST(KeyCodes, ModifiersAreNotCharacters) {
    for (const int code : {KEY_LEFTSHIFT, KEY_RIGHTSHIFT, KEY_CAPSLOCK, KEY_NUMLOCK}) {
        EXPECT_TRUE(is_modifier(static_cast<std::uint16_t>(code)));
    }
    EXPECT_FALSE(is_modifier(KEY_A));
    EXPECT_FALSE(is_modifier(KEY_1));
}

TEST(UsbKeyboards, TheReaderIsBoundToPortVendorAndProduct) {
    const std::vector<InputDevice> devices = {
        {"/dev/input/event0", "", 0x0001, 0x0001, true},
        {"/dev/input/event1", "1-1.2", 0x0c2e, 0x0200, true},
        {"/dev/input/event2", "1-1.3", 0x046d, 0xc31c, true},
        {"/dev/input/event3", "1-1.3", 0x0c2e, 0x0200, true},
    };
    const WedgeReaderSettings settings{"qr", "1-1.3", 0x0c2e, 0x0200};
    const InputDevice* reader = find_reader(devices, settings);
    ASSERT_NE(reader, nullptr);
    EXPECT_EQ(reader->node, "/dev/input/event3");
    EXPECT_EQ(find_reader(devices, {"qr", "1-1.4", 0x0c2e, 0x0200}), nullptr);
    EXPECT_EQ(find_reader(devices, {"qr", "1-1.3", 0x0c2e, 0x0201}), nullptr);
    EXPECT_EQ(find_reader(devices, {"qr", "", 0x0001, 0x0001}), nullptr) << "not a USB device";
}

TEST(UsbKeyboards, OfAReadersInterfacesTheOneThatTypesDigitsIsTaken) {
    const std::vector<InputDevice> devices = {
        {"/dev/input/event3", "1-1.3", 0x0c2e, 0x0200, false},
        {"/dev/input/event4", "1-1.3", 0x0c2e, 0x0200, true},
    };
    const InputDevice* reader = find_reader(devices, {"qr", "1-1.3", 0x0c2e, 0x0200});
    ASSERT_NE(reader, nullptr);
    EXPECT_EQ(reader->node, "/dev/input/event4");
}

TEST(UsbKeyboards, DigitsAndAnEndAreReadFromTheCapabilities) {
    EXPECT_TRUE(
        can_type_digits("1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe", 64));
    EXPECT_TRUE(
        can_type_digits("10000 7 ff9f207a c14057ff febeffdf ffefffff ffffffff fffffffe", 32));
    EXPECT_TRUE(can_type_digits("10000ffc", 64)) << "upper row and Enter";
    EXPECT_FALSE(can_type_digits("ffc", 64)) << "nothing ends a frame";
    EXPECT_FALSE(can_type_digits("10000ff8", 64)) << "a digit is missing";
    EXPECT_FALSE(
        can_type_digits("3f000301ff 0 0 483ffff17aff32d bfd4444600000000 1 "
                        "130ff38b17c000 677bfad9415fed 9ed68000004400 10000002",
                        64))
        << "media keys";
    for (const auto* nothing : {"", "0", "x"}) {
        EXPECT_FALSE(can_type_digits(nothing, 64));
    }
}

}  // namespace
}  // namespace creneau::door
