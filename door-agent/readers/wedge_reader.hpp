#pragma once

#include "door-agent/readers/reader.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace creneau::door {

/// The one USB keyboard that is the reader: port and product must both match.
struct WedgeReaderSettings {
    std::string key;
    std::string usb_port;  ///< kernel name of the port's device, e.g. "1-1.3"
    std::uint16_t vendor = 0;
    std::uint16_t product = 0;
};

/// A reader that types like a keyboard: taken from the console (EVIOCGRAB), read by key code so
/// that no keyboard layout and no Shift matters. Devices on other ports, or other products on this
/// one, are ignored.
class WedgeReader : public Reader {
  public:
    WedgeReader(const WedgeReaderSettings& settings, ReaderListener listener);
    ~WedgeReader() override;
    void start() override;

  private:
    class Worker;
    std::unique_ptr<Worker> worker_;
};

}  // namespace creneau::door
