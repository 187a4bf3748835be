#include "door-agent/locks/frames.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace creneau::door {
namespace {

constexpr std::uint8_t kExceptionBit = 0x80;

std::uint8_t high(std::uint16_t word) {
    return static_cast<std::uint8_t>(word >> 8U);
}
std::uint8_t low(std::uint16_t word) {
    return static_cast<std::uint8_t>(word & 0xFFU);
}

/// What an exception says about the command (chapter 7). A failure while executing (4), a late
/// acknowledgement (5) or a silent target behind a gateway (0x0B) may have acted.
Outcome outcome_of_exception(std::uint8_t code) {
    switch (code) {
        case 0x01:
        case 0x02:
        case 0x03:
        case 0x07:
        case 0x0A:
            return Outcome::refused;
        case 0x06:
            return Outcome::busy;
        default:
            return Outcome::unknown;
    }
}

bool is_write(Function function) {
    return function == Function::write_coil || function == Function::write_register;
}

Reply judge_write(const Request& request, std::span<const std::uint8_t> reply) {
    const auto sent = encode(request);
    Reply judged;
    if (reply.size() == sent.size() && std::equal(reply.begin(), reply.end(), sent.begin())) {
        judged.outcome = Outcome::done;
    }
    return judged;
}

Reply judge_read(const Request& request, std::span<const std::uint8_t> reply) {
    Reply judged;
    const bool registers = request.function == Function::read_registers;
    const std::size_t expected =
        registers ? std::size_t{request.value} * 2 : (std::size_t{request.value} + 7) / 8;
    if (reply.size() != expected + 3 || reply[2] != expected || expected == 0 ||
        (registers ? request.value > judged.registers.size() : expected > 2)) {
        return judged;
    }
    judged.outcome = Outcome::done;
    const auto data = reply.subspan(3);
    if (!registers) {
        for (std::size_t i = 0; i < expected; ++i) {
            judged.bits |= unsigned{data[i]} << (8 * i);
        }
        judged.bits &= (1U << request.value) - 1U;
        return judged;
    }
    for (std::size_t i = 0; i < request.value; ++i) {
        judged.registers[i] =
            static_cast<std::uint16_t>((unsigned{data[2 * i]} << 8U) | data[2 * i + 1]);
    }
    return judged;
}

}  // namespace

std::array<std::uint8_t, 6> encode(const Request& request) {
    return {request.unit,          static_cast<std::uint8_t>(request.function),
            high(request.address), low(request.address),
            high(request.value),   low(request.value)};
}

Reply judge(const Request& request, std::span<const std::uint8_t> reply) {
    const auto function = static_cast<std::uint8_t>(request.function);
    if (reply.size() < 3 || reply[0] != request.unit) {
        return {};
    }
    if (reply[1] == (function | kExceptionBit) && reply.size() == 3) {
        Reply judged;
        judged.exception = reply[2];
        judged.outcome = outcome_of_exception(reply[2]);
        return judged;
    }
    if (reply[1] != function) {
        return {};
    }
    return is_write(request.function) ? judge_write(request, reply) : judge_read(request, reply);
}

}  // namespace creneau::door
