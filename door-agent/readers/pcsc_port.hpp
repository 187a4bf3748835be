#pragma once

#include "door-agent/readers/card_port.hpp"

#include <memory>

namespace creneau::door {

/// The machine's pcscd, through pcsc-lite.
class PcscPort : public CardPort {
  public:
    PcscPort();
    ~PcscPort() override;
    [[nodiscard]] std::optional<std::vector<std::string>> readers(std::string& why) override;
    [[nodiscard]] std::optional<CardSeen> look(const std::string& reader,
                                               std::optional<CardSeen> known,
                                               std::chrono::milliseconds limit) override;
    [[nodiscard]] std::optional<std::vector<std::uint8_t>> ask(
        const std::string& reader, std::span<const std::uint8_t> command) override;

  private:
    struct Context;
    std::unique_ptr<Context> context_;
};

}  // namespace creneau::door
