#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace creneau::http {

/// The lists of an answer about the time of a room, in their order there.
enum class TimeList : std::uint8_t { busy, closures, free };

/// What stands in one of them. Its text, a JSON object, is asked for only where it is on the page.
struct TimePiece {
    std::int64_t start_at = 0;  ///< Unix seconds
    TimeList list = TimeList::busy;
    std::function<std::string()> text;
};

/// The text of one page: the members of `room`, the lists by start, and `next`, which is null or
/// the start of the next page. It begins with what starts at `from` or later, in Unix seconds,
/// none: with all. At most `most` bytes; it is cut between different starts, and one start at least
/// is on each page, whatever its size.
[[nodiscard]] std::string availability_page(const nlohmann::json& room,
                                            std::vector<TimePiece> pieces,
                                            const std::optional<std::int64_t>& from,
                                            std::size_t most);

}  // namespace creneau::http
