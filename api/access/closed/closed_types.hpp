#pragma once

#include "api/access/access_types.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace creneau::access {

/// What was closed, and what opens it again. Scopes are numbers that nothing else may ever have.
enum class ClosedKind : std::uint8_t {
    pass,          ///< id: of the pass, number: its revision, word: why
    badge,         ///< id: of its row, word: the mark of its number
    agent,         ///< id: of its row, word: its key
    lockdown,      ///< id: of the site, number: who began it, word: its ground
    lockdown_end,  ///< id: of the site
    door,          ///< disabled. id: of its row, word: its ground
    door_end,      ///< id: of its row
    scope,         ///< id: the number, word: the key of its door or zone
};

/// "pass", "badge", …
[[nodiscard]] std::string_view word_of(ClosedKind kind);
[[nodiscard]] std::optional<ClosedKind> closed_kind_of(std::string_view word);

struct Closed {
    TownId town{};
    ClosedKind kind = ClosedKind::pass;
    std::int64_t id = 0;
    std::int64_t number = 0;
    std::string word = "-";  ///< never empty, without blanks
    std::chrono::sys_seconds at;
    std::chrono::sys_seconds until;  ///< of a pass: its end; else 0

    bool operator==(const Closed&) const = default;
};

}  // namespace creneau::access
