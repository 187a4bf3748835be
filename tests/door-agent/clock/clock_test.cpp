#include "door-agent/clock/clock.hpp"

#include "door-agent/clock/confirmation.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace creneau::door {
namespace {

using namespace std::chrono_literals;
using std::chrono::seconds;
using std::chrono::sys_days;

constexpr std::chrono::sys_seconds kFloor = sys_days{2026y / std::chrono::November / 1};
constexpr std::chrono::sys_seconds kStart = sys_days{2026y / std::chrono::December / 5};

/// A look: so long after power-on, the wall clock this much off, disciplined or not.
struct Look {
    seconds after;
    seconds off;
    bool synchronised;
};

struct Case {
    std::string name;
    ClockSource source;
    std::vector<Look> looks;
    ClockState state;
    ClockReason reason;
    seconds drift{0};
};

void PrintTo(const Case& one, std::ostream* out) {
    *out << one.name;
}

constexpr seconds kWeek = std::chrono::weeks{1};
constexpr seconds kTenYears = std::chrono::days{3653};
constexpr seconds k1970 = kFloor.time_since_epoch() * -1;

const std::vector<Case> kCases{
    {"ntp_unsynchronised_at_power_on",
     ClockSource::ntp,
     {{0s, 0s, false}},
     ClockState::untrusted,
     ClockReason::never_synchronised},
    {"ntp_synchronised",
     ClockSource::ntp,
     {{0s, 0s, true}},
     ClockState::trusted,
     ClockReason::synchronised},
    {"ntp_synchronised_later_after_a_step",
     ClockSource::ntp,
     {{0s, -90000s, false}, {60s, 0s, true}},
     ClockState::trusted,
     ClockReason::synchronised},
    {"ntp_lost_is_holdover",
     ClockSource::ntp,
     {{0s, 0s, true}, {3600s, 0s, false}},
     ClockState::holdover,
     ClockReason::free_running},
    {"ntp_lost_for_a_week_may_be_ten_seconds_off",
     ClockSource::ntp,
     {{0s, 0s, true}, {kWeek, 3s, false}},
     ClockState::holdover,
     ClockReason::free_running,
     10s},
    {"ntp_lost_for_nineteen_weeks_is_spent",
     ClockSource::ntp,
     {{0s, 0s, true}, {kWeek * 19, 0s, false}},
     ClockState::untrusted,
     ClockReason::drift_spent},
    {"ntp_back_after_the_drift_was_spent",
     ClockSource::ntp,
     {{0s, 0s, true}, {kWeek * 19, 0s, false}, {kWeek * 20, 190s, true}},
     ClockState::trusted,
     ClockReason::synchronised},
    {"a_step_of_121_s",
     ClockSource::ntp,
     {{0s, 0s, true}, {60s, 121s, true}},
     ClockState::untrusted,
     ClockReason::stepped},
    {"a_step_back_of_121_s",
     ClockSource::ntp,
     {{0s, 0s, true}, {60s, -121s, false}},
     ClockState::untrusted,
     ClockReason::stepped},
    {"a_step_of_120_s_is_within_the_limit",
     ClockSource::ntp,
     {{0s, 0s, true}, {60s, 120s, true}},
     ClockState::trusted,
     ClockReason::synchronised},
    {"small_steps_do_not_add_up",
     ClockSource::ntp,
     {{0s, 0s, true}, {60s, 100s, true}, {120s, 200s, true}},
     ClockState::untrusted,
     ClockReason::stepped},
    {"a_step_that_was_taken_back",
     ClockSource::ntp,
     {{0s, 0s, true}, {60s, 5000s, true}, {120s, 0s, true}},
     ClockState::trusted,
     ClockReason::synchronised},
    {"ten_years_ahead_for_eleven_minutes_and_back",
     ClockSource::rtc,
     {{0s, 0s, true}, {60s, kTenYears, true}, {720s, kTenYears, true}, {721s, 0s, true}},
     ClockState::trusted,
     ClockReason::synchronised},
    {"1970_at_power_on",
     ClockSource::rtc,
     {{0s, k1970, false}},
     ClockState::untrusted,
     ClockReason::below_floor},
    {"1970_even_if_ntp_says_so",
     ClockSource::ntp,
     {{0s, k1970, true}},
     ClockState::untrusted,
     ClockReason::below_floor},
    {"1970_at_power_on_then_ntp",
     ClockSource::rtc,
     {{0s, k1970, false}, {60s, 0s, true}},
     ClockState::trusted,
     ClockReason::synchronised},
    {"a_declared_clock",
     ClockSource::rtc,
     {{0s, 0s, false}},
     ClockState::trusted,
     ClockReason::declared},
    {"a_declared_clock_after_a_week",
     ClockSource::rtc,
     {{0s, 0s, false}, {kWeek, 0s, false}},
     ClockState::trusted,
     ClockReason::declared,
     10s},
    {"a_declared_clock_that_ntp_corrects_once",
     ClockSource::rtc,
     {{0s, 0s, false}, {60s, 240s, true}},
     ClockState::trusted,
     ClockReason::synchronised},
    {"a_declared_clock_that_ntp_moves_by_a_day",
     ClockSource::rtc,
     {{0s, 0s, false}, {60s, 86400s, true}},
     ClockState::untrusted,
     ClockReason::stepped},
    {"a_declared_clock_that_somebody_sets",
     ClockSource::rtc,
     {{0s, 0s, false}, {60s, 240s, false}},
     ClockState::untrusted,
     ClockReason::stepped},
    {"only_the_first_correction_is_believed",
     ClockSource::rtc,
     {{0s, 0s, false}, {60s, 240s, true}, {120s, 480s, true}},
     ClockState::untrusted,
     ClockReason::stepped},
};

class Clocks : public testing::TestWithParam<Case> {};

ClockSample sample_at(const Look& look) {
    return {kStart + look.after + look.off, BootTime{1000} + look.after, look.synchronised};
}

TEST_P(Clocks, AreJudgedAsTheTableSays) {
    ClockMemory memory;
    memory.floor = kFloor;
    ClockVerdict verdict;
    for (const auto& look : GetParam().looks) {
        const auto judged = judge_clock(GetParam().source, sample_at(look), memory);
        memory = judged.memory;
        verdict = judged.verdict;
    }
    EXPECT_EQ(name(verdict.state), name(GetParam().state));
    EXPECT_EQ(name(verdict.reason), name(GetParam().reason));
    if (verdict.state != ClockState::untrusted) {
        EXPECT_EQ(verdict.drift, GetParam().drift);
    }
}

INSTANTIATE_TEST_SUITE_P(Clock, Clocks, testing::ValuesIn(kCases),
                         [](const auto& one) { return one.param.name; });

TEST(Floor, FollowsATrustedClockAfterAnHourOnly) {
    ClockMemory memory;
    memory.floor = kFloor;
    memory = judge_clock(ClockSource::ntp, sample_at({0s, 0s, true}), memory).memory;
    memory = judge_clock(ClockSource::ntp, sample_at({3599s, 0s, true}), memory).memory;
    EXPECT_EQ(memory.floor, kFloor);
    memory = judge_clock(ClockSource::ntp, sample_at({3600s, 0s, true}), memory).memory;
    EXPECT_EQ(memory.floor, kStart + 3600s - kFloorMargin);
}

TEST(Floor, DoesNotFollowAClockThatIsNotBelieved) {
    ClockMemory memory;
    memory.floor = kFloor;
    for (const auto after : {0s, 60s, 4000s, 8000s}) {
        const auto off = after == 0s ? 0s : seconds{kTenYears};
        memory = judge_clock(ClockSource::rtc, sample_at({after, off, true}), memory).memory;
    }
    EXPECT_EQ(memory.floor, kFloor);
}

TEST(Floor, OnlyRises) {
    ClockMemory memory;
    memory.floor = kFloor;
    EXPECT_EQ(raise_floor(memory, kFloor - 1s).floor, kFloor);
    EXPECT_EQ(raise_floor(memory, kFloor + 1s).floor, kFloor + 1s);
}

TEST(ClockWord, IsReadAsItWasWritten) {
    const ClockWord word{"b5c9", {kStart, BootTime{12'345}}};
    EXPECT_EQ(clock_word_from(text_of(word)), word);
    for (const auto* wrong : {"", "b5c9", "b5c9 1", "b5c9 x 1", "b5c9 1 2 3"}) {
        EXPECT_FALSE(clock_word_from(wrong)) << wrong;
    }
}

TEST(ClockWord, BringsAFloorDownButNotBelowWhatNobodyLowers) {
    ClockMemory memory;
    memory.floor = kStart + kTenYears;
    const ClockAnchor word{kStart, BootTime{1000}};
    const auto taken = take_word(word, sample_at({60s, 0s, false}), memory, kFloor);
    ASSERT_TRUE(taken);
    EXPECT_EQ(taken->floor, kStart - kFloorMargin);
    const auto judged = judge_clock(ClockSource::ntp, sample_at({61s, 0s, false}), *taken);
    EXPECT_EQ(judged.verdict.state, ClockState::holdover);
    EXPECT_FALSE(take_word(word, sample_at({60s, 0s, false}), memory, kStart + 61s));
    EXPECT_FALSE(take_word(word, sample_at({60s, 121s, false}), memory, kFloor));
    EXPECT_FALSE(take_word(word, sample_at({-1s, 0s, false}), memory, kFloor));
}

TEST(MachineClock, BootTimeGoesOn) {
    const auto before = boot_now();
    EXPECT_LE(before, sample_clock().boot);
    EXPECT_GT(before, BootTime{0});
}

}  // namespace
}  // namespace creneau::door
