#include "api/http/availability_page.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {

namespace {

// In the order of TimeList.
constexpr std::array kNames{"busy", "closures", "free"};
using Lists = std::array<std::string, kNames.size()>;

/// Names of the lists, brackets, commas and the longest `next`.
constexpr std::size_t kFrame = 100;

std::size_t size_of(const Lists& lists) {
    std::size_t size = 0;
    for (const std::string& list : lists) {
        size += list.size();
    }
    return size;
}

void add(Lists& lists, const Lists& more) {
    for (std::size_t at = 0; at < lists.size(); ++at) {
        lists[at] += lists[at].empty() || more[at].empty() ? more[at] : ',' + more[at];
    }
}

/// What starts at the same instant, beginning with `piece`, which is moved past it.
template <class Piece>
Lists group_at(Piece& piece, const Piece& end) {
    Lists group;
    const auto start = piece->start_at;
    for (; piece != end && piece->start_at == start; ++piece) {
        Lists one;
        one[static_cast<std::size_t>(piece->list)] = piece->text();
        add(group, one);
    }
    return group;
}

}  // namespace

std::string availability_page(const nlohmann::json& room, std::vector<TimePiece> pieces,
                              const std::optional<std::int64_t>& from, std::size_t most) {
    if (from) {
        std::erase_if(pieces, [&](const TimePiece& piece) { return piece.start_at < *from; });
    }
    std::ranges::stable_sort(pieces, {}, &TimePiece::start_at);
    std::string text = room.dump();
    text.pop_back();
    Lists lists;
    std::string next = "null";
    for (auto piece = pieces.begin(); piece != pieces.end();) {
        const auto start = piece->start_at;
        const Lists group = group_at(piece, pieces.end());
        const auto size = text.size() + size_of(lists) + size_of(group) + kFrame;
        if (size_of(lists) > 0 && size > most) {
            next = '"' + std::to_string(start) + '"';
            break;
        }
        add(lists, group);
    }
    for (std::size_t at = 0; at < lists.size(); ++at) {
        text += std::string(",\"") + kNames[at] + "\":[" + lists[at] + ']';
    }
    return text + ",\"next\":" + next + '}';
}

}  // namespace creneau::http
