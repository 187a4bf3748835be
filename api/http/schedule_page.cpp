#include "api/http/schedule_page.hpp"

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {

namespace {

/// Digits as `to_string` writes them: no sign, no leading zero.
std::optional<std::int64_t> number_in(std::string_view digits) {
    std::int64_t number = 0;
    const auto* begin = digits.data();
    const auto* end = begin + digits.size();
    const auto read = std::from_chars(begin, end, number);
    const bool is_number = read.ec == std::errc{} && read.ptr == end;
    return is_number && std::to_string(number) == digits && number >= 0 ? std::optional(number)
                                                                        : std::nullopt;
}

/// An object that goes on: without its closing brace.
std::string opened(const nlohmann::json& object) {
    auto text = object.dump();
    text.pop_back();
    return text;
}

/// Where the entries end that start with the one at `first`.
std::size_t end_of_group(const std::vector<ScheduleEntry>& entries, std::size_t first) {
    std::size_t end = first;
    while (end < entries.size() && entries[end].start_at == entries[first].start_at) {
        ++end;
    }
    return end;
}

/// The entries from `first` to `end`, each with the comma that it needs.
std::string joined(const std::vector<ScheduleEntry>& entries, std::size_t first, std::size_t end) {
    std::string text;
    for (std::size_t at = first; at < end; ++at) {
        text += at == 0 ? "" : ",";
        text += entries[at].text;
    }
    return text;
}

}  // namespace

std::string cursor_of(const SchedulePlace& place) {
    return std::to_string(place.room) + '-' + std::to_string(place.start_at);
}

std::optional<SchedulePlace> place_of(std::string_view cursor) {
    const auto dash = cursor.find('-');
    if (dash == std::string_view::npos) {
        return std::nullopt;
    }
    const auto room = number_in(cursor.substr(0, dash));
    const auto start = number_in(cursor.substr(dash + 1));
    return room && start ? std::optional(SchedulePlace{*room, *start}) : std::nullopt;
}

SchedulePage::SchedulePage(const nlohmann::json& range, std::size_t most)
    : text_(range.dump(), most) {}

bool SchedulePage::add(const nlohmann::json& room, const std::vector<ScheduleEntry>& entries) {
    const auto id = room.at("room_id").get<std::int64_t>();
    auto end = end_of_group(entries, 0);
    if (!text_.take((text_.is_empty() ? "" : ",") + opened(room) + ",\"entries\":[" +
                    joined(entries, 0, end))) {
        next_ = SchedulePlace{id, 0};
        return false;
    }
    while (end < entries.size()) {
        const auto first = end;
        end = end_of_group(entries, first);
        if (!text_.take(joined(entries, first, end))) {
            next_ = SchedulePlace{id, entries[first].start_at};
            break;
        }
    }
    text_.end_piece("]}");
    return !next_;
}

std::string SchedulePage::finished() && {
    return std::move(text_).finished(next_ ? std::optional(cursor_of(*next_)) : std::nullopt);
}

}  // namespace creneau::http
