#include "door-agent/readers/frame_assembler.hpp"

#include <gtest/gtest.h>

#include <string>

namespace creneau::door {
namespace {

using std::chrono::milliseconds;
using Result = FrameAssembler::Result;

constexpr BootTime kStart{500'000};

FrameAssembler wedge() {
    FrameAssembler::Limits limits;
    limits.between = milliseconds(250);
    return FrameAssembler(limits);
}

TEST(FrameAssembler, GivesAFrameAtItsEnding) {
    FrameAssembler frames({});
    EXPECT_EQ(frames.add('4', kStart), Result::more);
    EXPECT_EQ(frames.add('2', kStart), Result::more);
    EXPECT_EQ(frames.end(kStart), Result::frame);
    EXPECT_EQ(frames.take(), "42");
    EXPECT_EQ(frames.end(kStart), Result::more) << "LF after CR is no empty frame";
    EXPECT_EQ(frames.due(), std::nullopt);
}

TEST(FrameAssembler, TakesExactly512Bytes) {
    FrameAssembler frames({});
    for (int i = 0; i < 512; ++i) {
        EXPECT_EQ(frames.add('7', kStart), Result::more);
    }
    EXPECT_EQ(frames.end(kStart), Result::frame);
    EXPECT_EQ(frames.take().size(), 512U);
}

TEST(FrameAssembler, SaysOverlongOnceAndSwallowsToTheEnding) {
    FrameAssembler frames({});
    int overlong = 0;
    for (int i = 0; i < 5000; ++i) {
        overlong += frames.add('7', kStart) == Result::overlong ? 1 : 0;
    }
    EXPECT_EQ(overlong, 1);
    EXPECT_EQ(frames.end(kStart), Result::more);
    frames.add('1', kStart);
    EXPECT_EQ(frames.end(kStart), Result::frame);
    EXPECT_EQ(frames.take(), "1");
}

TEST(FrameAssembler, GivesUpAFrameAfterFiveSeconds) {
    FrameAssembler frames({});
    frames.add('1', kStart);
    EXPECT_EQ(frames.due(), kStart + milliseconds(5000));
    EXPECT_EQ(frames.expire(kStart + milliseconds(4999)), Result::more);
    EXPECT_EQ(frames.expire(kStart + milliseconds(5000)), Result::timed_out);
    EXPECT_EQ(frames.end(kStart + milliseconds(5001)), Result::more);
}

TEST(FrameAssembler, GivesUpAFrameAfter250MsBetweenKeys) {
    FrameAssembler frames = wedge();
    frames.add('1', kStart);
    EXPECT_EQ(frames.add('2', kStart + milliseconds(249)), Result::more);
    EXPECT_EQ(frames.add('3', kStart + milliseconds(499)), Result::timed_out);
    EXPECT_EQ(frames.end(kStart + milliseconds(500)), Result::frame);
    EXPECT_EQ(frames.take(), "3") << "the late key begins a new frame";
}

TEST(FrameAssembler, AnEndingThatComesTooLateEndsNothing) {
    FrameAssembler frames = wedge();
    frames.add('1', kStart);
    EXPECT_EQ(frames.end(kStart + milliseconds(250)), Result::timed_out);
    frames.add('2', kStart + milliseconds(251));
    EXPECT_EQ(frames.end(kStart + milliseconds(252)), Result::frame);
    EXPECT_EQ(frames.take(), "2");
}

TEST(FrameAssembler, ForgetsWhenCleared) {
    FrameAssembler frames({});
    frames.add('1', kStart);
    frames.clear();
    EXPECT_EQ(frames.end(kStart), Result::more);
}

}  // namespace
}  // namespace creneau::door
