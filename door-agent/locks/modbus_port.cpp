#include "door-agent/locks/modbus_port.hpp"

#include "door-agent/locks/frames.hpp"
#include "door-agent/locks/lock_settings.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <thread>
#include <variant>

#include <modbus/modbus.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

namespace creneau::door {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t kMbapWithoutUnit = 6;

modbus_t* make(const BusAddress& address) {
    if (const auto* tcp = std::get_if<TcpAddress>(&address)) {
        return modbus_new_tcp(tcp->host.c_str(), tcp->port);
    }
    const auto& line = std::get<RtuLine>(address);
    return modbus_new_rtu(line.device.c_str(), line.baud, line.parity, 8, line.stop_bits);
}

microseconds gap_of(const BusSettings& settings) {
    const auto* line = std::get_if<RtuLine>(&settings.address);
    return line == nullptr ? microseconds(0) : frame_gap(line->baud);
}

/// Nobody else may open the line. Not on a pty: the other end would keep the mark after we are
/// gone, and keep us out.
void claim(int line) {
    constexpr unsigned kFirstPty = 136;  // Documentation/admin-guide/devices.txt
    constexpr unsigned kLastPty = 143;
    struct stat status{};
    if (fstat(line, &status) == 0 &&
        (major(status.st_rdev) < kFirstPty || major(status.st_rdev) > kLastPty)) {
        ioctl(line, TIOCEXCL);
    }
}

std::uint32_t micros(milliseconds time) {
    return static_cast<std::uint32_t>(microseconds(time).count());
}

}  // namespace

struct ModbusPort::Context {
    modbus_t* modbus = nullptr;
    Context() = default;
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;
    ~Context() { free(); }
    void free() {
        if (modbus != nullptr) {
            modbus_close(modbus);
            modbus_free(modbus);
            modbus = nullptr;
        }
    }
};

microseconds frame_gap(int baud) {
    return baud > 19200 ? microseconds(1750) : microseconds(38'500'000 / baud);
}

ModbusPort::ModbusPort(const BusSettings& settings)
    : settings_(settings),
      serial_(std::holds_alternative<RtuLine>(settings.address)),
      gap_(gap_of(settings)),
      context_(std::make_unique<Context>()) {}

ModbusPort::~ModbusPort() = default;

bool ModbusPort::open() {
    context_->free();
    is_open_ = false;
    context_->modbus = make(settings_.address);
    if (context_->modbus == nullptr) {
        return false;
    }
    // libmodbus refuses a fraction of a second of 1 000 000 us or more.
    const auto whole = std::chrono::floor<std::chrono::seconds>(settings_.response_timeout);
    modbus_set_response_timeout(context_->modbus, static_cast<std::uint32_t>(whole.count()),
                                micros(settings_.response_timeout - whole));
    modbus_set_byte_timeout(context_->modbus, 0, micros(settings_.byte_timeout));
    modbus_set_error_recovery(context_->modbus, MODBUS_ERROR_RECOVERY_NONE);
    if (modbus_connect(context_->modbus) != 0) {
        context_->free();
        return false;
    }
    if (serial_) {
        claim(modbus_get_socket(context_->modbus));
        modbus_flush(context_->modbus);
    }
    is_open_ = true;
    last_end_ = steady_clock::now();
    return true;
}

void ModbusPort::close() {
    if (is_open_ && serial_) {
        drain(settings_.response_timeout);
    }
    is_open_ = false;
    context_->free();
}

void ModbusPort::drain(milliseconds quiet) {
    const auto limit = steady_clock::now() + 2 * settings_.response_timeout;
    std::array<char, 256> thrown_away;
    pollfd waiting{modbus_get_socket(context_->modbus), POLLIN, 0};
    while (steady_clock::now() < limit && poll(&waiting, 1, static_cast<int>(quiet.count())) > 0) {
        if (read(waiting.fd, thrown_away.data(), thrown_away.size()) <= 0) {
            return;
        }
    }
}

void ModbusPort::keep_gap() {
    if (serial_) {
        std::this_thread::sleep_until(last_end_ + gap_);
    }
}

/// Whatever waits to be read was not asked for, and must not be taken for the next reply.
bool ModbusPort::clear_line() {
    int unasked = 0;
    if (ioctl(modbus_get_socket(context_->modbus), FIONREAD, &unasked) != 0) {
        return false;
    }
    if (unasked > 0 && serial_) {
        drain(settings_.byte_timeout);
    } else if (unasked > 0) {
        return open();
    }
    return true;
}

Reply ModbusPort::ask(const Request& request) {
    if (!is_open_) {
        return {};
    }
    keep_gap();
    if (!clear_line()) {
        return {};
    }
    auto bytes = encode(request);
    modbus_set_slave(context_->modbus, request.unit);
    if (modbus_send_raw_request(context_->modbus, bytes.data(), static_cast<int>(bytes.size())) <
        0) {
        return {};
    }
    std::array<std::uint8_t, MODBUS_MAX_ADU_LENGTH> reply{};
    const int received = modbus_receive_confirmation(context_->modbus, reply.data());
    last_end_ = steady_clock::now();
    const int around = serial_ ? 2 : static_cast<int>(kMbapWithoutUnit);
    if (received <= around) {
        return {};
    }
    const std::span<const std::uint8_t> whole(reply.data(), static_cast<std::size_t>(received));
    if (serial_) {
        return judge(request, whole.first(whole.size() - 2));
    }
    const bool modbus_protocol = whole[2] == 0 && whole[3] == 0;
    return modbus_protocol ? judge(request, whole.subspan(kMbapWithoutUnit)) : Reply{};
}

}  // namespace creneau::door
