#pragma once

#include "door-agent/readers/descriptor.hpp"

#include <chrono>
#include <filesystem>
#include <string>

#include <tl/expected.hpp>

namespace creneau::door {

/// Why a state folder could not be locked.
struct ClaimTrouble {
    bool is_taken = false;  ///< another agent has it
    std::string text;       ///< names the folder
};

/// The agent's state folder, locked (flock) while the answer is open; waits `limit` for whoever has
/// it. Two agents at once would each number the journal's next row, and the one that comes second
/// could write nothing more; and both would drive the same boards.
[[nodiscard]] tl::expected<Descriptor, ClaimTrouble> claim_state(
    const std::filesystem::path& folder, std::chrono::milliseconds limit);

}  // namespace creneau::door
