#include "tests/door-agent/locks/bus_fixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace creneau::door::test {
namespace {

constexpr std::uint16_t kWatchdogRegister = 0x10;

LockSettings watched() {
    LockSettings settings = lock_on("generic-coil");
    settings.watchdog = WatchdogRegister{kWatchdogRegister, 1, std::chrono::seconds(1)};
    return settings;
}

LockSettings timed() {
    LockSettings settings = lock_on("generic-coil");
    settings.external_timer = std::chrono::seconds(1);
    return settings;
}

double seconds_on(const std::vector<BoardProcess::Change>& changes) {
    return changes.size() >= 2 ? changes[1].t - changes[0].t : -1;
}

struct Kind {
    const char* name;
    const char* simulated;
    LockSettings settings;
    milliseconds pulse;
    double lasts;
    const char* ended_by;
};

class EveryBoard : public testing::TestWithParam<Kind> {};

TEST_P(EveryBoard, OpensForItsTimeOverTcpAndRtu) {
    const Kind& kind = GetParam();
    for (const Line line : {Line::tcp, Line::rtu}) {
        Bench bench(line, kind.simulated);
        bench.start({kind.settings});
        ASSERT_TRUE(bench.wait_for(LockNotice::ready));
        ASSERT_EQ(bench.pulse(kind.pulse), LockResult::done);
        ASSERT_TRUE(eventually([&] { return bench.board.changes().size() >= 2; }));
        EXPECT_NEAR(seconds_on(bench.board.changes()), kind.lasts, 0.15);
        EXPECT_EQ(bench.board.changes()[1].cause, kind.ended_by);
        EXPECT_EQ(bench.told(LockNotice::foreign_write), 0U);
        ASSERT_EQ(bench.pulse(kind.pulse), LockResult::done) << "and again";
    }
}

std::string kind_name(const testing::TestParamInfo<Kind>& info) {
    return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(
    Table, EveryBoard,
    testing::Values(Kind{"Waveshare", "waveshare", lock_on("waveshare-relay-8"), milliseconds(500),
                         0.5, "pulse end"},
                    Kind{"Eletechsup", "r421", lock_on("eletechsup-r421a08"), milliseconds(500),
                         1.0, "pulse end"},
                    Kind{"WirenBoard", "wirenboard", lock_on("wirenboard-wb-mr6c"),
                         milliseconds(500), 0.5, "write"},
                    Kind{"GenericWatchdog", "watchdog", watched(), milliseconds(500), 0.5, "write"},
                    Kind{"GenericExternalTimer", "generic", timed(), milliseconds(500), 0.5,
                         "write"}),
    kind_name);

TEST(WirenBoard, IsSetUpToDropItsRelaysAndToIgnoreItsInputs) {
    Bench bench(Line::tcp, "wirenboard");
    bench.start({lock_on("wirenboard-wb-mr6c", 2)});
    ASSERT_TRUE(bench.wait_for(LockNotice::ready));
    const auto registers = bench.board.command("state")["registers"];
    EXPECT_EQ(registers["6"], 0) << "outputs off at power-on";
    EXPECT_EQ(registers["8"], 5) << "safety timer";
    EXPECT_EQ(registers["11"], 3) << "our channel's input is apart";
    EXPECT_EQ(registers["9"], 0) << "other channels are not ours";
}

TEST(Watchdog, SetByUsIsReadBackAndRestoredWhenSomebodyChangesIt) {
    Bench bench(Line::tcp, "watchdog");
    bench.start({watched()});
    ASSERT_TRUE(bench.wait_for(LockNotice::ready));
    bench.board.command("register 0x10 0");
    ASSERT_TRUE(bench.wait_for(LockNotice::foreign_write));
    ASSERT_TRUE(bench.wait_for(LockNotice::ready, 2));
    EXPECT_EQ(bench.board.command("state")["registers"]["16"], 1);
    EXPECT_EQ(bench.pulse(milliseconds(300)), LockResult::done);
}

TEST(Watchdog, IsRenewedWhileHeldAndNoLonger) {
    Bench bench(Line::tcp, "watchdog");
    bench.start({watched()});
    ASSERT_TRUE(bench.wait_for(LockNotice::ready));
    ASSERT_EQ(bench.hold(milliseconds(2500)), LockResult::done);
    ASSERT_TRUE(eventually([&] { return bench.board.changes().size() >= 2; }));
    EXPECT_NEAR(seconds_on(bench.board.changes()), 2.5, 0.15) << "longer than the watchdog";
}

TEST(Watchdog, IsLeftToActWhenTheBoardHearsButDoesNotObey) {
    Bench bench(Line::tcp, "watchdog");
    bench.start({watched()});
    ASSERT_TRUE(bench.wait_for(LockNotice::ready));
    ASSERT_EQ(bench.pulse(milliseconds(400)), LockResult::done);
    bench.board.command("fault exception 4 on=write");
    ASSERT_TRUE(eventually([&] { return bench.board.changes().size() >= 2; }));
    EXPECT_EQ(bench.board.changes()[1].cause, "watchdog");
    EXPECT_LE(seconds_on(bench.board.changes()), 2.5);
    bench.board.command("clear");
    ASSERT_TRUE(eventually([&] { return bench.pulse(milliseconds(300)) == LockResult::done; }));
}

TEST(Watchdog, ActsWhenTheCableIsCutWhileHeld) {
    Bench bench(Line::rtu, "watchdog");
    bench.start({watched()});
    ASSERT_TRUE(bench.wait_for(LockNotice::ready));
    ASSERT_EQ(bench.hold(std::chrono::seconds(60)), LockResult::done);
    bench.board.command("cut");
    ASSERT_TRUE(eventually([&] { return bench.board.changes().size() >= 2; }));
    EXPECT_EQ(bench.board.changes()[1].cause, "watchdog");
    EXPECT_LE(seconds_on(bench.board.changes()), 1.5);
    bench.board.command("restore");
    ASSERT_TRUE(bench.wait_for(LockNotice::ready, 2));
    EXPECT_FALSE(bench.board.coil(0)) << "a hold does not come back by itself";
    EXPECT_EQ(bench.pulse(milliseconds(300)), LockResult::done);
}

TEST(ExternalTimer, BoundsWhatSoftwareAsksFor) {
    Bench bench(Line::tcp, "generic");
    bench.start({timed()});
    ASSERT_TRUE(bench.wait_for(LockNotice::ready));
    ASSERT_EQ(bench.pulse(std::chrono::seconds(30)), LockResult::done);
    ASSERT_TRUE(eventually([&] { return bench.board.changes().size() >= 2; }));
    EXPECT_NEAR(seconds_on(bench.board.changes()), 1.0, 0.15);
}

}  // namespace
}  // namespace creneau::door::test
