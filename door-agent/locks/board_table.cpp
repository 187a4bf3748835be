#include "door-agent/locks/board_table.hpp"

#include "door-agent/locks/frames.hpp"
#include "door-agent/locks/lock_settings.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace creneau::door {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::uint16_t kRegisterOn = 0x0100;
constexpr std::uint16_t kRegisterOff = 0x0200;
constexpr std::uint16_t kRegisterPulse = 0x0600;

std::uint16_t word(std::int64_t value) {
    return static_cast<std::uint16_t>(value);
}
std::uint8_t byte(int value) {
    return static_cast<std::uint8_t>(value);
}

BoardModel waveshare() {
    return {.name = "waveshare-relay-8",
            .reference =
                "waveshare.com/wiki/Modbus_RTU_Relay, Development Protocol V2 "
                "(also Modbus POE ETH Relay): 05 at 0x0200 'flash on', 03 at 0x1000 "
                "'control mode', 03 at 0x8000 'software version'",
            .channels = 8,
            .output = OutputForm::coils,
            .pulse = PulseForm::coil_tenths,
            .pulse_base = 0x0200,
            .pulse_unit = milliseconds(100),
            .own_watchdog = seconds(0),
            .inputs = true,
            .version_register = 0x8000,
            .rules = {{0x1000, true, 0, false, "control mode (0 = normal)"}}};
}

BoardModel eletechsup() {
    return {.name = "eletechsup-r421a08",
            .reference =
                "R421A08 8 Channel RS485 Relay, Modbus RTU command table: 06 on register "
                "1-8, 0x0100 open, 0x0200 close, 0x06nn delay nn s; 03 reads the state",
            .channels = 8,
            .output = OutputForm::command_registers,
            .pulse = PulseForm::register_seconds,
            .pulse_base = 1,
            .pulse_unit = seconds(1),
            .own_watchdog = seconds(0),
            .inputs = false,
            .version_register = std::nullopt,
            .rules = {}};
}

BoardModel wiren_board() {
    return {.name = "wirenboard-wb-mr6c",
            .reference =
                "wirenboard.com/wiki/Relay_Module_Modbus_Management: holding 8 safety "
                "timer (s), holding 6 outputs at power-on, holding 9.. input mode",
            .channels = 6,
            .output = OutputForm::coils,
            .pulse = PulseForm::none,
            .pulse_base = 0,
            .pulse_unit = milliseconds(0),
            .own_watchdog = seconds(5),
            .inputs = true,
            .version_register = std::nullopt,
            .rules = {{6, false, 0, true, "outputs at power-on (0 = off)"},
                      {8, false, 5, true, "safety timer (5 s)"},
                      {9, true, 3, true, "input mode (3 = apart from the relay)"}}};
}

/// Its host watchdog is off by default and no register tells: without a declared timer it is
/// refused. Its own pulses count in 1.5 s and want a mode that only its console sets.
BoardModel moxa() {
    return {.name = "moxa-iologik-e1214",
            .reference =
                "ioLogik E1200 Series User's Manual, appendix A, E1214 Modbus Mapping: coils 0-5 "
                "RLY_status, discrete inputs 0-5 DI_status",
            .channels = 6,
            .output = OutputForm::coils,
            .pulse = PulseForm::none,
            .pulse_base = 0,
            .pulse_unit = milliseconds(0),
            .own_watchdog = seconds(0),
            .inputs = true,
            .version_register = std::nullopt,
            .rules = {}};
}

BoardModel generic() {
    return {.name = "generic-coil",
            .reference = "Modbus Application Protocol V1.1b3: coils read by 01, written by 05",
            .channels = 8,
            .output = OutputForm::coils,
            .pulse = PulseForm::none,
            .pulse_base = 0,
            .pulse_unit = milliseconds(0),
            .own_watchdog = seconds(0),
            .inputs = false,
            .version_register = std::nullopt,
            .rules = {}};
}

/// The kernel leaves a line as it is when its owner dies: hardware has to end it.
BoardModel gpio() {
    return {.name = "gpio",
            .reference = "docs.kernel.org/userspace-api/gpio/chardev.html",
            .channels = static_cast<int>(kMostGpioLines),
            .output = OutputForm::lines,
            .pulse = PulseForm::none,
            .pulse_base = 0,
            .pulse_unit = milliseconds(0),
            .own_watchdog = seconds(0),
            .inputs = true,
            .version_register = std::nullopt,
            .rules = {}};
}

Request command(int unit, int channel, std::uint16_t value) {
    return {byte(unit), Function::write_register, word(channel + 1), value};
}

}  // namespace

const std::vector<BoardModel>& board_table() {
    static const std::vector<BoardModel> kTable = {waveshare(), eletechsup(), wiren_board(),
                                                   moxa(),      generic(),    gpio()};
    return kTable;
}

const BoardModel* find_board(std::string_view name) {
    const auto& table = board_table();
    const auto row = std::ranges::find(table, name, &BoardModel::name);
    return row == table.end() ? nullptr : &*row;
}

std::optional<Ending> ending_of(const BoardModel& board, const LockSettings& settings) {
    if (board.pulse != PulseForm::none) {
        return Ending::board_pulse;
    }
    if (board.own_watchdog > seconds(0) || settings.watchdog) {
        return Ending::watchdog;
    }
    if (settings.external_timer) {
        return Ending::external_timer;
    }
    return std::nullopt;
}

Request on_request(const BoardModel& board, int unit, int channel) {
    if (board.output == OutputForm::command_registers) {
        return command(unit, channel, kRegisterOn);
    }
    return {byte(unit), Function::write_coil, word(channel), kCoilOn};
}

Request off_request(const BoardModel& board, int unit, int channel) {
    if (board.output == OutputForm::command_registers) {
        return command(unit, channel, kRegisterOff);
    }
    return {byte(unit), Function::write_coil, word(channel), kCoilOff};
}

milliseconds pulse_length(const BoardModel& board, milliseconds duration) {
    if (board.pulse == PulseForm::none) {
        return duration;
    }
    const milliseconds counted = board.pulse_unit;
    const auto steps = std::max<std::int64_t>(1, (duration + counted - milliseconds(1)) / counted);
    return steps * counted;
}

Request pulse_request(const BoardModel& board, int unit, int channel, milliseconds duration) {
    const auto steps = pulse_length(board, duration) / board.pulse_unit;
    if (board.pulse == PulseForm::register_seconds) {
        return command(unit, channel, word(kRegisterPulse | std::min<std::int64_t>(steps, 0xFF)));
    }
    return {byte(unit), Function::write_coil, word(board.pulse_base + channel),
            word(std::min<std::int64_t>(steps, 0x7FFF))};
}

Request outputs_request(const BoardModel& board, int unit) {
    if (board.output == OutputForm::command_registers) {
        return {byte(unit), Function::read_registers, 1, word(board.channels)};
    }
    return {byte(unit), Function::read_coils, 0, word(board.channels)};
}

unsigned outputs_in(const BoardModel& board, const Reply& reply) {
    if (board.output != OutputForm::command_registers) {
        return reply.bits;
    }
    unsigned outputs = 0;
    for (int channel = 0; channel < board.channels; ++channel) {
        if (reply.registers[static_cast<std::size_t>(channel)] != 0) {
            outputs |= 1U << static_cast<unsigned>(channel);
        }
    }
    return outputs;
}

}  // namespace creneau::door
