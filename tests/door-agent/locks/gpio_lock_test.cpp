#include "door-agent/clock/boot_time.hpp"
#include "door-agent/locks/gpio_port.hpp"
#include "door-agent/locks/lock_bus.hpp"
#include "tests/door-agent/support/fake_gpio.hpp"
#include "tests/door-agent/support/lock_ear.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <vector>

namespace creneau::door::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr unsigned kRelay = 17;
constexpr unsigned kOther = 27;
constexpr unsigned kContact = 5;

LockSettings lock_at(int channel) {
    LockSettings settings;
    settings.key = "door-" + std::to_string(channel);
    settings.board = "gpio";
    settings.channel = channel;
    settings.external_timer = seconds(60);
    return settings;
}

class GpioLock : public ::testing::Test {
  protected:
    void start(bool active_low = false) {
        BusSettings settings;
        settings.key = "pins";
        settings.poll_period = milliseconds(10);
        const GpioPins pins{"/dev/gpiochip0", {kRelay, kOther}, {kContact}, active_low};
        settings.address = pins;
        bus = std::make_unique<LockBus>(
            settings, ear.listener(),
            std::make_unique<GpioPort>(pins, std::make_unique<FakeGpio>(chip)));
        lock = bus->add_lock(lock_at(0)).value();
        other = bus->add_lock(lock_at(1)).value();
        bus->start();
    }
    LockResult pulse(milliseconds duration) {
        return answer_of([&](LockDone done) { lock->pulse(duration, boot_now(), done); });
    }
    bool reads(unsigned line, bool high) {
        return eventually([&] { return chip.level(line) == high; });
    }

    FakeChip chip;
    LockEar ear;
    std::unique_ptr<LockBus> bus;
    Lock* lock = nullptr;
    Lock* other = nullptr;
};

TEST_F(GpioLock, IsRefusedWithoutADeclaredTimer) {
    auto settings = lock_at(0);
    settings.external_timer.reset();
    EXPECT_EQ(check_lock(settings).error(), LockRefusal::nothing_ends_it);
    settings.watchdog = {8, 5, seconds(5)};
    EXPECT_EQ(check_lock(settings).error(), LockRefusal::no_registers);
    EXPECT_TRUE(check_lock(lock_at(0)));
}

TEST_F(GpioLock, IsOffFromTheFirstInstantAndReadBackBeforeItIsReady) {
    chip.pull(kRelay, true);
    start();
    ASSERT_TRUE(ear.wait_for(LockNotice::ready, 2));
    EXPECT_EQ(chip.written(kRelay), (std::vector<bool>{false, false}));
    EXPECT_FALSE(chip.level(kRelay));
}

TEST_F(GpioLock, WhoseOutputIsActiveLowRestsHigh) {
    start(true);
    ASSERT_TRUE(ear.wait_for(LockNotice::ready, 2));
    EXPECT_TRUE(chip.level(kRelay));
    EXPECT_EQ(pulse(milliseconds(60'000)), LockResult::done);
    EXPECT_FALSE(chip.level(kRelay));
}

TEST_F(GpioLock, IsSwitchedOffAtTheEndOfAPulse) {
    start();
    ASSERT_TRUE(ear.wait_for(LockNotice::ready, 2));
    EXPECT_EQ(pulse(milliseconds(100)), LockResult::done);
    EXPECT_TRUE(reads(kRelay, false));
    EXPECT_EQ(std::ranges::count(chip.written(kRelay), true), 1);
    EXPECT_EQ(ear.told(LockNotice::foreign_write), 0U);
}

TEST_F(GpioLock, IsReleasedWhenTheBusStops) {
    start();
    ASSERT_TRUE(ear.wait_for(LockNotice::ready, 2));
    ASSERT_EQ(pulse(seconds(60)), LockResult::done);
    ASSERT_TRUE(chip.level(kRelay));
    bus.reset();
    EXPECT_FALSE(chip.level(kRelay));
    EXPECT_FALSE(chip.claimed(kRelay));
}

TEST_F(GpioLock, IsNotTriedWhileItsPinsCannotBeClaimedAndIsReadyOnceTheyCan) {
    chip.unplug(true);
    start();
    ASSERT_TRUE(ear.wait_for(LockNotice::bus_lost, 2));
    EXPECT_EQ(pulse(seconds(1)), LockResult::refused);
    EXPECT_NE(ear.events().front().detail.find("busy or gone"), std::string::npos);
    chip.unplug(false);
    ASSERT_TRUE(ear.wait_for(LockNotice::ready, 2));
    EXPECT_EQ(pulse(seconds(60)), LockResult::done);
}

TEST_F(GpioLock, AfterAWriteThatNobodyVouchesForIsReleasedReadBackAndThenPulsed) {
    for (const bool executed : {false, true}) {
        start();
        ASSERT_TRUE(ear.wait_for(LockNotice::ready, 2));
        ASSERT_EQ(answer_of([&](LockDone done) { other->pulse(seconds(60), boot_now(), done); }),
                  LockResult::done);
        chip.fail_writes(1, executed);
        EXPECT_EQ(pulse(seconds(60)), LockResult::done);
        EXPECT_TRUE(chip.level(kRelay));
        EXPECT_FALSE(chip.level(kOther)) << "claiming the pins anew releases all of them";
        EXPECT_EQ(ear.told(LockNotice::foreign_write), 0U);
        bus.reset();
        ear.forget();
    }
}

TEST_F(GpioLock, WhosePinDoesNotFollowIsReportedAndReleased) {
    start();
    ASSERT_TRUE(ear.wait_for(LockNotice::ready, 2));
    chip.hold_pins(true);
    ASSERT_EQ(pulse(seconds(60)), LockResult::done);
    EXPECT_TRUE(ear.wait_for(LockNotice::stuck_off));
    EXPECT_TRUE(eventually([&] { return !chip.written(kRelay).back(); }));
}

TEST_F(GpioLock, WhosePinReadsOnAtRestIsAForeignWrite) {
    start();
    ASSERT_TRUE(ear.wait_for(LockNotice::ready, 2));
    chip.pull(kRelay, true);
    EXPECT_TRUE(ear.wait_for(LockNotice::foreign_write));
    EXPECT_TRUE(reads(kRelay, false));
}

TEST_F(GpioLock, TellsTheContactsOfItsChip) {
    start();
    ASSERT_TRUE(eventually([&] { return ear.last_levels() == 0U; }));
    chip.pull(kContact, false);  // closed to ground
    EXPECT_TRUE(eventually([&] { return ear.last_levels() == 1U; }));
    chip.unplug(true);
    EXPECT_TRUE(eventually([&] { return ear.last_levels() == std::nullopt; }));
}

TEST(BusSettings, OfGpioNeedAnOutputAndNoLineTwice) {
    BusSettings settings;
    const auto refusal = [&](GpioPins pins) {
        settings.address = std::move(pins);
        const auto checked = check_bus(settings);
        return checked ? std::nullopt : std::optional(checked.error());
    };
    EXPECT_EQ(refusal({"/dev/gpiochip0", {17}, {5}}), std::nullopt);
    EXPECT_EQ(refusal({"/dev/gpiochip0", {}, {5}}), LockRefusal::bad_lines);
    EXPECT_EQ(refusal({"/dev/gpiochip0", {17}, {17}}), LockRefusal::bad_lines);
    EXPECT_EQ(refusal({"/dev/gpiochip0", std::vector<unsigned>(17), {}}), LockRefusal::bad_lines);
}

}  // namespace
}  // namespace creneau::door::test
