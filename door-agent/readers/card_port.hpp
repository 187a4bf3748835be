#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace creneau::door {

/// What a card reader shows. `changes` is another number once a card came or went meanwhile.
struct CardSeen {
    bool present = false;
    std::uint16_t changes = 0;
    friend bool operator==(const CardSeen&, const CardSeen&) = default;
};

/// The card readers of the machine. One thread.
class CardPort {
  public:
    CardPort() = default;
    CardPort(const CardPort&) = delete;
    CardPort& operator=(const CardPort&) = delete;
    virtual ~CardPort() = default;

    /// Names of the readers that are plugged in; nothing, and why, without a card service.
    [[nodiscard]] virtual std::optional<std::vector<std::string>> readers(std::string& why) = 0;
    /// What the reader shows: at once when `known` is absent, else once it is another than that or
    /// `limit` is over. Nothing when the reader or the service is gone.
    [[nodiscard]] virtual std::optional<CardSeen> look(const std::string& reader,
                                                       std::optional<CardSeen> known,
                                                       std::chrono::milliseconds limit) = 0;
    /// Sends a command to the card on it; its answer with both status bytes, or nothing.
    [[nodiscard]] virtual std::optional<std::vector<std::uint8_t>> ask(
        const std::string& reader, std::span<const std::uint8_t> command) = 0;
};

}  // namespace creneau::door
