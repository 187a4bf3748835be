#pragma once

#include "door-agent/gpio/gpio.hpp"
#include "door-agent/readers/reader.hpp"
#include "door-agent/readers/wiegand_bits.hpp"

#include <memory>
#include <string>

namespace creneau::door {

struct WiegandReaderSettings {
    std::string key;
    std::string chip;  ///< /dev/gpiochip0
    unsigned data0 = 0;
    unsigned data1 = 0;
    WiegandForm form = WiegandForm::bits26;
};

/// A Wiegand reader on two lines of the machine. A frame's text is its number in decimal; noise, a
/// wrong length and a wrong parity are no frame and one counted notice a minute.
class WiegandReader : public Reader {
  public:
    WiegandReader(const WiegandReaderSettings& settings, ReaderListener listener);
    WiegandReader(const WiegandReaderSettings& settings, ReaderListener listener,
                  std::unique_ptr<Gpio> gpio);
    ~WiegandReader() override;
    void start() override;

  private:
    class Worker;
    std::unique_ptr<Worker> worker_;
};

}  // namespace creneau::door
