#include "api/booking/equipment/check_equipment.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/buffer_rules.hpp"
#include "api/booking/check_wish.hpp"
#include "api/booking/equipment/equipment_rules.hpp"
#include "api/booking/equipment/equipment_store.hpp"
#include "api/booking/equipment/equipment_types.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/room_rules.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace creneau::booking {

namespace {

std::chrono::local_days date_of(std::chrono::sys_seconds instant, const std::string& zone) {
    return std::chrono::floor<std::chrono::days>(local_minutes_of(instant, zone));
}

/// The local dates of the stretches with less left than `wanted`; dates that follow one another
/// with as much left are told as one.
std::vector<ShortDates> short_dates(const std::vector<Stretch>& stretches, std::int64_t wanted,
                                    const std::string& zone) {
    std::map<std::chrono::local_days, std::int64_t> left_on;
    for (const Stretch& stretch : stretches) {
        if (stretch.left >= wanted) {
            continue;
        }
        const auto last = date_of(stretch.at.end - std::chrono::minutes(1), zone);
        for (auto date = date_of(stretch.at.start, zone); date <= last;
             date += std::chrono::days(1)) {
            const auto [day, added] = left_on.try_emplace(date, stretch.left);
            day->second = std::min(day->second, stretch.left);
        }
    }
    std::vector<ShortDates> dates;
    for (const auto& [date, left] : left_on) {
        if (!dates.empty() && dates.back().left == left &&
            dates.back().last + std::chrono::days(1) == date) {
            dates.back().last = date;
        } else {
            dates.push_back({date, date, left});
        }
    }
    return dates;
}

Interval with_buffers(const Interval& slot, const Buffers& buffers) {
    return {slot.start - buffers.setup, slot.end + buffers.teardown};
}

Buffers buffers_of(store::Session& session, const Wish& wish, const RoomRules& rules) {
    const Buffers now{rules.setup, rules.teardown};
    const auto& former = wish.former;
    return former && stays_within(wish)
               ? kept_buffers(session, wish.town, wish.own, *former).value_or(now)
               : now;
}

}  // namespace

std::vector<Failure> check_orders_of(store::Session& session, const Wish& wish, const Room& room) {
    if (wish.equipment.empty()) {
        return {};
    }
    return check_orders(wish.equipment, list_equipment(session, wish.town), room.site);
}

std::vector<Failure> check_stock(store::Session& session, const Wish& wish, const Room& room,
                                 const RoomRules& rules) {
    std::vector<Failure> failures;
    if (wish.equipment.empty()) {
        return failures;
    }
    const Buffers buffers = buffers_of(session, wish, rules);
    const Interval during = with_buffers(wish.slot.at, buffers);
    for (const EquipmentOrder& order : wish.equipment) {
        const auto equipment = find_equipment(session, wish.town, order.id);
        if (!equipment) {
            continue;
        }
        auto taken = takings_of(session, wish.town, {order.id, during, wish.now, wish.own});
        for (const Interval& sibling : wish.siblings.slots) {
            taken.push_back({with_buffers(sibling, wish.siblings.buffers), order.quantity});
        }
        const auto dates = short_dates(left_through(equipment->stock, during, taken),
                                       order.quantity, room.time_zone);
        if (!dates.empty()) {
            failures.push_back(equipment_short(*equipment, dates));
        }
    }
    return failures;
}

std::vector<Failure> check_stock(store::Session& session, TownId town, const Booking& booking,
                                 const Place& place, std::chrono::sys_seconds now) {
    Wish wish;
    wish.equipment = orders_of(session, town, booking.id);
    if (wish.equipment.empty()) {
        return {};
    }
    wish.town = town;
    wish.slot = booking.slot;
    wish.own = booking.id;
    wish.now = now;
    return check_stock(session, wish, place.room, place.rules);
}

Place with_kept_buffers(store::Session& session, TownId town, const Booking& booking, Place place) {
    if (const auto kept = kept_buffers(session, town, booking.id, booking.slot.at)) {
        place.rules.setup = kept->setup;
        place.rules.teardown = kept->teardown;
    }
    return place;
}

}  // namespace creneau::booking
