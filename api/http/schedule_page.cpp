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

// What closes a room and the page: "]}" and ],"next":"…"}, two numbers of 19 digits in it.
constexpr std::size_t kClosing = 64;

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
    : text_(opened(range) + ",\"items\":["), most_(most) {}

bool SchedulePage::fits(std::size_t more) const {
    return empty_ || text_.size() + more + kClosing <= most_;
}

bool SchedulePage::add(const nlohmann::json& room, const std::vector<ScheduleEntry>& entries) {
    const auto id = room.at("room_id").get<std::int64_t>();
    auto opening = (empty_ ? "" : ",") + opened(room) + ",\"entries\":[";
    auto end = end_of_group(entries, 0);
    opening += joined(entries, 0, end);
    if (!fits(opening.size())) {
        next_ = SchedulePlace{id, 0};
        return false;
    }
    text_ += opening;
    empty_ = false;
    while (end < entries.size()) {
        const auto first = end;
        end = end_of_group(entries, first);
        const auto group = joined(entries, first, end);
        if (!fits(group.size())) {
            next_ = SchedulePlace{id, entries[first].start_at};
            break;
        }
        text_ += group;
    }
    text_ += "]}";
    return !next_;
}

std::string SchedulePage::finished() && {
    text_ += "],\"next\":" + (next_ ? '"' + cursor_of(*next_) + '"' : "null") + '}';
    return std::move(text_);
}

}  // namespace creneau::http
