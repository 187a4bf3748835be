#include "door-agent/sync/command_desk.hpp"

#include "door-agent/clock/boot_time.hpp"
#include "policy/command.hpp"
#include "policy/error.hpp"
#include "policy/policy_file.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <sodium.h>

namespace creneau::door {

CommandDesk::CommandDesk(CommandDeskSettings settings) : settings_(std::move(settings)) {}

std::optional<CommandDesk::Question> CommandDesk::ask(std::uint64_t command,
                                                      const std::string& door, BootTime now) {
    open_.reset();
    if (settings_.boot_id.empty()) {
        return std::nullopt;
    }
    std::vector<std::uint8_t> nonce(policy::kNonceSize);
    randombytes_buf(nonce.data(), nonce.size());
    open_ =
        Open{{settings_.town, settings_.agent, settings_.boot_id, door, command, nonce, {}}, now};
    return Question{command, settings_.boot_id, std::move(nonce)};
}

CommandDesk::Taken CommandDesk::take(std::span<const std::uint8_t> bytes, BootTime now,
                                     std::optional<std::chrono::sys_seconds> trusted_now) {
    const auto open = std::exchange(open_, std::nullopt);
    if (!open) {
        return {{}, "nobody asked for it"};
    }
    if (now < open->asked_at || now - open->asked_at > kCommandServes) {
        return {{}, "it came too late"};
    }
    const auto command = policy::open_command(bytes, {settings_.roots, open->command, trusted_now});
    if (!command) {
        return {{}, policy::describe(command.error())};
    }
    return {ArrivedCommand{command->door, command->end, open->asked_at}, ""};
}

}  // namespace creneau::door
