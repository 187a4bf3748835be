// The least a door can do with the bare libraries: a line from a reader's tty, one libsodium
// verification, one relay command by libmodbus. The door agent is measured beside it, by the same
// stopwatch. Runs until it is killed.
//
//   creneau-bench-bare-door TTY tcp PORT | rtu DEVICE
#include "door-agent/locks/board_table.hpp"
#include "tests/bench/signed_pass.hpp"

#include <cstring>
#include <iostream>
#include <stdexcept>
#include <string>

#include <fcntl.h>
#include <modbus/modbus.h>
#include <unistd.h>

namespace {

constexpr std::chrono::milliseconds kPulse{500};

/// True at each line's end; false when the reader is gone.
bool wait_for_line(int tty) {
    char bytes[512];
    for (;;) {
        const auto count = read(tty, bytes, sizeof bytes);
        if (count <= 0) {
            return false;
        }
        if (std::memchr(bytes, '\r', static_cast<std::size_t>(count)) != nullptr) {
            return true;
        }
    }
}

modbus_t* open_board(const std::string& line, const std::string& where) {
    modbus_t* board = line == "tcp" ? modbus_new_tcp("127.0.0.1", std::stoi(where))
                                    : modbus_new_rtu(where.c_str(), 115200, 'N', 8, 1);
    modbus_set_slave(board, 1);
    if (modbus_connect(board) != 0) {
        throw std::runtime_error(std::string("board: ") + modbus_strerror(errno));
    }
    return board;
}

}  // namespace

int main(int argc, char** argv) try {
    if (argc != 4) {
        std::cerr << "creneau-bench-bare-door TTY tcp PORT | rtu DEVICE\n";
        return 2;
    }
    const creneau::bench::SignedPass pass;
    const auto frame = creneau::door::encode(creneau::door::pulse_request(
        *creneau::door::find_board("waveshare-relay-8"), 1, 0, kPulse));
    modbus_t* board = open_board(argv[2], argv[3]);
    const int tty = open(argv[1], O_RDONLY | O_NOCTTY | O_CLOEXEC);
    std::cout << "bare door ready" << std::endl;
    while (wait_for_line(tty)) {
        unsigned char reply[MODBUS_MAX_ADU_LENGTH];
        pass.verify();
        modbus_send_raw_request(board, frame.data(), static_cast<int>(frame.size()));
        if (modbus_receive_confirmation(board, reply) <= 0) {
            throw std::runtime_error(std::string("pulse: ") + modbus_strerror(errno));
        }
    }
    return 0;
} catch (const std::exception& problem) {
    std::cerr << problem.what() << "\n";
    return 1;
}
