#include "door-agent/locks/frames.hpp"

#include "door-agent/locks/board_table.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace creneau::door {
namespace {

using Bytes = std::vector<std::uint8_t>;

/// CRC of Modbus over Serial Line V1.02, 2.5.1.2, written out here so that the frames compare with
/// the makers' examples.
std::string on_the_line(const Request& request) {
    const auto body = encode(request);
    unsigned crc = 0xFFFF;
    for (const std::uint8_t byte : body) {
        crc ^= byte;
        for (int i = 0; i < 8; ++i) {
            crc = (crc & 1U) != 0 ? (crc >> 1U) ^ 0xA001U : crc >> 1U;
        }
    }
    Bytes whole(body.begin(), body.end());
    whole.push_back(static_cast<std::uint8_t>(crc & 0xFFU));
    whole.push_back(static_cast<std::uint8_t>(crc >> 8U));
    std::string text;
    for (const std::uint8_t byte : whole) {
        char pair[4];
        std::snprintf(pair, sizeof(pair), "%02X ", byte);
        text += pair;
    }
    text.pop_back();
    return text;
}

TEST(GoldenFrames, AreTheMakersExamples) {
    const BoardModel& waveshare = *find_board("waveshare-relay-8");
    const BoardModel& r421 = *find_board("eletechsup-r421a08");
    const BoardModel& wiren = *find_board("wirenboard-wb-mr6c");
    const struct {
        const char* what;
        Request request;
        const char* frame;
    } rows[] = {
        {"Waveshare flash on, relay 0, 700 ms",
         pulse_request(waveshare, 1, 0, std::chrono::milliseconds(700)), "01 05 02 00 00 07 8D B0"},
        {"Waveshare relay 0 on", on_request(waveshare, 1, 0), "01 05 00 00 FF 00 8C 3A"},
        {"Waveshare relay 0 off", off_request(waveshare, 1, 0), "01 05 00 00 00 00 CD CA"},
        {"Waveshare relay states", outputs_request(waveshare, 1), "01 01 00 00 00 08 3D CC"},
        {"Waveshare inputs", {1, Function::read_inputs, 0, 8}, "01 02 00 00 00 08 79 CC"},
        {"Waveshare control modes",
         {1, Function::read_registers, 0x1000, 8},
         "01 03 10 00 00 08 40 CC"},
        {"Waveshare version", {1, Function::read_registers, 0x8000, 1}, "01 03 80 00 00 01 AD CA"},
        {"R421A08 channel 1 on", on_request(r421, 1, 0), "01 06 00 01 01 00 D9 9A"},
        {"R421A08 channel 1 off", off_request(r421, 1, 0), "01 06 00 01 02 00 D9 6A"},
        {"R421A08 channel 1 for 10 s", pulse_request(r421, 1, 0, std::chrono::seconds(10)),
         "01 06 00 01 06 0A 5B AD"},
        {"R421A08 states", outputs_request(r421, 1), "01 03 00 01 00 08 15 CC"},
        {"Wiren Board relay 3 on", on_request(wiren, 2, 2), "02 05 00 02 FF 00 2D C9"},
        {"Wiren Board safety timer 5 s",
         {2, Function::write_register, 8, 5},
         "02 06 00 08 00 05 C8 38"},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(on_the_line(row.request), row.frame) << row.what;
    }
}

TEST(Pulse, IsRoundedUpToWhatTheBoardCounts) {
    const BoardModel& waveshare = *find_board("waveshare-relay-8");
    const BoardModel& r421 = *find_board("eletechsup-r421a08");
    using std::chrono::milliseconds;
    EXPECT_EQ(pulse_length(waveshare, milliseconds(1)), milliseconds(100));
    EXPECT_EQ(pulse_length(waveshare, milliseconds(5000)), milliseconds(5000));
    EXPECT_EQ(pulse_length(waveshare, milliseconds(5001)), milliseconds(5100));
    EXPECT_EQ(pulse_length(r421, milliseconds(5001)), milliseconds(6000));
    EXPECT_EQ(pulse_request(r421, 1, 7, milliseconds(60'000)).value, 0x063C);
}

const Request kPulse{1, Function::write_coil, 0x0200, 7};
const Request kCoils{1, Function::read_coils, 0, 8};
const Request kModes{1, Function::read_registers, 0x1000, 2};

TEST(Judge, KnowsEveryReply) {
    const struct {
        const char* what;
        Request request;
        Bytes reply;
        Outcome outcome;
    } rows[] = {
        {"echo", kPulse, {1, 5, 2, 0, 0, 7}, Outcome::done},
        {"echo of another value", kPulse, {1, 5, 2, 0, 0, 0}, Outcome::unknown},
        {"echo of another address", kPulse, {1, 5, 2, 1, 0, 7}, Outcome::unknown},
        {"another unit", kPulse, {2, 5, 2, 0, 0, 7}, Outcome::unknown},
        {"another function", kPulse, {1, 6, 2, 0, 0, 7}, Outcome::unknown},
        {"short echo", kPulse, {1, 5, 2, 0, 0}, Outcome::unknown},
        {"long echo", kPulse, {1, 5, 2, 0, 0, 7, 0}, Outcome::unknown},
        {"nothing", kPulse, {}, Outcome::unknown},
        {"illegal function", kPulse, {1, 0x85, 1}, Outcome::refused},
        {"illegal address", kPulse, {1, 0x85, 2}, Outcome::refused},
        {"illegal value", kPulse, {1, 0x85, 3}, Outcome::refused},
        {"failure while executing", kPulse, {1, 0x85, 4}, Outcome::unknown},
        {"acknowledged, still at it", kPulse, {1, 0x85, 5}, Outcome::unknown},
        {"busy", kPulse, {1, 0x85, 6}, Outcome::busy},
        {"gateway path", kPulse, {1, 0x85, 0x0A}, Outcome::refused},
        {"gateway target silent", kPulse, {1, 0x85, 0x0B}, Outcome::unknown},
        {"exception of another function", kPulse, {1, 0x86, 2}, Outcome::unknown},
        {"coils", kCoils, {1, 1, 1, 0x81}, Outcome::done},
        {"coils, two bytes", kCoils, {1, 1, 2, 0x81, 0}, Outcome::unknown},
        {"coils, byte count lies", kCoils, {1, 1, 2, 0x81}, Outcome::unknown},
        {"registers", kModes, {1, 3, 4, 0, 1, 0, 2}, Outcome::done},
        {"one register of two", kModes, {1, 3, 2, 0, 1}, Outcome::unknown},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(judge(row.request, row.reply).outcome, row.outcome) << row.what;
    }
    EXPECT_EQ(judge(kCoils, Bytes{1, 1, 1, 0x81}).bits, 0x81U);
    EXPECT_EQ(judge(kModes, Bytes{1, 3, 4, 0, 1, 0, 2}).registers[1], 2);
}

TEST(Judge, IgnoresBitsThatWereNotAskedFor) {
    const Request three{1, Function::read_coils, 0, 3};
    EXPECT_EQ(judge(three, Bytes{1, 1, 1, 0xFF}).bits, 7U);
}

TEST(Judge, TakesNoRandomBytesForAnAnswer) {
    std::mt19937 random(7);  // NOLINT(bugprone-random-generator-seed): the same bytes each time
    int accepted = 0;
    for (int i = 0; i < 200'000; ++i) {
        Bytes reply(random() % 12);
        for (std::uint8_t& byte : reply) {
            byte = static_cast<std::uint8_t>(random());
        }
        if (judge(kPulse, reply).outcome == Outcome::done) {
            ++accepted;
        }
    }
    EXPECT_EQ(accepted, 0);
    EXPECT_EQ(judge(kPulse, encode(kPulse)).outcome, Outcome::done);
}

}  // namespace
}  // namespace creneau::door
