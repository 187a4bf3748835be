#include "door-agent/readers/wedge_reader.hpp"

#include "door-agent/clock/boot_time.hpp"
#include "door-agent/readers/descriptor.hpp"
#include "door-agent/readers/device_loop.hpp"
#include "door-agent/readers/frame_assembler.hpp"
#include "door-agent/readers/frame_sink.hpp"
#include "door-agent/readers/key_decoder.hpp"
#include "door-agent/readers/reader.hpp"
#include "door-agent/readers/usb_keyboards.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include <fcntl.h>
#include <linux/input.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace creneau::door {
namespace {

constexpr std::chrono::milliseconds kBetweenKeys{250};

FrameAssembler::Limits wedge_limits() {
    FrameAssembler::Limits limits;
    limits.between = kBetweenKeys;
    return limits;
}

/// Taken from everybody else first, so that nothing typed meanwhile reaches a console, then
/// emptied.
Descriptor grab(const std::string& node, std::string& why) {
    Descriptor device(open(node.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    if (!device.is_open() || ioctl(device.get(), EVIOCGRAB, 1) != 0) {
        why = node + ": " + std::strerror(errno);
        return {};
    }
    std::array<char, 1536> thrown_away;
    while (read(device.get(), thrown_away.data(), thrown_away.size()) > 0) {
    }
    return device;
}

Descriptor open_wedge(const WedgeReaderSettings& settings, std::string& why) {
    const auto devices = input_devices();
    const InputDevice* reader = find_reader(devices, settings);
    if (reader == nullptr) {
        why = "no such reader that types digits on USB port " + settings.usb_port;
        return {};
    }
    return grab(reader->node, why);
}

}  // namespace

class WedgeReader::Worker {
  public:
    Worker(const WedgeReaderSettings& settings, ReaderListener listener)
        : loop_({[this, settings](std::string& why) {
                     decoder_ = KeyDecoder();
                     return open_wedge(settings, why);
                 },
                 [this](std::span<const char> bytes, BootTime now, FrameSink& sink) {
                     decoder_.take(bytes, now, sink);
                 }},
                FrameSink(settings.key, std::move(listener), wedge_limits())) {}
    void start() { loop_.start(); }

  private:
    KeyDecoder decoder_;
    DeviceLoop loop_;
};

WedgeReader::WedgeReader(const WedgeReaderSettings& settings, ReaderListener listener)
    : worker_(std::make_unique<Worker>(settings, std::move(listener))) {}

WedgeReader::~WedgeReader() = default;

void WedgeReader::start() {
    worker_->start();
}

}  // namespace creneau::door
