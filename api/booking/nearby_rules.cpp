#include "api/booking/nearby_rules.hpp"

#include "api/booking/quota_rules.hpp"
#include "api/booking/room_rules.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

constexpr days kWeek{7};
constexpr std::size_t kMostDays = 16;
// People are not sent to a hall at night because it happens to be free.
constexpr hours kEarliest{8};
constexpr hours kLatest{23};

enum class Rounding : std::uint8_t { nearest, up, down };

minutes rounded(minutes time, minutes step, Rounding rounding) {
    if (step == minutes(0)) {
        return time;
    }
    const minutes over = time % step;
    const bool up = over > minutes(0) && (rounding == Rounding::up ||
                                          (rounding == Rounding::nearest && over * 2 >= step));
    return time - over + (up ? step : minutes(0));
}

/// On the grid of the local day.
LocalMinutes rounded(LocalMinutes at, minutes grid, Rounding rounding) {
    const auto date = std::chrono::floor<days>(at);
    return date + rounded(at - date, grid, rounding);
}

/// The nearest length that the room lets pass.
minutes fitted_length(const RoomRules& rules, minutes length) {
    length = rounded(std::max(length, rules.shortest), rules.grid, Rounding::up);
    const bool is_too_long = rules.longest > minutes(0) && length > rules.longest;
    return is_too_long ? rounded(rules.longest, rules.grid, Rounding::down) : length;
}

/// The slot as the room's length, grid and hours of its day would have it.
std::optional<LocalSlot> fitted(const RoomRules& rules, const LocalSlot& wanted, Rounding rounding,
                                const WallClock& shown) {
    const minutes length = fitted_length(rules, wanted.end - wanted.start);
    const auto wished = rounded(wanted.start, rules.grid, rounding);
    std::optional<LocalSlot> best;
    for (const LocalSlot& open : openings_about(rules.opening, {wished, wished + length}, shown)) {
        const auto earliest = rounded(open.start, rules.grid, Rounding::up);
        const auto latest = rounded(open.end - length, rules.grid, Rounding::down);
        if (latest < earliest) {
            continue;
        }
        const auto start = std::clamp(wished, earliest, latest);
        const bool is_same_day =
            std::chrono::floor<days>(start) == std::chrono::floor<days>(wished);
        if (is_same_day &&
            (!best || std::chrono::abs(start - wished) < std::chrono::abs(best->start - wished))) {
            best = LocalSlot{start, start + length};
        }
    }
    return best;
}

bool is_in_waking_hours(const LocalSlot& slot) {
    const auto date = std::chrono::floor<days>(slot.start);
    return date + kEarliest <= slot.start && slot.end <= date + kLatest;
}

/// Days to go from the wished one, the nearest first.
class DaysToGo {
  public:
    void add(days go) {
        if (std::ranges::find(found_, go) == found_.end()) {
            found_.push_back(go);
        }
    }
    /// So far at least, and on the same weekday.
    void add_from(days go) {
        add(go);
        const auto weeks = go / kWeek + (go % kWeek == days(0) ? 0 : (go > days(0) ? 1 : -1));
        add(weeks * kWeek);
    }
    std::vector<days> in_order() && {
        std::ranges::stable_sort(found_, {}, [](days go) { return std::chrono::abs(go); });
        found_.resize(std::min(found_.size(), kMostDays));
        return std::move(found_);
    }

  private:
    std::vector<days> found_;
};

std::vector<days> days_to_try(const RoomRules& rules, const Hindrance& why) {
    DaysToGo to_go;
    for (const int near : {1, -1, 2, -2, 7, -7}) {
        to_go.add(days(near));
    }
    const auto time_left = why.wished.start - why.now;
    const auto date = std::chrono::floor<days>(why.wished.start);
    if (time_left < why.notice.least) {
        to_go.add_from(std::chrono::ceil<days>(why.notice.least - time_left));
    }
    if (why.notice.most > minutes(0) && time_left > why.notice.most) {
        to_go.add_from(-std::chrono::ceil<days>(time_left - why.notice.most));
    }
    const auto ahead = date - std::chrono::floor<days>(why.now);
    if (rules.residents_until > days(0) && ahead > rules.residents_until) {
        to_go.add_from(rules.residents_until - ahead);
    }
    if (why.busy) {
        to_go.add_from(std::chrono::ceil<days>(why.busy->end - why.wished.start));
        to_go.add_from(-std::chrono::ceil<days>(why.wished.end - why.busy->start));
    }
    for (const DateRange& period : why.spent) {
        to_go.add_from(period.until - date);
        to_go.add_from(period.from - date - days(1));
    }
    return std::move(to_go).in_order();
}

/// Slots in the order in which they are to be tried, each once.
class Tries {
  public:
    Tries(const RoomRules& rules, const Hindrance& why, const WallClock& shown)
        : rules_(rules), why_(why), shown_(shown) {}

    /// As the room would have it; where the series wants it already, just beside.
    void add(const LocalSlot& wanted) {
        const auto slot = fitted(rules_, wanted, Rounding::nearest, shown_);
        if (!slot) {
            return;
        }
        if (const LocalSlot* own = own_at(*slot)) {
            add_beside(*own);
        } else {
            keep(*slot);
        }
    }
    void add_beside(const LocalSlot& busy) {
        const auto length = why_.wished.end - why_.wished.start;
        const LocalSlot after{busy.end, busy.end + length};
        const LocalSlot before{busy.start - length, busy.start};
        for (const auto& slot : {fitted(rules_, after, Rounding::up, shown_),
                                 fitted(rules_, before, Rounding::down, shown_)}) {
            if (slot && is_in_waking_hours(*slot) && own_at(*slot) == nullptr) {
                keep(*slot);
            }
        }
    }
    std::vector<LocalSlot> in_order() && { return std::move(slots_); }

  private:
    const LocalSlot* own_at(const LocalSlot& slot) const {
        const auto found = std::ranges::find_if(why_.own, [&slot](const LocalSlot& own) {
            return own.start < slot.end && slot.start < own.end;
        });
        return found == why_.own.end() ? nullptr : &*found;
    }
    void keep(const LocalSlot& slot) {
        if (slot != why_.wished && why_.now <= slot.start &&
            std::ranges::find(slots_, slot) == slots_.end()) {
            slots_.push_back(slot);
        }
    }

    const RoomRules& rules_;
    const Hindrance& why_;
    const WallClock& shown_;
    std::vector<LocalSlot> slots_;
};

}  // namespace

std::vector<LocalSlot> nearby_slots(const RoomRules& rules, const Hindrance& why,
                                    const WallClock& shown) {
    Tries tries(rules, why, shown);
    tries.add(why.wished);
    if (why.busy) {
        tries.add_beside(*why.busy);
    }
    for (const days go : days_to_try(rules, why)) {
        tries.add({why.wished.start + go, why.wished.end + go});
    }
    return std::move(tries).in_order();
}

}  // namespace creneau::booking
