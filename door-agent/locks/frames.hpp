#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace creneau::door {

/// The functions used here (Modbus Application Protocol V1.1b3, chapter 6).
enum class Function : std::uint8_t {
    read_coils = 1,
    read_inputs = 2,
    read_registers = 3,
    write_coil = 5,
    write_register = 6,
};

/// `value` is the value written, or how many are read (at most 16 bits, 8 registers).
struct Request {
    std::uint8_t unit = 1;
    Function function = Function::read_coils;
    std::uint16_t address = 0;
    std::uint16_t value = 0;

    bool operator==(const Request&) const = default;
};

inline constexpr std::uint16_t kCoilOn = 0xFF00;
inline constexpr std::uint16_t kCoilOff = 0x0000;

/// Unit and PDU, as libmodbus's raw requests want them; it adds the CRC or the MBAP header.
[[nodiscard]] std::array<std::uint8_t, 6> encode(const Request& request);

/// `busy`: not executed, ask again. `unknown`: may or may not have been executed.
enum class Outcome : std::uint8_t { done, refused, busy, unknown };

struct Reply {
    Outcome outcome = Outcome::unknown;
    std::uint8_t exception = 0;                   ///< the board's exception code, or 0
    unsigned bits = 0;                            ///< coils or inputs read; bit 0 is the first
    std::array<std::uint16_t, 8> registers = {};  ///< registers read
};

/// Judges what came back (unit and PDU, without MBAP header or CRC). A reply that is not exactly
/// the answer to `request` is `unknown`, whatever else it says.
[[nodiscard]] Reply judge(const Request& request, std::span<const std::uint8_t> reply);

}  // namespace creneau::door
