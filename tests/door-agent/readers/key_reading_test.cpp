#include "door-agent/readers/device_loop.hpp"
#include "door-agent/readers/key_decoder.hpp"
#include "tests/door-agent/readers/recorder.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include <fcntl.h>
#include <linux/input.h>
#include <sys/socket.h>
#include <unistd.h>

namespace creneau::door::test {
namespace {

struct Key {
    std::uint16_t code;
    int value = 1;
};

/// The kernel's own records, through a socket into the reading loop.
class KeyReading : public testing::Test {
  protected:
    KeyReading() {
        std::array<int, 2> ends{};
        EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0);
        keyboard_ = ends[0];
        device_ = ends[1];
        fcntl(device_, F_SETFL, O_NONBLOCK);
        FrameAssembler::Limits limits;
        limits.between = std::chrono::seconds(5);
        loop_.emplace(DeviceLoop::Device{
                          [this](std::string&) { return Descriptor(std::exchange(device_, -1)); },
                          [this](std::span<const char> bytes, BootTime now, FrameSink& sink) {
                              decoder_.take(bytes, now, sink);
                          }},
                      FrameSink("wedge", recorder_.listener(), limits));
        loop_->start();
    }
    ~KeyReading() override { close(keyboard_); }

    void send(std::uint16_t type, std::uint16_t code, int value) const {
        input_event event{};
        event.type = type;
        event.code = code;
        event.value = value;
        EXPECT_EQ(write(keyboard_, &event, sizeof(event)), static_cast<ssize_t>(sizeof(event)));
    }
    void press(std::uint16_t code) const {
        send(EV_MSC, MSC_SCAN, code);
        send(EV_KEY, code, 1);
        send(EV_SYN, SYN_REPORT, 0);
        send(EV_KEY, code, 0);
        send(EV_SYN, SYN_REPORT, 0);
    }
    [[nodiscard]] bool read(const std::vector<std::string>& frames) const {
        return eventually([&] { return recorder_.frames() == frames; });
    }

    int keyboard_ = -1;
    int device_ = -1;
    Recorder recorder_;
    KeyDecoder decoder_;
    std::optional<DeviceLoop> loop_;
};

TEST_F(KeyReading, DigitsAreReadOnceWhateverShiftDoes) {
    press(KEY_6);
    send(EV_KEY, KEY_LEFTSHIFT, 1);
    press(KEY_2);
    send(EV_KEY, KEY_LEFTSHIFT, 0);
    press(KEY_KP0);
    press(KEY_ENTER);
    EXPECT_TRUE(read({"620"}));
}

TEST_F(KeyReading, AutomaticRepeatsDoNotCount) {
    send(EV_KEY, KEY_5, 1);
    send(EV_KEY, KEY_5, 2);
    send(EV_KEY, KEY_5, 2);
    send(EV_KEY, KEY_5, 0);
    press(KEY_TAB);
    EXPECT_TRUE(read({"5"}));
}

TEST_F(KeyReading, AnUnknownKeySpoilsTheFrameInsteadOfShorteningIt) {
    press(KEY_1);
    press(KEY_A);
    press(KEY_2);
    press(KEY_KPENTER);
    EXPECT_TRUE(read({"1?2"}));
}

TEST_F(KeyReading, LostEventsThrowTheFrameAway) {
    press(KEY_1);
    send(EV_SYN, SYN_DROPPED, 0);
    press(KEY_2);
    press(KEY_ENTER);
    press(KEY_3);
    press(KEY_ENTER);
    EXPECT_TRUE(read({"3"}));
}

TEST_F(KeyReading, A200DigitCodeIsReadWhole) {
    std::string code;
    for (int i = 0; i < 200; ++i) {
        const int digit = (i * 7) % 10;
        code.push_back(static_cast<char>('0' + digit));
        press(static_cast<std::uint16_t>(digit == 0 ? KEY_0 : KEY_1 + digit - 1));
    }
    press(KEY_ENTER);
    EXPECT_TRUE(read({code}));
}

TEST_F(KeyReading, RecordsCutInTwoByTheKernelAreJoined) {
    input_event event{};
    event.type = EV_KEY;
    event.code = KEY_8;
    event.value = 1;
    const auto* bytes = reinterpret_cast<const char*>(&event);
    EXPECT_EQ(write(keyboard_, bytes, 5), 5);
    EXPECT_EQ(write(keyboard_, bytes + 5, sizeof(event) - 5),
              static_cast<ssize_t>(sizeof(event) - 5));
    press(KEY_ENTER);
    EXPECT_TRUE(read({"8"}));
}

}  // namespace
}  // namespace creneau::door::test
