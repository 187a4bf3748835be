#include "door-agent/readers/serial_reader.hpp"

#include "door-agent/clock/boot_time.hpp"
#include "door-agent/readers/descriptor.hpp"
#include "door-agent/readers/device_loop.hpp"
#include "door-agent/readers/frame_sink.hpp"
#include "door-agent/readers/reader.hpp"

#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <termios.h>

namespace creneau::door {
namespace {

std::optional<speed_t> speed_of(int baud) {
    switch (baud) {
        case 9600:
            return B9600;
        case 19200:
            return B19200;
        case 38400:
            return B38400;
        case 57600:
            return B57600;
        case 115200:
            return B115200;
        default:
            return std::nullopt;
    }
}

/// On a pty the other end would keep the mark after we are gone, and keep us out.
bool is_pty(int device) {
    constexpr unsigned kFirst = 136;  // UNIX98 pty slaves, Documentation/admin-guide/devices.txt
    constexpr unsigned kLast = 143;
    struct stat status{};
    return fstat(device, &status) == 0 && major(status.st_rdev) >= kFirst &&
           major(status.st_rdev) <= kLast;
}

/// Raw, eight bits, no parity, one stop bit, no flow control.
bool configure(int device, speed_t speed) {
    termios settings{};
    if (tcgetattr(device, &settings) != 0) {
        return false;
    }
    cfmakeraw(&settings);
    settings.c_cflag &= ~static_cast<tcflag_t>(CSTOPB | CRTSCTS | HUPCL);
    settings.c_cflag |= CLOCAL | CREAD;
    cfsetispeed(&settings, speed);
    cfsetospeed(&settings, speed);
    return tcsetattr(device, TCSANOW, &settings) == 0;
}

Descriptor open_serial(const SerialReaderSettings& settings, std::string& why) {
    const auto speed = speed_of(settings.baud);
    if (!speed) {
        why = settings.device + ": speed " + std::to_string(settings.baud) + " is not supported";
        return {};
    }
    Descriptor device(open(settings.device.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC));
    // Two programs on one reader would each get some of what is read.
    if (device.is_open() && flock(device.get(), LOCK_EX | LOCK_NB) != 0) {
        why = settings.device + ": another program reads from it";
        return {};
    }
    if (!device.is_open() || !configure(device.get(), *speed)) {
        why = settings.device + ": " + std::strerror(errno);
        return {};
    }
    if (!is_pty(device.get())) {
        ioctl(device.get(), TIOCEXCL);
    }
    tcflush(device.get(), TCIFLUSH);
    return device;
}

void decode_serial(std::span<const char> bytes, BootTime now, FrameSink& sink) {
    for (const char byte : bytes) {
        if (byte == '\r' || byte == '\n' || byte == '\t') {
            sink.ending(now);
        } else {
            sink.character(byte, now);
        }
    }
}

}  // namespace

class SerialReader::Worker {
  public:
    Worker(const SerialReaderSettings& settings, ReaderListener listener)
        : loop_(
              {[settings](std::string& why) { return open_serial(settings, why); }, decode_serial},
              FrameSink(settings.key, std::move(listener), {})) {}
    void start() { loop_.start(); }

  private:
    DeviceLoop loop_;
};

SerialReader::SerialReader(const SerialReaderSettings& settings, ReaderListener listener)
    : worker_(std::make_unique<Worker>(settings, std::move(listener))) {}

SerialReader::~SerialReader() = default;

void SerialReader::start() {
    worker_->start();
}

}  // namespace creneau::door
