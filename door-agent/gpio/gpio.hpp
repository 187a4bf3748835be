#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace creneau::door {

/// Lines of one chip, by their numbers on it; at most 16.
struct LineChoice {
    std::string chip;  ///< /dev/gpiochip0
    std::vector<unsigned> lines;
    bool active_low = false;  ///< active is the low level
};

/// Claimed lines: nobody else has them until the destructor gives them back. One thread.
class GpioLines {
  public:
    GpioLines() = default;
    GpioLines(const GpioLines&) = delete;
    GpioLines& operator=(const GpioLines&) = delete;
    virtual ~GpioLines() = default;

    /// What the pins read: bit i is the i-th line of the choice, 1 is active. Absent: no answer.
    [[nodiscard]] virtual std::optional<unsigned> levels() = 0;
    /// Drives an output. False: nobody knows whether it was done.
    [[nodiscard]] virtual bool set(std::size_t line, bool active) = 0;
};

/// When an edge came, by the kernel's interrupt: CLOCK_MONOTONIC.
using EdgeTime = std::chrono::nanoseconds;

/// Claimed lines that are watched for falling edges. One thread.
class GpioEdges {
  public:
    GpioEdges() = default;
    GpioEdges(const GpioEdges&) = delete;
    GpioEdges& operator=(const GpioEdges&) = delete;
    virtual ~GpioEdges() = default;

    /// Readable while edges of that line wait.
    [[nodiscard]] virtual int descriptor(std::size_t line) const = 0;
    /// Edges of that line that wait, without waiting for any; absent once the chip is gone.
    [[nodiscard]] virtual std::optional<std::vector<EdgeTime>> take(std::size_t line) = 0;
};

/// The machine's GPIO chips. Each call claims lines, or says why not and gives none.
class Gpio {
  public:
    Gpio() = default;
    Gpio(const Gpio&) = delete;
    Gpio& operator=(const Gpio&) = delete;
    virtual ~Gpio() = default;

    /// Inactive from the first instant on.
    [[nodiscard]] virtual std::unique_ptr<GpioLines> outputs(const LineChoice& choice,
                                                             std::string& why) = 0;
    /// Pulled up.
    [[nodiscard]] virtual std::unique_ptr<GpioLines> inputs(const LineChoice& choice,
                                                            std::string& why) = 0;
    /// Pulled up; falling edges.
    [[nodiscard]] virtual std::unique_ptr<GpioEdges> edges(const LineChoice& choice,
                                                           std::string& why) = 0;
};

}  // namespace creneau::door
