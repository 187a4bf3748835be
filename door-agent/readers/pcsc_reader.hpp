#pragma once

#include "door-agent/readers/card_port.hpp"
#include "door-agent/readers/reader.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace creneau::door {

struct PcscReaderSettings {
    std::string key;
    std::string name;  ///< as `pcsc_scan -r` prints it, whole
};

/// The UID in the answer to GET DATA (PC/SC part 3, 3.2.2.1.3), as upper-case hexadecimal digits.
/// Nothing unless its status is 90 00 and it has 4, 5, 7 or 10 bytes.
[[nodiscard]] std::optional<std::string> uid_in_answer(std::span<const std::uint8_t> answer);

/// A reader of contactless cards behind pcscd, chosen by its exact name. A frame's text is the UID
/// of a card that was laid on it; a card that lies there when the reader comes is not read before
/// it was taken away. A card that tells no UID is one counted notice a minute.
class PcscReader : public Reader {
  public:
    PcscReader(const PcscReaderSettings& settings, ReaderListener listener);
    PcscReader(const PcscReaderSettings& settings, ReaderListener listener,
               std::unique_ptr<CardPort> port);
    ~PcscReader() override;
    void start() override;

  private:
    class Worker;
    std::unique_ptr<Worker> worker_;
};

}  // namespace creneau::door
