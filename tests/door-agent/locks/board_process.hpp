#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>
#include <sys/types.h>

namespace creneau::door::test {

/// Waits until `condition` holds; false when `limit` passed first.
[[nodiscard]] bool eventually(const std::function<bool()>& condition,
                              std::chrono::milliseconds limit = std::chrono::seconds(10));

/// tests/support/modbus_board.py as a child process, on a free TCP port or a pty of its own.
class BoardProcess {
  public:
    enum class Line { tcp, rtu };

    BoardProcess(Line line, const std::string& kind, std::vector<std::string> more = {});
    ~BoardProcess();
    BoardProcess(const BoardProcess&) = delete;
    BoardProcess& operator=(const BoardProcess&) = delete;

    [[nodiscard]] int port() const { return port_; }
    [[nodiscard]] std::string tty() const { return folder_ + "/tty"; }
    /// One line to the control socket; its answer.
    nlohmann::json command(const std::string& line) const;
    [[nodiscard]] bool coil(int number) const;

    struct Change {
        double t;
        int coil;
        bool on;
        std::string cause;
    };
    /// What the coils did so far.
    [[nodiscard]] std::vector<Change> changes() const;
    [[nodiscard]] std::size_t times_on(int coil) const;

  private:
    std::string folder_;
    pid_t child_ = -1;
    int port_ = 0;
};

}  // namespace creneau::door::test
