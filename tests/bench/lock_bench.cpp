// Time from pulse() to the board's acknowledgement, beside the same frame by libmodbus alone, over
// TCP and over RTU on a pty (115200 baud, no wire time), against the simulated board.
// Also the bare minimum of a grant: one libsodium verification of a pass and that frame.
// Prints "NAME VALUE us" lines (the median, and NAME_p99); the ratio is the caller's.
#include "door-agent/locks/board_table.hpp"
#include "door-agent/locks/lock_bus.hpp"
#include "tests/bench/signed_pass.hpp"
#include "tests/door-agent/locks/board_process.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include <modbus/modbus.h>

namespace {

using creneau::bench::SignedPass;
using creneau::door::Lock;
using creneau::door::LockResult;
using creneau::door::test::BoardProcess;
using Clock = std::chrono::steady_clock;

constexpr int kRounds = 400;
constexpr std::chrono::milliseconds kPulse{200};
/// Longer than one round of polls, so that a pulse comes at any moment between two of them.
constexpr std::chrono::milliseconds kApart{7};

void report(const std::string& name, std::vector<double> micros) {
    std::ranges::sort(micros);
    const auto at = [&](std::size_t percent) {
        return micros[(micros.size() - 1) * percent / 100];
    };
    std::printf("%s %.1f us\n%s_p99 %.1f us\n", name.c_str(), at(50), name.c_str(), at(99));
}

double micros_since(Clock::time_point start) {
    return std::chrono::duration<double, std::micro>(Clock::now() - start).count();
}

/// One write a round; with `pass`, after verifying it.
std::vector<double> measure_bare(modbus_t* context, const SignedPass* pass) {
    const auto frame = creneau::door::encode(creneau::door::pulse_request(
        *creneau::door::find_board("waveshare-relay-8"), 1, 0, kPulse));
    modbus_set_slave(context, 1);
    std::vector<double> micros;
    if (modbus_connect(context) == 0) {
        for (int i = 0; i < kRounds; ++i) {
            unsigned char reply[MODBUS_MAX_ADU_LENGTH];
            const auto start = Clock::now();
            if (pass != nullptr) {
                pass->verify();
            }
            modbus_send_raw_request(context, frame.data(), static_cast<int>(frame.size()));
            if (modbus_receive_confirmation(context, reply) <= 0) {
                std::abort();
            }
            micros.push_back(micros_since(start));
            std::this_thread::sleep_for(kApart);
        }
        modbus_close(context);
    }
    modbus_free(context);
    return micros;
}

bool pulse_once(Lock& lock) {
    std::promise<LockResult> answer;
    lock.pulse(kPulse, creneau::door::boot_now(),
               [&answer](LockResult result) { answer.set_value(result); });
    return answer.get_future().get() == LockResult::done;
}

std::vector<double> measure_lock(const creneau::door::BusSettings& settings) {
    std::promise<void> ready;
    creneau::door::LockListener listener;
    listener.event = [&ready](const creneau::door::LockEvent& event) {
        if (event.notice == creneau::door::LockNotice::ready) {
            ready.set_value();
        }
    };
    creneau::door::LockBus bus(settings, listener);
    creneau::door::LockSettings wanted;
    wanted.board = "waveshare-relay-8";
    Lock* lock = bus.add_lock(wanted).value();
    bus.start();
    ready.get_future().get();
    std::vector<double> micros;
    for (int i = 0; i < kRounds; ++i) {
        const auto start = Clock::now();
        if (!pulse_once(*lock)) {
            std::abort();
        }
        micros.push_back(micros_since(start));
        std::this_thread::sleep_for(kApart);
    }
    return micros;
}

}  // namespace

int main() {
    const SignedPass pass;
    creneau::door::BusSettings settings;
    {
        const BoardProcess board(BoardProcess::Line::tcp, "waveshare");
        const auto open = [&board] { return modbus_new_tcp("127.0.0.1", board.port()); };
        report("bare_tcp", measure_bare(open(), nullptr));
        report("bare_verify_and_write_tcp", measure_bare(open(), &pass));
        settings.address =
            creneau::door::TcpAddress{"127.0.0.1", static_cast<std::uint16_t>(board.port())};
        report("lock_tcp", measure_lock(settings));
    }
    const BoardProcess board(BoardProcess::Line::rtu, "waveshare");
    const auto open = [&board] { return modbus_new_rtu(board.tty().c_str(), 115200, 'N', 8, 1); };
    report("bare_rtu", measure_bare(open(), nullptr));
    report("bare_verify_and_write_rtu", measure_bare(open(), &pass));
    settings.address = creneau::door::RtuLine{board.tty(), 115200, 'N', 1};
    report("lock_rtu", measure_lock(settings));
    return 0;
}
