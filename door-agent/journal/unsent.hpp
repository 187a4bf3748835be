#pragma once

#include "door-agent/journal/chain.hpp"
#include "door-agent/journal/event.hpp"
#include "door-agent/journal/journal.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <utility>
#include <vector>

namespace creneau::door {

/// Rows that the town has not acknowledged, ascending, from the oldest on.
struct UnsentRows {
    JournalId journal{};
    std::vector<std::pair<std::int64_t, Event>> rows;
    Hash last_hash{};  ///< of the last of them, as the journal chains it
};

/// At most `most` of them, those up to `known` left out too, from a file opened for reading only;
/// nothing when there is none or it cannot be read. Never in the way of the journal's writer.
[[nodiscard]] std::optional<UnsentRows> read_unsent(const std::filesystem::path& file,
                                                    const std::optional<Acknowledged>& known,
                                                    std::size_t most);

}  // namespace creneau::door
