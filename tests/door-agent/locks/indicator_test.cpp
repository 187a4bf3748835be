#include "door-agent/locks/indicator.hpp"

#include "door-agent/clock/boot_time.hpp"
#include "door-agent/locks/bus_port.hpp"
#include "door-agent/locks/bus_queue.hpp"
#include "door-agent/locks/bus_rules.hpp"
#include "door-agent/locks/frames.hpp"
#include "door-agent/locks/gpio_port.hpp"
#include "door-agent/locks/lock_bus.hpp"
#include "tests/door-agent/support/fake_gpio.hpp"
#include "tests/door-agent/support/lock_ear.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <mutex>
#include <vector>

namespace creneau::door::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr BootTime kNow{1'000'000};

/// A light that is wanted, on a board whose outputs were polled a moment ago.
BusState wanted_light() {
    BusState bus;
    bus.open = true;
    LockState lock;
    lock.must_release = false;
    UnitState unit;
    unit.settings_known = true;
    unit.settings_ok = true;
    unit.outputs_due = kNow + milliseconds(60);
    IndicatorState light;
    light.must_end = false;
    light.wanted_at = kNow;
    light.duration = seconds(2);
    bus.locks = {lock};
    bus.units = {unit};
    bus.indicators = {light};
    return bus;
}

TEST(NextStep, ShowsALightAfterReleasePulseAndPolls) {
    BusState bus = wanted_light();
    bus.locks.push_back(bus.locks[0]);
    bus.locks[1].must_release = true;
    Command pulse;
    pulse.granted_at = kNow;
    bus.commands = {pulse};
    bus.units[0].outputs_due = kNow;
    EXPECT_EQ(next_step(bus, kNow).action, Action::release);
    bus.locks[1].must_release = false;
    EXPECT_EQ(next_step(bus, kNow).action, Action::energise);
    bus.commands.clear();
    EXPECT_EQ(next_step(bus, kNow).action, Action::poll_outputs);
    bus.units[0].outputs_due = kNow + milliseconds(60);
    EXPECT_EQ(next_step(bus, kNow).action, Action::indicate);
}

TEST(NextStep, LetsALightTakeItsTurnAmongPollsThatNeverEnd) {
    BusState bus = wanted_light();
    bus.units[0].outputs_due = kNow + kIndicatorPatience + milliseconds(1);
    EXPECT_EQ(next_step(bus, kNow + kIndicatorPatience + milliseconds(1)).action, Action::indicate);
    bus.units[0].outputs_due = kNow + kIndicatorPatience - milliseconds(1);
    EXPECT_EQ(next_step(bus, kNow + kIndicatorPatience).action, Action::poll_outputs);
}

TEST(NextStep, ShowsNothingOnABoardThatIsLostOrRefused) {
    BusState bus = wanted_light();
    bus.units[0].lost = true;
    EXPECT_NE(next_step(bus, kNow).action, Action::indicate);
    bus = wanted_light();
    bus.units[0].settings_ok = false;
    EXPECT_NE(next_step(bus, kNow).action, Action::indicate);
}

TEST(NextStep, SwitchesALightOffWhenItsTimeHasCome) {
    BusState bus = wanted_light();
    bus.indicators[0].wanted_at.reset();
    EXPECT_EQ(next_step(bus, kNow).action, Action::wait);
    bus.indicators[0].must_end = true;
    bus.indicators[0].end_at = kNow + milliseconds(10);
    EXPECT_EQ(next_step(bus, kNow).until, kNow + milliseconds(10));
    EXPECT_EQ(next_step(bus, kNow + milliseconds(10)).action, Action::indicate);
}

TEST(BusQueue, KeepsRoomForLocksWhateverIsShown) {
    BusQueue queue;
    const auto push = [&](OrderKind kind) {
        Order order;
        order.kind = kind;
        return queue.push(order);
    };
    while (push(OrderKind::show)) {
    }
    EXPECT_TRUE(push(OrderKind::pulse));
    EXPECT_FALSE(push(OrderKind::show));
}

class FakeIndicator : public Indicator {
  public:
    void show(milliseconds duration) override { shown = duration; }
    milliseconds shown{-1};
};

TEST(DoorSignals, SayEveryOutcomeInLightAndInSound) {
    FakeIndicator green;
    FakeIndicator red;
    FakeIndicator tone;
    const DoorSignals signals{&green, &red, &tone};
    signals.show(true);
    EXPECT_GT(green.shown, milliseconds(0));
    EXPECT_EQ(red.shown, milliseconds(0));
    const auto granted_tone = tone.shown;
    EXPECT_GT(granted_tone, milliseconds(0));
    signals.show(false);
    EXPECT_EQ(green.shown, milliseconds(0));
    EXPECT_GT(red.shown, milliseconds(0));
    EXPECT_GE(tone.shown, 3 * granted_tone);
}

