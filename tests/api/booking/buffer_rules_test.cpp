#include "api/booking/buffer_rules.hpp"

#include "api/booking/booking_error.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <chrono>
#include <string>
#include <vector>

namespace creneau::booking {
namespace {

using namespace std::chrono_literals;
using std::chrono::minutes;

Interval at(int from, int until) {
    const std::chrono::sys_seconds zero{1'800'000'000s};
    return {zero + minutes(from), zero + minutes(until)};
}

std::string told(const std::vector<Failure>& failures) {
    std::string text;
    for (const Failure& failure : failures) {
        text += (text.empty() ? "" : ",") + failure.field;
        EXPECT_EQ(failure.rule, Rule::buffer_taken);
    }
    return text;
}

TEST(BufferRules, KeepSetupAndTeardownOffBodies) {
    const std::vector<Neighbour> before{{at(0, 60), {}}};
    EXPECT_EQ(told(check_buffers(at(60, 120), {}, before)), "");
    EXPECT_EQ(told(check_buffers(at(90, 120), {30min, 0min}, before)), "");
    EXPECT_EQ(told(check_buffers(at(89, 120), {30min, 0min}, before)), "start");
    const std::vector<Neighbour> after{{at(120, 180), {}}};
    EXPECT_EQ(told(check_buffers(at(60, 90), {0min, 30min}, after)), "");
    EXPECT_EQ(told(check_buffers(at(60, 91), {0min, 30min}, after)), "end");
}

TEST(BufferRules, KeepABodyOffTheBuffersOfOthers) {
    const std::vector<Neighbour> both{{at(0, 60), {0min, 20min}}, {at(200, 260), {40min, 0min}}};
    EXPECT_EQ(told(check_buffers(at(80, 160), {}, both)), "");
    EXPECT_EQ(told(check_buffers(at(79, 160), {}, both)), "start");
    EXPECT_EQ(told(check_buffers(at(79, 161), {}, both)), "start,end");
}

TEST(BufferRules, LetBuffersOverlapOneAnother) {
    const std::vector<Neighbour> other{{at(0, 60), {0min, 30min}}};
    EXPECT_EQ(told(check_buffers(at(90, 120), {30min, 0min}, other)), "");
}

TEST(BufferRules, SayHowMuchLaterWouldPass) {
    const std::vector<Neighbour> other{{at(0, 60), {}}};
    const auto failures = check_buffers(at(70, 120), {30min, 0min}, other);
    EXPECT_EQ(failures.at(0).detail.en,
              "Between two bookings the room is cleared and set up: start 20 minutes later.");
    EXPECT_EQ(told(check_buffers(at(90, 140), {30min, 0min}, other)), "");
}

TEST(BufferRules, AreThoseOfBruteForce) {
    EXPECT_TRUE(rc::check([] {
        const auto minute = [] { return rc::gen::inRange(0, 60); };
        const int start = 200 + *minute();
        const int end = start + 1 + *minute();
        const Buffers own{minutes(*minute()), minutes(*minute())};
        const int other_start = 100 + *rc::gen::inRange(0, 300);
        const int other_end = other_start + 1 + *minute();
        const Buffers theirs{minutes(*minute()), minutes(*minute())};
        const auto meet = [](int from, int until, int other_from, int other_until) {
            for (int i = from; i < until; ++i) {
                if (other_from <= i && i < other_until) {
                    return true;
                }
            }
            return false;
        };
        RC_PRE(!meet(start, end, other_start, other_end));
        const auto count = [](minutes time) { return static_cast<int>(time.count()); };
        const bool clash =
            meet(start - count(own.setup), end + count(own.teardown), other_start, other_end) ||
            meet(start, end, other_start - count(theirs.setup), other_end + count(theirs.teardown));
        const std::vector<Neighbour> others{{at(other_start, other_end), theirs}};
        RC_ASSERT(check_buffers(at(start, end), own, others).empty() == !clash);
    }));
}

}  // namespace
}  // namespace creneau::booking
