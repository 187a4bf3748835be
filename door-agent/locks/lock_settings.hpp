#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::door {

/// An IPv4 address in dotted form: a board has no name, and a look-up must not delay a door.
struct TcpAddress {
    std::string host;
    std::uint16_t port = 502;
};

struct RtuLine {
    std::string device;  ///< prefer /dev/serial/by-path/...
    int baud = 9600;
    char parity = 'N';  ///< 'N', 'E' or 'O'; always 8 data bits
    int stop_bits = 1;
};

/// Lines of a GPIO chip of the machine, by their numbers on it.
struct GpioPins {
    std::string chip;  ///< /dev/gpiochip0
    std::vector<unsigned> outputs;
    std::vector<unsigned> inputs;  ///< each pulled up; a closed circuit pulls it to ground
    bool outputs_active_low = false;
};
inline constexpr std::size_t kMostGpioLines = 16;

using BusAddress = std::variant<TcpAddress, RtuLine, GpioPins>;

struct BusSettings {
    std::string key;
    BusAddress address;
    std::chrono::milliseconds response_timeout{300};
    std::chrono::milliseconds byte_timeout{50};
    std::chrono::milliseconds poll_period{100};
};

/// A holding register that makes a board drop its outputs when no request comes for a while.
/// `value` is written when it differs and must read back; `time` is what that value means.
struct WatchdogRegister {
    std::uint16_t address = 0;
    std::uint16_t value = 0;
    std::chrono::seconds time{0};
};

struct LockSettings {
    std::string key;
    std::string board;  ///< a name of the board table: "waveshare-relay-8", "generic-coil", ...
    int unit = 1;       ///< Modbus address, 1 to 247
    int channel = 0;    ///< from 0
    bool latching = false;
    std::optional<WatchdogRegister> watchdog;            ///< only for boards without their own
    std::optional<std::chrono::seconds> external_timer;  ///< `external_timer_s`, 1 to 60
};

/// A relay for a light or a buzzer, on a board that has a lock.
struct IndicatorSettings {
    int unit = 1;
    int channel = 0;
};

enum class LockRefusal : std::uint8_t {
    unknown_board,
    channel_out_of_range,
    unit_out_of_range,
    latching_relay,         ///< a latching relay keeps its state without anybody
    nothing_ends_it,        ///< no pulse, no watchdog, no declared timer
    no_registers,           ///< a watchdog register was given for GPIO lines
    watchdog_not_allowed,   ///< a watchdog register was given for a board that has its own ending
    watchdog_out_of_range,  ///< 1 to 10 s
    timer_out_of_range,     ///< 1 to 60 s
    boards_differ,          ///< one unit was given two boards, or two watchdogs
    channel_taken,          ///< two locks, or a lock and a light, on one relay
    no_lock_there,          ///< a light on a board without a lock: nobody looks after it
    bad_address,            ///< not dotted IPv4, or an impossible line setting
    bad_lines,              ///< no output, more than 16 lines of a kind, or a line twice
};

/// A sentence for the installer that names the setting at fault.
[[nodiscard]] std::string text_of(LockRefusal refusal);

/// Checks without touching a bus (for `check` and for reading the configuration).
[[nodiscard]] tl::expected<void, LockRefusal> check_lock(const LockSettings& settings);
[[nodiscard]] tl::expected<void, LockRefusal> check_bus(const BusSettings& settings);

}  // namespace creneau::door
