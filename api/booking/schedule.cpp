#include "api/booking/schedule.hpp"

#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/buffer_rules.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/occupancy_store.hpp"
#include "api/booking/room_rules.hpp"
#include "api/booking/room_rules_store.hpp"
#include "api/booking/view_store.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

/// What of `range` lies outside the hours of the room.
std::vector<Interval> closed_times(const OpeningHours& opening, const std::string& zone,
                                   const Interval& range) {
    const LocalSlot local{local_minutes_of(range.start, zone), local_minutes_of(range.end, zone)};
    std::vector<Interval> open;
    for (const LocalSlot& hours : openings_about(
             opening, local, [&zone](LocalMinutes written) { return shown_time(written, zone); })) {
        const auto slot = resolve_slot(hours.start, hours.end, zone);
        if (slot && slot->at.start < range.end && range.start < slot->at.end) {
            open.push_back(slot->at);
        }
    }
    return free_times(merged(std::move(open)), range);
}

}  // namespace

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

std::vector<Interval> bookable_times(store::Session& session, TownId town, const Room& room,
                                     const Interval& range, const Sight& sight) {
    const RoomRules rules = load_rules(session, town, room.id);
    auto blocked = closed_times(rules.opening, room.time_zone, range);
    const auto busy = busy_times(session, town, room.id, range, sight);
    blocked.insert(blocked.end(), busy.begin(), busy.end());
    const Interval reached{range.start - rules.reach, range.end + rules.reach};
    for (const Neighbour& other : neighbours_of(session, town, room.id, reached, {sight.now, {}})) {
        blocked.push_back({other.at.start - std::max(rules.teardown, other.buffers.setup),
                           other.at.end + std::max(rules.setup, other.buffers.teardown)});
    }
    std::erase_if(blocked, [&range](const Interval& one) {
        return one.end <= range.start || range.end <= one.start;
    });
    return free_times(merged(std::move(blocked)), range);
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
