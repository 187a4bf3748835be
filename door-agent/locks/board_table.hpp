#pragma once

#include "door-agent/locks/frames.hpp"
#include "door-agent/locks/lock_settings.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::door {

/// What switches a lock off when this program is gone.
enum class Ending : std::uint8_t { board_pulse, watchdog, external_timer };

/// How a relay is switched and read.
enum class OutputForm : std::uint8_t {
    coils,              ///< FC05 and FC01 on coil = channel
    command_registers,  ///< FC06 on register channel + 1 with a command; FC03 reads 1 or 0
    lines,              ///< GPIO lines of the machine, as coils of a bus without a wire
};

enum class PulseForm : std::uint8_t {
    none,
    coil_tenths,       ///< FC05 at base + channel, value x 100 ms
    register_seconds,  ///< FC06 command 0x06nn, nn seconds
};

/// Holding registers that must hold `value` for the relay to obey us alone.
struct RegisterRule {
    std::uint16_t first;
    bool per_channel;  ///< register `first` + channel, for the channels in use
    std::uint16_t value;
    bool settable;        ///< we may write it when it differs; otherwise the board is refused
    std::string meaning;  ///< for the installer
};

/// One row: a board as its maker documents it.
struct BoardModel {
    std::string_view name;
    std::string_view reference;
    int channels;
    OutputForm output;
    PulseForm pulse;
    std::uint16_t pulse_base;
    std::chrono::milliseconds pulse_unit;
    std::chrono::seconds own_watchdog;  ///< 0: none of its own
    bool inputs;                        ///< discrete inputs 0 to channels - 1
    std::optional<std::uint16_t> version_register;
    std::vector<RegisterRule> rules;
};

[[nodiscard]] const std::vector<BoardModel>& board_table();
/// Null when the table has no such name.
[[nodiscard]] const BoardModel* find_board(std::string_view name);

/// What ends a lock on this board with these settings; none: it must be refused.
[[nodiscard]] std::optional<Ending> ending_of(const BoardModel& board,
                                              const LockSettings& settings);

/// The requests of a channel. `pulse_request` is for boards with a pulse; the time is rounded up.
[[nodiscard]] Request on_request(const BoardModel& board, int unit, int channel);
[[nodiscard]] Request off_request(const BoardModel& board, int unit, int channel);
[[nodiscard]] Request pulse_request(const BoardModel& board, int unit, int channel,
                                    std::chrono::milliseconds duration);
/// Reads every output of the board.
[[nodiscard]] Request outputs_request(const BoardModel& board, int unit);
/// The outputs in such a reply; bit i is channel i.
[[nodiscard]] unsigned outputs_in(const BoardModel& board, const Reply& reply);
/// How long such a pulse lasts on the board: `duration` rounded up to what it can count.
[[nodiscard]] std::chrono::milliseconds pulse_length(const BoardModel& board,
                                                     std::chrono::milliseconds duration);

}  // namespace creneau::door
