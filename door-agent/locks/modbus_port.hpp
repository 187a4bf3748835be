#pragma once

#include "door-agent/locks/bus_port.hpp"
#include "door-agent/locks/frames.hpp"
#include "door-agent/locks/lock_settings.hpp"

#include <chrono>
#include <memory>

namespace creneau::door {

/// The wire: one open TCP connection or serial line, through libmodbus. One thread only.
class ModbusPort : public BusPort {
  public:
    explicit ModbusPort(const BusSettings& settings);
    ~ModbusPort() override;

    /// Opens afresh; false when it cannot within the response timeout. Throws away what a serial
    /// line had stored.
    [[nodiscard]] bool open() override;
    [[nodiscard]] bool is_open() const { return is_open_; }
    /// Waits until a serial line is quiet (bounded), so that a late reply is not taken for the
    /// next one, then closes.
    void close() override;

    /// Sends one request and judges its reply. `unknown` when the port is closed. Keeps 3.5
    /// characters of silence on a serial line.
    [[nodiscard]] Reply ask(const Request& request) override;

  private:
    struct Context;
    void keep_gap();
    void drain(std::chrono::milliseconds quiet);
    [[nodiscard]] bool clear_line();

    BusSettings settings_;
    bool serial_;
    bool is_open_ = false;
    std::chrono::microseconds gap_;
    std::chrono::steady_clock::time_point last_end_;
    std::unique_ptr<Context> context_;
};

/// Silence that ends a frame: 3.5 characters of 11 bits, 1750 us above 19200 baud (Modbus over
/// Serial Line V1.02, 2.5.1.1).
[[nodiscard]] std::chrono::microseconds frame_gap(int baud);

}  // namespace creneau::door
