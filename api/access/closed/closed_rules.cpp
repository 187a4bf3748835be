#include "api/access/closed/closed_rules.hpp"

#include "api/access/access_types.hpp"
#include "api/access/closed/closed_types.hpp"
#include "api/store/column.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace creneau::access {

namespace {

constexpr auto kForm = "creneau-closed-1";
constexpr auto kEnd = ".";  // a line that is cut short lacks it

constexpr std::array kWords{
    std::pair(ClosedKind::pass, std::string_view("pass")),
    std::pair(ClosedKind::badge, std::string_view("badge")),
    std::pair(ClosedKind::agent, std::string_view("agent")),
    std::pair(ClosedKind::lockdown, std::string_view("lockdown")),
    std::pair(ClosedKind::lockdown_end, std::string_view("lockdown_end")),
    std::pair(ClosedKind::door, std::string_view("door")),
    std::pair(ClosedKind::door_end, std::string_view("door_end")),
    std::pair(ClosedKind::scope, std::string_view("scope")),
};

/// What a line that ends something ends.
std::optional<ClosedKind> ended_by(ClosedKind kind) {
    switch (kind) {
        case ClosedKind::lockdown_end:
            return ClosedKind::lockdown;
        case ClosedKind::door_end:
            return ClosedKind::door;
        case ClosedKind::pass:
        case ClosedKind::badge:
        case ClosedKind::agent:
        case ClosedKind::lockdown:
        case ClosedKind::door:
        case ClosedKind::scope:
            break;
    }
    return std::nullopt;
}

bool is_ended_by_a_line(ClosedKind kind) {
    return kind == ClosedKind::lockdown || kind == ClosedKind::door;
}

/// What happens to one thing once: the same pass is revoked once, a site locked down often, and a
/// card that was given again is lost again.
using Once = std::tuple<TownId, ClosedKind, std::int64_t, std::int64_t, std::string, std::int64_t>;

Once once(const Closed& one) {
    const bool is_often = is_ended_by_a_line(one.kind) || one.kind == ClosedKind::agent ||
                          one.kind == ClosedKind::badge;
    const auto number = one.kind == ClosedKind::lockdown ? 0 : one.number;  // whoever began it
    return {one.town, one.kind, one.id,
            number,   one.word, is_often ? store::unix_seconds(one.at) : 0};
}

}  // namespace

std::string_view word_of(ClosedKind kind) {
    return std::ranges::find(kWords, kind, &std::pair<ClosedKind, std::string_view>::first)->second;
}

std::optional<ClosedKind> closed_kind_of(std::string_view word) {
    const auto* const found =
        std::ranges::find(kWords, word, &std::pair<ClosedKind, std::string_view>::second);
    return found == kWords.end() ? std::nullopt : std::optional(found->first);
}

std::string line_of(const Closed& closed) {
    std::ostringstream out;
    out << kForm << ' ' << store::raw(closed.town) << ' ' << word_of(closed.kind) << ' '
        << closed.id << ' ' << closed.number << ' ' << closed.word << ' '
        << store::unix_seconds(closed.at) << ' ' << store::unix_seconds(closed.until) << ' '
        << kEnd;
    return out.str();
}

std::optional<Closed> closed_in(std::string_view line) {
    std::istringstream words{std::string(line)};
    std::string form;
    std::string kind;
    std::string end;
    std::string more;
    std::int64_t town = 0;
    std::int64_t at = 0;
    std::int64_t until = 0;
    Closed closed;
    words >> form >> town >> kind >> closed.id >> closed.number >> closed.word >> at >> until >>
        end;
    const auto known = closed_kind_of(kind);
    if (!words || form != kForm || end != kEnd || words >> more || town <= 0 || !known) {
        return std::nullopt;
    }
    closed.town = TownId{town};
    closed.kind = *known;
    closed.at = store::instant(at);
    closed.until = store::instant(until);
    return closed;
}

std::vector<Closed> in_force(const std::vector<Closed>& said, std::chrono::sys_seconds now) {
    std::map<std::tuple<TownId, ClosedKind, std::int64_t>, std::int64_t> ends;
    for (std::int64_t place = 0; const Closed& one : said) {
        if (const auto kind = ended_by(one.kind)) {
            ends[{one.town, *kind, one.id}] = place;
        }
        ++place;
    }
    std::vector<Closed> holds;
    for (std::int64_t place = 0; const Closed& one : said) {
        const auto end = ends.find({one.town, one.kind, one.id});
        const bool is_over = (end != ends.end() && end->second > place) || ended_by(one.kind) ||
                             (one.kind == ClosedKind::pass && one.until <= now);
        if (!is_over) {
            holds.push_back(one);
        }
        ++place;
    }
    return holds;
}

std::vector<Closed> news(const std::vector<Closed>& said, const std::vector<Closed>& now_closed,
                         std::chrono::sys_seconds now) {
    std::set<Once> known;
    for (const Closed& one : said) {
        known.insert(once(one));
    }
    std::set<Once> closed;
    std::vector<Closed> lines;
    for (const Closed& one : now_closed) {
        closed.insert(once(one));
        if (!known.contains(once(one))) {
            lines.push_back(one);
        }
    }
    std::vector<Closed> ends;
    for (const Closed& one : in_force(said, now)) {
        if (is_ended_by_a_line(one.kind) && !closed.contains(once(one))) {
            const auto kind =
                one.kind == ClosedKind::door ? ClosedKind::door_end : ClosedKind::lockdown_end;
            ends.push_back({one.town, kind, one.id, 0, "-", now, {}});
        }
    }
    // What ended comes before what has begun anew since.
    ends.insert(ends.end(), lines.begin(), lines.end());
    return ends;
}

}  // namespace creneau::access
