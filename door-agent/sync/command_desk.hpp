#pragma once

#include "door-agent/clock/boot_time.hpp"
#include "policy/command.hpp"
#include "policy/fingerprint.hpp"
#include "qr/pass.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace creneau::door {

/// Nothing of the town is obeyed later than this after the agent asked for it.
inline constexpr std::chrono::seconds kCommandServes{10};

/// What the town orders, verified: for one door, now.
struct ArrivedCommand {
    std::string door;
    std::optional<std::chrono::sys_seconds> end;  ///< of free access; none: open once
    BootTime asked_at{};                          ///< serves until kCommandServes later
};

struct CommandDeskSettings {
    std::vector<policy::Fingerprint> roots;
    qr::TownId town{};
    std::string agent;
    std::string boot_id;  ///< empty: the kernel does not tell, and nothing is asked for
};

/// Asks for a command that the town offers, one at a time, and takes the answer once. One thread.
class CommandDesk {
  public:
    explicit CommandDesk(CommandDeskSettings settings);

    /// What the town offers; the question to put to it, or none. The one before is forgotten.
    struct Question {
        std::uint64_t command = 0;
        std::string boot;
        std::vector<std::uint8_t> nonce;
    };
    std::optional<Question> ask(std::uint64_t command, const std::string& door, BootTime now);

    /// The answer to the question that is open, if it is one and young enough. Whatever comes, the
    /// question is closed. `trusted_now` is absent while the clock is untrusted.
    struct Taken {
        std::optional<ArrivedCommand> command;
        std::string fault;  ///< why none, in English
    };
    Taken take(std::span<const std::uint8_t> bytes, BootTime now,
               std::optional<std::chrono::sys_seconds> trusted_now);

  private:
    struct Open {
        policy::Command command;
        BootTime asked_at{};
    };
    CommandDeskSettings settings_;
    std::optional<Open> open_;
};

}  // namespace creneau::door
