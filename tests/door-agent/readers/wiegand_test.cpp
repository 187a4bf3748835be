#include "door-agent/readers/spoiled_count.hpp"
#include "door-agent/readers/wiegand_bits.hpp"
#include "door-agent/readers/wiegand_reader.hpp"
#include "tests/door-agent/readers/recorder.hpp"
#include "tests/door-agent/support/fake_gpio.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace creneau::door::test {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using Numbers = std::vector<std::uint64_t>;

constexpr microseconds kStep{1'000};

std::vector<bool> bits_of(const std::string& text) {
    std::vector<bool> bits;
    for (const char one : text) {
        if (one != ' ') {
            bits.push_back(one == '1');
        }
    }
    return bits;
}

/// Written by hand, as readers' papers have them: facility 1 card 1, and so on.
const struct {
    const char* what;
    WiegandForm form;
    std::string text;
    std::uint64_t number;
} kFrames[] = {
    {"26, facility 1, card 1", WiegandForm::bits26, "1 00000001 0000 0000 00000001 0", 0x010001},
    {"26, all zero", WiegandForm::bits26, "0 000000000000 000000000000 1", 0},
    {"26, all one", WiegandForm::bits26, "0 111111111111 111111111111 1", 0xFFFFFF},
    {"34, a UID", WiegandForm::bits34, "1 1101111010101101 1011111011101111 0", 0xDEADBEEF},
    {"37, one in the middle", WiegandForm::bits37, "1 00000000000000000 1 00000000000000000 0",
     1ULL << 17U},
    {"37, card 5", WiegandForm::bits37, "0 00000000000000000 0 00000000000000101 1", 5},
};

TEST(Wiegand, NumbersStandBetweenTheParities) {
    for (const auto& row : kFrames) {
        EXPECT_EQ(wiegand_number(bits_of(row.text), row.form), row.number) << row.what;
    }
}

TEST(Wiegand, OneWrongBitIsNoNumber) {
    for (const auto& row : kFrames) {
        const auto good = bits_of(row.text);
        for (std::size_t i = 0; i < good.size(); ++i) {
            auto bits = good;
            bits[i] = !bits[i];
            // The middle bit of 37 counts in both parities: both are wrong then.
            EXPECT_EQ(wiegand_number(bits, row.form), std::nullopt) << row.what << ", bit " << i;
        }
        auto longer = good;
        longer.push_back(false);
        EXPECT_EQ(wiegand_number(longer, row.form), std::nullopt) << row.what;
        auto shorter = good;
        shorter.pop_back();
        EXPECT_EQ(wiegand_number(shorter, row.form), std::nullopt) << row.what;
    }
}

TEST(Wiegand, NumbersFillWholeBytes) {
    EXPECT_EQ(wiegand_bytes(WiegandForm::bits26), 3U);
    EXPECT_EQ(wiegand_bytes(WiegandForm::bits34), 4U);
    EXPECT_EQ(wiegand_bytes(WiegandForm::bits37), 5U);
}

std::vector<WiegandPulse> pulses_of(const std::string& text, nanoseconds from,
                                    nanoseconds step = kStep) {
    std::vector<WiegandPulse> pulses;
    for (const bool bit : bits_of(text)) {
        pulses.push_back({from, bit});
        from += step;
    }
    return pulses;
}

RC_GTEST_PROP(WiegandBits, AreOrderedByTheirInstantsWhateverOrderTheyCameIn, ()) {
    auto pulses = pulses_of(kFrames[0].text, milliseconds(7));
    for (std::size_t i = pulses.size(); i > 1; --i) {
        std::swap(pulses[i - 1], pulses[*rc::gen::inRange<std::size_t>(0, i)]);
    }
    WiegandBits bits(WiegandForm::bits26);
    for (const auto& pulse : pulses) {
        bits.take(pulse);
    }
    RC_ASSERT(bits.due() == milliseconds(7) + 25 * kStep + WiegandBits::kSilence);
    RC_ASSERT(bits.end(*bits.due() - nanoseconds(1)).numbers.empty());
    const auto ended = bits.end(*bits.due());
    RC_ASSERT(ended.numbers == Numbers{0x010001});
    RC_ASSERT(ended.spoiled == 0U);
}

TEST(WiegandBits, ASilenceEndsAFrameAndTheNextIsAnother) {
    WiegandBits bits(WiegandForm::bits26);
    const auto second = pulses_of(kFrames[2].text, milliseconds(100));
    for (const auto& pulse : second) {
        bits.take(pulse);
    }
    for (const auto& pulse : pulses_of(kFrames[0].text, milliseconds(0))) {
        bits.take(pulse);
    }
    EXPECT_EQ(bits.end(milliseconds(200)).numbers, (Numbers{0x010001, 0xFFFFFF}));
    EXPECT_FALSE(bits.due());
}

TEST(WiegandBits, ABitThatCameAfterTheSilenceDoesNotCompleteAFrame) {
    auto pulses = pulses_of(kFrames[0].text, milliseconds(0));
    pulses.back().at += WiegandBits::kSilence;
    WiegandBits bits(WiegandForm::bits26);
    for (const auto& pulse : pulses) {
        bits.take(pulse);
    }
    const auto ended = bits.end(milliseconds(500));
    EXPECT_TRUE(ended.numbers.empty());
    EXPECT_EQ(ended.spoiled, 2U);
}

TEST(WiegandBits, PulsesTooCloseToTellWhichWasFirstAreNoNumber) {
    auto pulses = pulses_of(kFrames[0].text, milliseconds(0));
    pulses[8].at = pulses[7].at + WiegandBits::kClosest - nanoseconds(1);
    WiegandBits bits(WiegandForm::bits26);
    for (const auto& pulse : pulses) {
        bits.take(pulse);
    }
    EXPECT_EQ(bits.end(milliseconds(500)).spoiled, 1U);
    pulses[8].at = pulses[7].at + WiegandBits::kClosest;
    for (const auto& pulse : pulses) {
        bits.take(pulse);
    }
    EXPECT_EQ(bits.end(milliseconds(500)).numbers, Numbers{0x010001});
}

TEST(WiegandBits, ANoiseWithoutEndIsToldOnceAndForgottenAfterASilence) {
    WiegandBits bits(WiegandForm::bits26);
    nanoseconds at{};
    unsigned told = 0;
    for (int i = 0; i < 10'000; ++i, at += kStep) {
        bits.take({at, i % 3 == 0});
        told += bits.end(at).spoiled;
    }
    EXPECT_EQ(told, 1U);
    at += WiegandBits::kSilence;
    EXPECT_EQ(bits.end(at).spoiled, 0U);
    for (const auto& pulse : pulses_of(kFrames[0].text, at)) {
        bits.take(pulse);
    }
    EXPECT_EQ(bits.end(at + milliseconds(500)).numbers, Numbers{0x010001});
}

TEST(SpoiledCount, TellsTheFirstAtOnceAndTheOthersOnceAMinute) {
    SpoiledCount count;
    EXPECT_EQ(count.to_tell(BootTime(0)), std::nullopt);
    count.add(1);
    EXPECT_EQ(count.to_tell(BootTime(0)), 1U);
    for (int second = 1; second < 60; ++second) {
        count.add(2);
        EXPECT_EQ(count.to_tell(std::chrono::seconds(second)), std::nullopt);
    }
    EXPECT_EQ(count.to_tell(std::chrono::minutes(1)), 118U);
    EXPECT_EQ(count.to_tell(std::chrono::minutes(9)), std::nullopt);
}

class WiegandReaderOnLines : public ::testing::Test {
  protected:
    static constexpr unsigned kData0 = 14;
    static constexpr unsigned kData1 = 15;

    void start() {
        reader = std::make_unique<WiegandReader>(
            WiegandReaderSettings{"street", "/dev/gpiochip0", kData0, kData1, WiegandForm::bits26},
            heard.listener(), std::make_unique<FakeGpio>(chip));
        reader->start();
    }
    /// All of D1 first: what came first is told by the instants alone.
    void send(const std::string& text) {
        const auto now = std::chrono::steady_clock::now().time_since_epoch();
        const auto pulses = pulses_of(text, now, microseconds(200));
        for (const bool line : {true, false}) {
            for (const auto& pulse : pulses) {
                if (pulse.bit == line) {
                    chip.edge(line ? kData1 : kData0, pulse.at);
                }
            }
        }
    }

    FakeChip chip;
    Recorder heard;
    std::unique_ptr<WiegandReader> reader;
};

TEST_F(WiegandReaderOnLines, TellsTheNumberInDecimal) {
    start();
    ASSERT_TRUE(eventually([&] { return heard.told(ReaderNotice::back) == 1; }));
    send(kFrames[0].text);
    ASSERT_TRUE(eventually([&] { return heard.frames().size() == 1; }));
    EXPECT_EQ(heard.frames().front(), "65537");
    EXPECT_EQ(heard.told(ReaderNotice::spoiled), 0);
}

TEST_F(WiegandReaderOnLines, TellsAWrongParityOnceAndReadsOn) {
    start();
    ASSERT_TRUE(eventually([&] { return heard.told(ReaderNotice::back) == 1; }));
    send("1 00000001 00000000 00000001 1");
    ASSERT_TRUE(eventually([&] { return heard.told(ReaderNotice::spoiled) == 1; }));
    EXPECT_TRUE(heard.frames().empty());
    send(kFrames[0].text);
    ASSERT_TRUE(eventually([&] { return heard.frames().size() == 1; }));
    EXPECT_EQ(heard.told(ReaderNotice::spoiled), 1);
}

TEST_F(WiegandReaderOnLines, ReadsNothingThatCameBeforeItListened) {
    send(kFrames[2].text);
    start();
    ASSERT_TRUE(eventually([&] { return heard.told(ReaderNotice::back) == 1; }));
    send(kFrames[0].text);
    ASSERT_TRUE(eventually([&] { return !heard.frames().empty(); }));
    EXPECT_EQ(heard.frames(), std::vector<std::string>{"65537"});
}

TEST_F(WiegandReaderOnLines, IsLostWithItsChipAndComesBackWithIt) {
    chip.unplug(true);
    start();
    ASSERT_TRUE(eventually([&] { return heard.told(ReaderNotice::lost) == 1; }));
    chip.unplug(false);
    ASSERT_TRUE(eventually([&] { return heard.told(ReaderNotice::back) == 1; }));
    chip.unplug(true);
    ASSERT_TRUE(eventually([&] { return heard.told(ReaderNotice::lost) == 2; }));
    reader.reset();
    EXPECT_FALSE(chip.claimed(kData0));
}

}  // namespace
}  // namespace creneau::door::test
