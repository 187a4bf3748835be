#pragma once

#include "door-agent/readers/descriptor.hpp"
#include "door-agent/readers/frame_sink.hpp"

#include <functional>
#include <span>
#include <string>
#include <thread>

namespace creneau::door {

/// The thread of a reader: opens its device, reads it, looks for it again when it is gone.
class DeviceLoop {
  public:
    struct Device {
        /// Opens the device, non-blocking and with nothing stored in it, or says why not.
        std::function<Descriptor(std::string& why)> open;
        /// Takes bytes as they were read.
        std::function<void(std::span<const char> bytes, BootTime now, FrameSink& sink)> decode;
    };

    DeviceLoop(Device device, FrameSink sink);
    ~DeviceLoop();
    DeviceLoop(const DeviceLoop&) = delete;
    DeviceLoop& operator=(const DeviceLoop&) = delete;

    void start();

  private:
    void run();
    bool pause(std::chrono::milliseconds time);
    bool settle(int device);
    void read_until_gone(int device);
    bool read_once(int device);

    Device device_;
    FrameSink sink_;
    Descriptor stop_;
    bool stopping_ = false;  ///< only the thread's
    std::thread thread_;
};

}  // namespace creneau::door
