#pragma once

#include "door-agent/readers/reader.hpp"

#include <memory>
#include <string>

namespace creneau::door {

struct SerialReaderSettings {
    std::string key;
    std::string device;  ///< a tty: /dev/serial/by-path/..., or a pty
    int baud = 9600;     ///< without meaning for USB CDC-ACM
};

/// A serial or USB CDC-ACM reader: raw 8N1, opened for us alone, frames end in CR, LF or TAB.
class SerialReader : public Reader {
  public:
    SerialReader(const SerialReaderSettings& settings, ReaderListener listener);
    ~SerialReader() override;
    void start() override;

  private:
    class Worker;
    std::unique_ptr<Worker> worker_;
};

}  // namespace creneau::door
