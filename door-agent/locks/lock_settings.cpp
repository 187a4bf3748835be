#include "door-agent/locks/lock_settings.hpp"

#include "door-agent/locks/board_table.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <variant>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace creneau::door {
namespace {

using std::chrono::seconds;

constexpr std::array kBauds = {1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200};

bool fits(const TcpAddress& address) {
    in_addr parsed{};
    return address.port != 0 && inet_pton(AF_INET, address.host.c_str(), &parsed) == 1;
}

bool fits(const RtuLine& line) {
    bool known = false;
    for (const int baud : kBauds) {
        known = known || baud == line.baud;
    }
    const bool parity = line.parity == 'N' || line.parity == 'E' || line.parity == 'O';
    return known && parity && (line.stop_bits == 1 || line.stop_bits == 2) && !line.device.empty();
}

bool fits(const GpioPins& pins) {
    auto lines = pins.outputs;
    lines.insert(lines.end(), pins.inputs.begin(), pins.inputs.end());
    std::ranges::sort(lines);
    return !pins.chip.empty() && !pins.outputs.empty() && pins.outputs.size() <= kMostGpioLines &&
           pins.inputs.size() <= kMostGpioLines && std::ranges::adjacent_find(lines) == lines.end();
}

bool has_own_ending(const BoardModel& board) {
    return board.pulse != PulseForm::none || board.own_watchdog > seconds(0);
}

tl::expected<void, LockRefusal> check_ending(const BoardModel& board,
                                             const LockSettings& settings) {
    if (settings.watchdog && board.output == OutputForm::lines) {
        return tl::unexpected(LockRefusal::no_registers);
    }
    if (settings.watchdog && has_own_ending(board)) {
        return tl::unexpected(LockRefusal::watchdog_not_allowed);
    }
    if (settings.watchdog &&
        (settings.watchdog->time < seconds(1) || settings.watchdog->time > seconds(10))) {
        return tl::unexpected(LockRefusal::watchdog_out_of_range);
    }
    if (settings.external_timer &&
        (*settings.external_timer < seconds(1) || *settings.external_timer > seconds(60))) {
        return tl::unexpected(LockRefusal::timer_out_of_range);
    }
    if (!ending_of(board, settings)) {
        return tl::unexpected(LockRefusal::nothing_ends_it);
    }
    return {};
}

}  // namespace

std::string text_of(LockRefusal refusal) {
    switch (refusal) {
        case LockRefusal::unknown_board:
            return "board: no board of this name is known";
        case LockRefusal::channel_out_of_range:
            return "channel: the board has no such relay (counted from 0)";
        case LockRefusal::unit_out_of_range:
            return "unit: a Modbus address is between 1 and 247";
        case LockRefusal::latching_relay:
            return "latching: a latching relay stays on without anybody and cannot be used";
        case LockRefusal::nothing_ends_it:
            return "board: nothing switches this relay off when the controller is gone; give a "
                   "watchdog register, or external_timer_s for a hardware timer";
        case LockRefusal::no_registers:
            return "watchdog: GPIO lines have no registers; only a hardware timer ends them, "
                   "declared as external_timer_s";
        case LockRefusal::watchdog_not_allowed:
            return "watchdog: this board ends its outputs by itself";
        case LockRefusal::watchdog_out_of_range:
            return "watchdog: its time must be between 1 and 10 seconds";
        case LockRefusal::timer_out_of_range:
            return "external_timer_s: must be between 1 and 60 seconds";
        case LockRefusal::boards_differ:
            return "board: another lock gives this unit another board or watchdog";
        case LockRefusal::channel_taken:
            return "channel: another lock, or a light, uses this relay";
        case LockRefusal::no_lock_there:
            return "unit: no lock is on this board; only boards with a lock are looked after";
        case LockRefusal::bad_address:
            return "address: needs a dotted IPv4 address and a port, or a device, a usual speed, "
                   "parity N, E or O and 1 or 2 stop bits";
        case LockRefusal::bad_lines:
            return "outputs: needs 1 to 16 outputs and at most 16 inputs, no line twice";
    }
    return "";
}

tl::expected<void, LockRefusal> check_lock(const LockSettings& settings) {
    const BoardModel* board = find_board(settings.board);
    if (board == nullptr) {
        return tl::unexpected(LockRefusal::unknown_board);
    }
    if (settings.unit < 1 || settings.unit > 247) {
        return tl::unexpected(LockRefusal::unit_out_of_range);
    }
    if (settings.channel < 0 || settings.channel >= board->channels) {
        return tl::unexpected(LockRefusal::channel_out_of_range);
    }
    if (settings.latching) {
        return tl::unexpected(LockRefusal::latching_relay);
    }
    return check_ending(*board, settings);
}

tl::expected<void, LockRefusal> check_bus(const BusSettings& settings) {
    const bool good =
        std::visit([](const auto& address) { return fits(address); }, settings.address);
    if (!good) {
        const bool lines = std::holds_alternative<GpioPins>(settings.address);
        return tl::unexpected(lines ? LockRefusal::bad_lines : LockRefusal::bad_address);
    }
    return {};
}

}  // namespace creneau::door
