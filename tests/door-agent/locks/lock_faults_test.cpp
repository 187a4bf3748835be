#include "tests/door-agent/locks/bus_fixture.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace creneau::door::test {
namespace {

constexpr const char* kWaveshare = "waveshare-relay-8";

void expect_valid_pulse(Bench& bench) {
    const std::size_t before = bench.board.times_on(0);
    ASSERT_TRUE(eventually([&] { return bench.pulse(milliseconds(300)) == LockResult::done; },
                           std::chrono::seconds(20)));
    ASSERT_TRUE(eventually([&] { return bench.board.times_on(0) > before; }));
    ASSERT_TRUE(bench.wait_until_off());
}

struct Fault {
    const char* name;
    const char* command;
    std::optional<LockResult> expected;  ///< none: anything but done
    std::size_t times_on;                ///< how often the relay may have closed for that one grant
};

constexpr Fault kFaults[] = {
    {"RequestLost", "fault lost_request times=1 on=write", LockResult::done, 1},
    {"ReplyLost", "fault lost_reply times=1 on=write", LockResult::done, 1},
    {"ReplyLate", "fault late 300 times=1 on=write", LockResult::done, 1},
    {"ReplyDamaged", "fault bad_crc times=1 on=write", LockResult::done, 1},
    {"IllegalAddress", "fault exception 2 times=1 on=write", LockResult::refused, 0},
    {"DeviceFailure", "fault exception 4 times=1 on=write", LockResult::done, 1},
    {"Busy", "fault exception 6 times=1 on=write", LockResult::done, 1},
    {"BusyForEver", "fault exception 6 on=write", LockResult::refused, 0},
    {"FailureForEver", "fault exception 4 on=write", std::nullopt, 0},
    {"WritesLostForEver", "fault lost_request on=write", std::nullopt, 0},
    {"NothingAnswers", "fault lost_request", std::nullopt, 0},
    {"Chatter", "fault chatter 24", LockResult::done, 1},
};

class BusFault : public testing::TestWithParam<std::tuple<Line, Fault>> {};

TEST_P(BusFault, EndsAsExpectedAndNeverLeavesTheRelayOn) {
    const auto& [line, fault] = GetParam();
    Bench bench(line, "waveshare");
    bench.start({lock_on(kWaveshare)});
    ASSERT_TRUE(bench.wait_for(LockNotice::ready));
    bench.board.command(fault.command);
    const auto result = bench.pulse(milliseconds(1500));
    ASSERT_TRUE(result.has_value());
    if (fault.expected) {
        EXPECT_EQ(*result, *fault.expected);
    } else {
        EXPECT_NE(*result, LockResult::done);
    }
    EXPECT_EQ(bench.board.times_on(0), fault.times_on);
    ASSERT_TRUE(bench.wait_until_off());
    bench.board.command("clear");
    expect_valid_pulse(bench);
}

std::string fault_name(const testing::TestParamInfo<BusFault::ParamType>& info) {
    const Line line = std::get<0>(info.param);
    return std::string(line == Line::tcp ? "Tcp" : "Rtu") + std::get<1>(info.param).name;
}

INSTANTIATE_TEST_SUITE_P(Lines, BusFault,
                         testing::Combine(testing::Values(Line::tcp, Line::rtu),
                                          testing::ValuesIn(kFaults)),
                         fault_name);

class BusLoss : public testing::TestWithParam<Line> {};

TEST_P(BusLoss, ACutCableOpensNothingAndComesBackByItself) {
    Bench bench(GetParam(), "waveshare");
    bench.start({lock_on(kWaveshare)});
    ASSERT_TRUE(bench.wait_for(LockNotice::ready));
    bench.board.command("cut");
    ASSERT_TRUE(bench.wait_for(LockNotice::bus_lost));
    const auto result = bench.pulse(milliseconds(300));
    EXPECT_NE(result, LockResult::done);
    EXPECT_EQ(release_within(*bench.locks[0], std::chrono::seconds(5)), LockResult::unknown);
    EXPECT_EQ(bench.read_back(), RelayState::unknown);
    bench.board.command("restore");
    ASSERT_TRUE(bench.wait_for(LockNotice::bus_back));
    ASSERT_TRUE(bench.wait_for(LockNotice::ready, 2));
    EXPECT_EQ(bench.board.times_on(0), 0U) << "reconnecting opens nothing";
    expect_valid_pulse(bench);
}

TEST_P(BusLoss, WhatIsOnWhenTheCableIsCutIsEndedByTheBoardAndReleasedOnReturn) {
    Bench bench(GetParam(), "waveshare");
    bench.start({lock_on(kWaveshare)});
    ASSERT_TRUE(bench.wait_for(LockNotice::ready));
    ASSERT_EQ(bench.pulse(std::chrono::seconds(20)), LockResult::done);
    bench.board.command("cut");
    ASSERT_TRUE(bench.wait_for(LockNotice::bus_lost));
    EXPECT_TRUE(bench.board.coil(0)) << "20 s are not over";
    bench.board.command("restore");
    ASSERT_TRUE(bench.wait_for(LockNotice::bus_back));
    EXPECT_FALSE(bench.board.coil(0));
    expect_valid_pulse(bench);
}

TEST_P(BusLoss, StartsWithoutABoardAndFindsItLater) {
    Bench bench(GetParam(), "waveshare");
    bench.board.command("cut");
    bench.start({lock_on(kWaveshare)});
    ASSERT_TRUE(bench.wait_for(LockNotice::bus_lost));
    EXPECT_EQ(bench.pulse(milliseconds(300)), LockResult::refused);
    bench.board.command("restore");
    ASSERT_TRUE(bench.wait_for(LockNotice::ready));
    expect_valid_pulse(bench);
}

TEST_P(BusLoss, NoiseBetweenRequestsDoesNotDesynchronise) {
    Bench bench(GetParam(), "waveshare");
    bench.start({lock_on(kWaveshare)});
    ASSERT_TRUE(bench.wait_for(LockNotice::ready));
    for (int i = 0; i < 5; ++i) {
        bench.board.command("noise 13");
        expect_valid_pulse(bench);
    }
    EXPECT_EQ(bench.told(LockNotice::foreign_write), 0U);
}

TEST_P(BusLoss, ARelayStuckOffIsTold) {
    Bench bench(GetParam(), "waveshare");
    bench.start({lock_on(kWaveshare)});
    ASSERT_TRUE(bench.wait_for(LockNotice::ready));
    bench.board.command("stuck 0 off");
    EXPECT_EQ(bench.pulse(std::chrono::seconds(2)), LockResult::done) << "the board says so";
    EXPECT_TRUE(bench.wait_for(LockNotice::stuck_off));
    bench.board.command("stuck 0 free");
    expect_valid_pulse(bench);
}

TEST_P(BusLoss, ARelayStuckOnIsToldAndReleasedAsSoonAsItObeys) {
    Bench bench(GetParam(), "waveshare");
    bench.start({lock_on(kWaveshare)});
    ASSERT_TRUE(bench.wait_for(LockNotice::ready));
    ASSERT_EQ(bench.pulse(milliseconds(500)), LockResult::done);
    bench.board.command("stuck 0 on");
    ASSERT_TRUE(bench.wait_for(LockNotice::stuck_on));
    EXPECT_EQ(release_within(*bench.locks[0], std::chrono::seconds(5)), LockResult::refused);
    bench.board.command("stuck 0 free");
    ASSERT_TRUE(bench.wait_until_off());
    expect_valid_pulse(bench);
}

std::string line_name(const testing::TestParamInfo<Line>& info) {
    return info.param == Line::tcp ? "Tcp" : "Rtu";
}

INSTANTIATE_TEST_SUITE_P(Lines, BusLoss, testing::Values(Line::tcp, Line::rtu), line_name);

}  // namespace
}  // namespace creneau::door::test
