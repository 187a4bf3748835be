#include "tests/door-agent/locks/bus_fixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <future>

namespace creneau::door::test {
namespace {

constexpr const char* kWaveshare = "waveshare-relay-8";

std::string name_of(const testing::TestParamInfo<Line>& info) {
    return info.param == Line::tcp ? "Tcp" : "Rtu";
}

/// The last time a coil was on, in seconds.
double last_time_on(const std::vector<BoardProcess::Change>& changes) {
    double on = 0;
    double lasted = -1;
    for (const auto& change : changes) {
        if (change.on) {
            on = change.t;
        } else {
            lasted = change.t - on;
        }
    }
    return lasted;
}

/// Whatever happened before, a good grant opens for its time and no longer.
void expect_valid_pulse(Bench& bench) {
    const std::size_t before = bench.board.times_on(0);
    ASSERT_TRUE(eventually([&] { return bench.pulse(milliseconds(300)) == LockResult::done; }));
    ASSERT_TRUE(eventually([&] { return bench.board.times_on(0) > before; }));
    ASSERT_TRUE(bench.wait_until_off());
    EXPECT_NEAR(last_time_on(bench.board.changes()), 0.3, 0.15);
}

class LockOnBoard : public testing::TestWithParam<Line> {};

TEST_P(LockOnBoard, PulsesAndTheBoardEndsThePulse) {
    Bench bench(GetParam(), "waveshare");
    bench.start({lock_on(kWaveshare)});
    ASSERT_TRUE(bench.wait_for(LockNotice::ready));
    EXPECT_EQ(bench.pulse(milliseconds(650)), LockResult::done);
    ASSERT_TRUE(bench.wait_until_off());
    const auto changes = bench.board.changes();
    ASSERT_EQ(changes.size(), 2U);
    EXPECT_TRUE(changes[0].on);
    EXPECT_EQ(changes[0].cause, "pulse");
    EXPECT_EQ(changes[1].cause, "pulse end");
    EXPECT_NEAR(changes[1].t - changes[0].t, 0.7, 0.1) << "650 ms is rounded up to 700 ms";
    EXPECT_EQ(bench.events().front().detail, "version 200");
}

TEST_P(LockOnBoard, ReleasesAtStartWhatWasLeftOn) {
    Bench bench(GetParam(), "waveshare");
    bench.board.command("coil 0 1");
    bench.start({lock_on(kWaveshare)});
    ASSERT_TRUE(bench.wait_for(LockNotice::ready));
    EXPECT_FALSE(bench.board.coil(0));
    EXPECT_EQ(bench.told(LockNotice::foreign_write), 0U) << "what was before us is no alarm";
    expect_valid_pulse(bench);
}

TEST_P(LockOnBoard, ReleasesWhenItStops) {
    Bench bench(GetParam(), "waveshare");
    bench.start({lock_on(kWaveshare)});
    ASSERT_TRUE(bench.wait_for(LockNotice::ready));
    ASSERT_EQ(bench.pulse(std::chrono::seconds(30)), LockResult::done);
    EXPECT_TRUE(bench.board.coil(0));
    bench.bus.reset();
    EXPECT_FALSE(bench.board.coil(0));
}

TEST_P(LockOnBoard, AReleaseEndsAPulseAndIsReadBack) {
    Bench bench(GetParam(), "waveshare");
    bench.start({lock_on(kWaveshare)});
    ASSERT_TRUE(bench.wait_for(LockNotice::ready));
    ASSERT_EQ(bench.pulse(std::chrono::seconds(30)), LockResult::done);
    EXPECT_EQ(bench.read_back(), RelayState::on);
    EXPECT_EQ(release_within(*bench.locks[0], std::chrono::seconds(5)), LockResult::done);
    EXPECT_FALSE(bench.board.coil(0));
    EXPECT_EQ(bench.read_back(), RelayState::off);
    expect_valid_pulse(bench);
}

TEST_P(LockOnBoard, AGrantTwoSecondsOldOpensNothing) {
    Bench bench(GetParam(), "waveshare");
    bench.start({lock_on(kWaveshare)});
    ASSERT_TRUE(bench.wait_for(LockNotice::ready));
    EXPECT_EQ(bench.pulse(milliseconds(300), milliseconds(2000)), LockResult::refused);
    EXPECT_EQ(bench.board.times_on(0), 0U);
    expect_valid_pulse(bench);
}

TEST_P(LockOnBoard, AForeignWriteIsReleasedAndToldWithin200Ms) {
    Bench bench(GetParam(), "waveshare");
    bench.start({lock_on(kWaveshare)});
    ASSERT_TRUE(bench.wait_for(LockNotice::ready));
    bench.board.command("coil 0 1");
    ASSERT_TRUE(bench.wait_for(LockNotice::foreign_write));
    ASSERT_TRUE(bench.wait_until_off());
    const auto changes = bench.board.changes();
    ASSERT_GE(changes.size(), 2U);
    EXPECT_EQ(changes[0].cause, "foreign");
    EXPECT_EQ(changes[1].cause, "write");
    EXPECT_LE(changes[1].t - changes[0].t, 0.2);
    expect_valid_pulse(bench);
}

TEST_P(LockOnBoard, SwitchingOffOurPulseIsAForeignWriteToo) {
    Bench bench(GetParam(), "waveshare");
    bench.start({lock_on(kWaveshare)});
    ASSERT_TRUE(bench.wait_for(LockNotice::ready));
    ASSERT_EQ(bench.pulse(std::chrono::seconds(20)), LockResult::done);
    ASSERT_EQ(bench.read_back(), RelayState::on);
    bench.board.command("coil 0 0");
    EXPECT_TRUE(bench.wait_for(LockNotice::foreign_write));
    expect_valid_pulse(bench);
}

TEST_P(LockOnBoard, AForeignControlModeReleasesAndRefusesUntilItIsPutBack) {
    Bench bench(GetParam(), "waveshare");
    bench.start({lock_on(kWaveshare)});
    ASSERT_TRUE(bench.wait_for(LockNotice::ready));
    bench.board.command("register 0x1000 1");
    ASSERT_TRUE(bench.wait_for(LockNotice::foreign_write));
    ASSERT_TRUE(bench.wait_for(LockNotice::board_refused));
    EXPECT_EQ(bench.pulse(milliseconds(300)), LockResult::refused);
    EXPECT_EQ(bench.board.times_on(0), 0U);
    bench.board.command("register 0x1000 0");
    ASSERT_TRUE(bench.wait_for(LockNotice::ready, 2));
    expect_valid_pulse(bench);
}

TEST_P(LockOnBoard, RefusesABoardThatIsNotInNormalControlMode) {
    Bench bench(GetParam(), "waveshare");
    bench.board.command("register 0x1000 2");
    bench.start({lock_on(kWaveshare)});
    ASSERT_TRUE(bench.wait_for(LockNotice::board_refused));
    EXPECT_EQ(bench.pulse(milliseconds(300)), LockResult::refused);
    bench.board.command("register 0x1000 0");
    ASSERT_TRUE(bench.wait_for(LockNotice::ready));
    expect_valid_pulse(bench);
}

TEST_P(LockOnBoard, TheModeOfAnotherChannelDoesNotMatter) {
    Bench bench(GetParam(), "waveshare");
    bench.board.command("register 0x1005 1");
    bench.start({lock_on(kWaveshare)});
    ASSERT_TRUE(bench.wait_for(LockNotice::ready));
    expect_valid_pulse(bench);
}

TEST_P(LockOnBoard, TwoLocksOnABoardAreApart) {
    Bench bench(GetParam(), "waveshare");
    bench.start({lock_on(kWaveshare, 0), lock_on(kWaveshare, 3)});
    ASSERT_TRUE(bench.wait_for(LockNotice::ready, 2));
    ASSERT_EQ(bench.pulse(std::chrono::seconds(20)), LockResult::done);
    EXPECT_EQ(release_within(*bench.locks[1], std::chrono::seconds(5)), LockResult::done);
    EXPECT_TRUE(bench.board.coil(0));
    EXPECT_FALSE(bench.board.coil(3));
    EXPECT_EQ(release_within(*bench.locks[0], std::chrono::seconds(5)), LockResult::done);
    expect_valid_pulse(bench);
}

TEST_P(LockOnBoard, TellsInputLevelsAtStartAndAtChange) {
    Bench bench(GetParam(), "waveshare");
    bench.board.command("input 2 1");
    bench.start({lock_on(kWaveshare)});
    ASSERT_TRUE(eventually([&] { return !bench.inputs().empty(); }));
    EXPECT_EQ(bench.inputs().front().levels, 4U);
    bench.board.command("input 7 1");
    ASSERT_TRUE(eventually([&] { return bench.inputs().back().levels == 0x84U; }));
}

TEST_P(LockOnBoard, AHoldLastsItsLeaseAndEndsByItself) {
    Bench bench(GetParam(), "waveshare");
    bench.start({lock_on(kWaveshare)});
    ASSERT_TRUE(bench.wait_for(LockNotice::ready));
    ASSERT_EQ(bench.hold(milliseconds(6200)), LockResult::done);
    ASSERT_TRUE(eventually([&] { return bench.board.coil(0); }));
    ASSERT_TRUE(bench.wait_until_off());
    EXPECT_EQ(bench.board.times_on(0), 1U) << "renewed before it ended";
    EXPECT_NEAR(last_time_on(bench.board.changes()), 6.2, 0.3);
    EXPECT_EQ(bench.told(LockNotice::foreign_write), 0U);
    expect_valid_pulse(bench);
}

TEST_P(LockOnBoard, AReleaseEndsAHold) {
    Bench bench(GetParam(), "waveshare");
    bench.start({lock_on(kWaveshare)});
    ASSERT_TRUE(bench.wait_for(LockNotice::ready));
    ASSERT_EQ(bench.hold(std::chrono::seconds(60)), LockResult::done);
    EXPECT_EQ(release_within(*bench.locks[0], std::chrono::seconds(5)), LockResult::done);
    EXPECT_FALSE(bench.board.coil(0));
    expect_valid_pulse(bench);
}

INSTANTIATE_TEST_SUITE_P(Lines, LockOnBoard, testing::Values(Line::tcp, Line::rtu), name_of);

}  // namespace
}  // namespace creneau::door::test
