#pragma once

#include "api/http/page_text.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace creneau::http {

/// Where a page of the schedule begins: in this room, with what starts at or after an instant; the
/// rooms that follow it are whole.
struct SchedulePlace {
    std::int64_t room = 0;
    std::int64_t start_at = 0;  ///< Unix seconds; 0: the room from its first entry on

    friend bool operator==(const SchedulePlace&, const SchedulePlace&) = default;
};

/// "12-1796490000", as `next` of a page says it.
[[nodiscard]] std::string cursor_of(const SchedulePlace& place);
/// Nothing when the text is none that `cursor_of` writes.
[[nodiscard]] std::optional<SchedulePlace> place_of(std::string_view cursor);

/// An entry of a room as it stands in the answer.
struct ScheduleEntry {
    std::int64_t start_at = 0;  ///< Unix seconds
    std::string text;           ///< a JSON object
};

/// The text of one page, room by room. A page is cut between entries that start at different
/// instants, so that its end can be told by an instant; one such group at least is on each page,
/// whatever its size.
class SchedulePage {
  public:
    /// `range` is a JSON object, the members that stand on each page; `most` bytes at most.
    SchedulePage(const nlohmann::json& range, std::size_t most);

    /// Takes a room's entries, which are ordered by start; `room` is a JSON object with its
    /// "room_id". False when the page is full: the rest belongs to the next one.
    [[nodiscard]] bool add(const nlohmann::json& room, const std::vector<ScheduleEntry>& entries);

    /// The whole answer with `next`: null, or where the next page begins.
    [[nodiscard]] std::string finished() &&;

  private:
    PageText text_;
    std::optional<SchedulePlace> next_;
};

}  // namespace creneau::http
