#include "door-agent/readers/device_loop.hpp"

#include "door-agent/clock/boot_time.hpp"
#include "door-agent/readers/descriptor.hpp"
#include "door-agent/readers/frame_sink.hpp"
#include "door-agent/readers/reader.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <string>
#include <system_error>
#include <utility>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace creneau::door {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kLookAgain{500};
/// A reader that comes back may send its last reading again as soon as it is opened.
constexpr milliseconds kReplay{300};

}  // namespace

DeviceLoop::DeviceLoop(Device device, FrameSink sink)
    : device_(std::move(device)), sink_(std::move(sink)), stop_(eventfd(0, EFD_CLOEXEC)) {
    if (!stop_.is_open()) {
        throw std::system_error(errno, std::generic_category(), "eventfd");
    }
}

DeviceLoop::~DeviceLoop() {
    if (thread_.joinable()) {
        eventfd_write(stop_.get(), 1);
        thread_.join();
    }
}

void DeviceLoop::start() {
    thread_ = std::thread([this] { run(); });
}

void DeviceLoop::run() {
    bool lost = false;
    do {
        std::string why;
        const Descriptor device = device_.open(why);
        if (device.is_open() && (!lost || settle(device.get()))) {
            lost = false;
            sink_.clear();
            sink_.notice(ReaderNotice::back, "");
            read_until_gone(device.get());
            why = "the device is gone";
        }
        if (!stopping_ && !std::exchange(lost, true)) {
            sink_.notice(ReaderNotice::lost, why);
        }
    } while (!stopping_ && pause(kLookAgain));
}

/// False when it is time to stop.
bool DeviceLoop::pause(milliseconds time) {
    pollfd stopping{stop_.get(), POLLIN, 0};
    return poll(&stopping, 1, static_cast<int>(time.count())) <= 0;
}

/// Throws away what a device that has just come back sends of its own accord.
bool DeviceLoop::settle(int device) {
    const BootTime end = boot_now() + kReplay;
    std::array<char, 512> thrown_away;
    for (BootTime now = boot_now(); now < end; now = boot_now()) {
        std::array<pollfd, 2> waiting{pollfd{device, POLLIN, 0}, pollfd{stop_.get(), POLLIN, 0}};
        const int ready =
            poll(waiting.data(), waiting.size(), static_cast<int>((end - now).count()));
        stopping_ = waiting[1].revents != 0;
        if (stopping_) {
            return false;
        }
        const ssize_t got = ready > 0 ? read(device, thrown_away.data(), thrown_away.size()) : 1;
        if (got == 0 || (got < 0 && errno != EAGAIN)) {
            return false;
        }
    }
    return true;
}

void DeviceLoop::read_until_gone(int device) {
    for (;;) {
        std::array<pollfd, 2> waiting{pollfd{device, POLLIN, 0}, pollfd{stop_.get(), POLLIN, 0}};
        int limit = -1;
        if (const auto due = sink_.due()) {
            limit = static_cast<int>(std::max(*due - boot_now(), milliseconds(0)).count());
        }
        const int ready = poll(waiting.data(), waiting.size(), limit);
        stopping_ = ready > 0 && waiting[1].revents != 0;
        if (stopping_ || (ready < 0 && errno != EINTR)) {
            return;
        }
        if (ready == 0) {
            sink_.expire(boot_now());
        } else if (ready > 0 && !read_once(device)) {
            return;
        }
    }
}

/// False when the device is gone.
bool DeviceLoop::read_once(int device) {
    // A multiple of every input_event; a short read is passed on as it is.
    alignas(16) std::array<char, 1536> bytes;
    const ssize_t got = read(device, bytes.data(), bytes.size());
    if (got > 0) {
        device_.decode({bytes.data(), static_cast<std::size_t>(got)}, boot_now(), sink_);
        return true;
    }
    return got < 0 && (errno == EAGAIN || errno == EINTR);
}

}  // namespace creneau::door
