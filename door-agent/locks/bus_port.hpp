#pragma once

#include "door-agent/locks/frames.hpp"

#include <string>

namespace creneau::door {

/// What a bus speaks through: a Modbus connection, or the machine's own lines. One thread.
class BusPort {
  public:
    BusPort() = default;
    BusPort(const BusPort&) = delete;
    BusPort& operator=(const BusPort&) = delete;
    virtual ~BusPort() = default;

    /// Opens afresh; false when it cannot, within the bus's timeouts.
    [[nodiscard]] virtual bool open() = 0;
    virtual void close() = 0;
    /// `unknown` when the port is closed, or gave no usable answer.
    [[nodiscard]] virtual Reply ask(const Request& request) = 0;

    /// Whether opening it switches every relay off.
    [[nodiscard]] virtual bool opening_releases() const { return false; }
    /// Why it last gave no answer, for a person; may be empty.
    [[nodiscard]] virtual std::string trouble() const { return {}; }
};

}  // namespace creneau::door
