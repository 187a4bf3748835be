#include "api/booking/schedule.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/occupancy_store.hpp"
#include "api/booking/view_store.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

namespace creneau::booking {

std::vector<BookingView> read_schedule(store::Session& session, TownId town, RoomId room,
                                       const Interval& range) {
    std::vector<BookingView> views;
    for (const SpaceId space : spaces_of(session, town, room)) {
        auto more = select_views_on(session, town, space, range);
        std::ranges::move(more, std::back_inserter(views));
    }
    const auto key = [](const BookingView& view) {
        return std::pair(view.booking.slot.at.start, view.booking.id);
    };
    std::ranges::sort(views, {}, key);
    const auto twice = std::ranges::unique(views, {}, key);
    views.erase(twice.begin(), twice.end());
    return views;
}

std::vector<Interval> busy_times(store::Session& session, TownId town, RoomId room,
                                 const Interval& range, const Sight& sight) {
    std::vector<Interval> busy;
    for (const SpaceId space : spaces_of(session, town, room)) {
        const auto more = select_busy(session, space, range, sight);
        busy.insert(busy.end(), more.begin(), more.end());
    }
    return merged(std::move(busy));
}

std::vector<Interval> free_times(const std::vector<Interval>& busy, const Interval& range) {
    std::vector<Interval> free;
    auto from = range.start;
    for (const Interval& taken : busy) {
        if (from < taken.start) {
            free.push_back({from, std::min(taken.start, range.end)});
        }
        from = std::max(from, taken.end);
    }
    if (from < range.end) {
        free.push_back({from, range.end});
    }
    return free;
}

std::vector<Interval> merged(std::vector<Interval> intervals) {
    std::ranges::sort(intervals, {}, &Interval::start);
    std::vector<Interval> joined;
    for (const Interval& next : intervals) {
        if (!joined.empty() && next.start <= joined.back().end) {
            joined.back().end = std::max(joined.back().end, next.end);
        } else {
            joined.push_back(next);
        }
    }
    return joined;
}

}  // namespace creneau::booking