/// A board that obeys, as far as coils go, and remembers what it was asked.
class FakePort : public BusPort {
  public:
    struct Log {
        std::mutex mutex;
        std::vector<Request> asked;
        unsigned coils = 0;
        [[nodiscard]] std::ptrdiff_t place_of(const Request& request) {
            const std::scoped_lock held(mutex);
            return std::ranges::find(asked, request) - asked.begin();
        }
        [[nodiscard]] bool has(const Request& request) {
            const std::scoped_lock held(mutex);
            return std::ranges::find(asked, request) != asked.end();
        }
    };
    explicit FakePort(Log& log) : log_(log) {}
    bool open() override { return true; }
    void close() override {}
    Reply ask(const Request& request) override {
        const std::scoped_lock held(log_.mutex);
        log_.asked.push_back(request);
        if (request.function == Function::write_coil) {
            const unsigned bit = 1U << (request.address & 7U);
            log_.coils = request.value == kCoilOff ? log_.coils & ~bit : log_.coils | bit;
        }
        Reply reply;
        reply.outcome = Outcome::done;
        reply.bits = request.function == Function::read_coils ? log_.coils : 0;
        return reply;
    }

  private:
    Log& log_;
};

LockSettings lock_on(const std::string& board) {
    LockSettings settings;
    settings.key = "street";
    settings.board = board;
    settings.external_timer = seconds(60);
    return settings;
}

TEST(Indicator, IsAPulseWhereTheBoardCanAndComesAfterTheLock) {
    FakePort::Log log;
    LockBus bus({}, {}, std::make_unique<FakePort>(log));
    Lock* lock = bus.add_lock(lock_on("waveshare-relay-8")).value();
    Indicator* green = bus.add_indicator({1, 4}).value();
    const Request off{1, Function::write_coil, 4, kCoilOff};
    const Request light{1, Function::write_coil, 0x0204, 20};
    const Request pulse{1, Function::write_coil, 0x0200, 30};
    green->show(seconds(2));  // asked for first
    lock->pulse(seconds(3), boot_now(), {});
    bus.start();
    ASSERT_TRUE(eventually([&] { return log.has(light); }));
    EXPECT_LT(log.place_of(pulse), log.place_of(light));
    EXPECT_FALSE(log.has(off)) << "the board ends it by itself";
    green->show(milliseconds(0));
    EXPECT_TRUE(eventually([&] { return log.has(off); }));
}

TEST(Indicator, IsSwitchedOffBeforeItIsEverUsed) {
    FakePort::Log log;
    LockBus bus({}, {}, std::make_unique<FakePort>(log));
    ASSERT_TRUE(bus.add_lock(lock_on("waveshare-relay-8")));
    ASSERT_TRUE(bus.add_indicator({1, 4}));
    bus.start();
    EXPECT_TRUE(eventually([&] { return log.has({1, Function::write_coil, 4, kCoilOff}); }));
}

TEST(Indicator, IsNeverOnTheRelayOfALockNorTwiceOnOne) {
    FakePort::Log log;
    LockBus bus({}, {}, std::make_unique<FakePort>(log));
    ASSERT_TRUE(bus.add_lock(lock_on("waveshare-relay-8")));
    EXPECT_EQ(bus.add_indicator({1, 0}).error(), LockRefusal::channel_taken);
    EXPECT_EQ(bus.add_indicator({1, 8}).error(), LockRefusal::channel_out_of_range);
    EXPECT_EQ(bus.add_indicator({2, 1}).error(), LockRefusal::no_lock_there);
    EXPECT_TRUE(bus.add_indicator({1, 1}));
    EXPECT_EQ(bus.add_indicator({1, 1}).error(), LockRefusal::channel_taken);
}

TEST(Indicator, OnALineIsEndedByUsAndWithTheBus) {
    constexpr unsigned kRelay = 17;
    constexpr unsigned kTone = 27;
    FakeChip chip;
    LockEar ear;
    const GpioPins pins{"/dev/gpiochip0", {kRelay, kTone}, {}, false};
    auto bus = std::make_unique<LockBus>(
        BusSettings{}, ear.listener(),
        std::make_unique<GpioPort>(pins, std::make_unique<FakeGpio>(chip)));
    ASSERT_TRUE(bus->add_lock(lock_on("gpio")));
    Indicator* tone = bus->add_indicator({1, 1}).value();
    bus->start();
    ASSERT_TRUE(ear.wait_for(LockNotice::ready));
    tone->show(milliseconds(100));
    const auto sounded = [&] { return std::ranges::count(chip.written(kTone), true); };
    ASSERT_TRUE(eventually([&] { return sounded() == 1 && !chip.level(kTone); }));
    tone->show(seconds(60));
    ASSERT_TRUE(eventually([&] { return chip.level(kTone); }));
    bus.reset();
    EXPECT_FALSE(chip.level(kTone));
    EXPECT_EQ(ear.told(LockNotice::foreign_write), 0U);
}

}  // namespace
}  // namespace creneau::door::test
