#include "door-agent/config_bus.hpp"

#include "door-agent/config.hpp"
#include "door-agent/config_owners.hpp"
#include "door-agent/config_section.hpp"
#include "door-agent/locks/board_table.hpp"
#include "door-agent/locks/lock_settings.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <variant>

#include <fmt/format.h>

namespace creneau::door {
namespace {

using std::chrono::milliseconds;

constexpr NumberRule kMilliseconds{10, 5'000, "300"};
constexpr NumberRule kResponse{10, 1'000, "300"};
constexpr NumberRule kBaud{1'200, 115'200, "9600"};
constexpr NumberRule kStopBits{1, 2, "1"};
constexpr NumberRule kLine{0, 1'023, "17"};

TcpAddress tcp_address(Section& bus, const std::string& text) {
    TcpAddress address;
    const auto colon = text.rfind(':');
    address.host = text.substr(0, colon);
    const auto port = colon == std::string::npos ? "502" : text.substr(colon + 1);
    const auto read = std::from_chars(port.data(), port.data() + port.size(), address.port);
    if (read.ec != std::errc{} || read.ptr != port.data() + port.size() || address.port == 0) {
        bus.refuse("tcp", R"(must be an address and a port, such as "192.168.7.10:502")");
    }
    return address;
}

RtuLine rtu_line(Section& bus, std::string device) {
    RtuLine line;
    line.device = std::move(device);
    line.baud = static_cast<int>(bus.optional_number("baud", kBaud).value_or(line.baud));
    line.stop_bits =
        static_cast<int>(bus.optional_number("stop_bits", kStopBits).value_or(line.stop_bits));
    const auto parity = bus.optional_text("parity", R"("N")").value_or("N");
    if (parity != "N" && parity != "E" && parity != "O") {
        bus.refuse("parity", R"(must be "N", "E" or "O")");
    }
    line.parity = parity.front();
    return line;
}

GpioPins gpio_pins(Section& bus, std::string chip) {
    GpioPins pins;
    pins.chip = std::move(chip);
    for (const auto line : bus.numbers("outputs", kLine)) {
        pins.outputs.push_back(static_cast<unsigned>(line));
    }
    if (bus.has("inputs")) {
        for (const auto line : bus.numbers("inputs", kLine)) {
            pins.inputs.push_back(static_cast<unsigned>(line));
        }
    }
    const auto active = bus.optional_text("outputs_active", R"("high")").value_or("high");
    pins.outputs_active_low = active == "low";
    if (active != "low" && active != "high") {
        bus.refuse("outputs_active", R"(must be "high" or "low": the level that switches on)");
    }
    return pins;
}

/// Of tcp, rtu and gpio exactly one is there: which. Empty after an error.
std::string_view kind_of_bus(Section& section) {
    std::string_view found;
    for (const std::string_view kind : {"tcp", "rtu", "gpio"}) {
        if (section.has(kind) && !found.empty()) {
            section.refuse(kind, fmt::format("give either {} or {}, not both", found, kind));
            return "";
        }
        found = section.has(kind) ? kind : found;
    }
    if (found.empty()) {
        section.refuse("tcp",
                       R"(give either tcp = "address:port", rtu = "/dev/serial/by-path/..." or )"
                       R"(gpio = "/dev/gpiochip0")");
    }
    return found;
}

}  // namespace

BusSettings read_bus(Section& section, const Config& config) {
    BusSettings bus;
    bus.key = section.key("name", R"("relays")");
    const auto kind = kind_of_bus(section);
    const auto tcp = section.optional_text("tcp", R"("192.168.7.10:502")");
    const auto rtu = section.optional_text("rtu", R"("/dev/serial/by-path/...")");
    const auto gpio = section.optional_text("gpio", R"("/dev/gpiochip0")");
    if (kind == "tcp" && tcp) {
        bus.address = tcp_address(section, *tcp);
    } else if (kind == "rtu" && rtu) {
        bus.address = rtu_line(section, *rtu);
    } else if (kind == "gpio" && gpio) {
        bus.address = gpio_pins(section, *gpio);
    }
    const auto time = [&](std::string_view key, milliseconds usual,
                          const NumberRule& rule = kMilliseconds) {
        return milliseconds{section.optional_number(key, rule).value_or(usual.count())};
    };
    bus.response_timeout = time("response_timeout_ms", bus.response_timeout, kResponse);
    bus.byte_timeout = time("byte_timeout_ms", bus.byte_timeout);
    bus.poll_period = time("poll_period_ms", bus.poll_period);
    if (const auto checked = check_bus(bus); !checked && !kind.empty() && (tcp || rtu || gpio)) {
        section.refuse(checked.error() == LockRefusal::bad_lines ? "outputs" : kind,
                       text_of(checked.error()));
    }
    check_bus_owner(section, bus, config);
    section.finish();
    return bus;
}

void check_board_on_bus(Section& section, const DoorSettings& door, const Config& config) {
    const auto bus = std::ranges::find(config.buses, door.bus, &BusSettings::key);
    if (bus == config.buses.end()) {
        if (!door.bus.empty()) {
            section.refuse("bus", fmt::format("no [[bus]] has the name \"{}\"", door.bus));
        }
        return;
    }
    const BoardModel* board = find_board(door.lock.board);
    const auto* pins = std::get_if<GpioPins>(&bus->address);
    const bool lines = board != nullptr && board->output == OutputForm::lines;
    if (board != nullptr && lines != (pins != nullptr)) {
        section.refuse("board", lines ? R"("gpio" goes with a [[bus]] that has gpio = ... only)"
                                      : R"(on a [[bus]] of GPIO lines it must be "gpio")");
    }
    if (pins == nullptr) {
        return;
    }
    if (section.has("unit")) {
        section.refuse("unit", "goes with Modbus boards only");
    }
    if (static_cast<std::size_t>(door.lock.channel) >= pins->outputs.size()) {
        section.refuse("channel", fmt::format("[[bus]] \"{}\" has {} outputs (counted from 0)",
                                              door.bus, pins->outputs.size()));
    }
}

}  // namespace creneau::door
