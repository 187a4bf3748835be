#include "api/booking/alternatives.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/check_wish.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/room_rules.hpp"
#include "api/booking/room_rules_store.hpp"
#include "api/booking/schedule.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

constexpr std::array kNearbyDays{1, -1, 2, -2, 7, -7};
constexpr std::size_t kMostInSameRoom = 3;
// People are not sent to a hall at night because it happens to be free.
constexpr std::string_view kEarliest = "T08:00";
constexpr std::string_view kLatest = "T23:00";

std::string_view date_of(std::string_view local) {
    return local.substr(0, 10);
}
std::string_view time_of(std::string_view local) {
    return local.substr(10);
}

/// The slot over exactly these instants, when it lies within one day's waking hours.
std::optional<Slot> same_day_slot(const Interval& at, const std::string& zone) {
    auto slot = resolve_slot(local_time_of(at.start, zone), local_time_of(at.end, zone), zone);
    const bool fits =
        slot && slot->at == at && date_of(slot->local_start) == date_of(slot->local_end) &&
        kEarliest <= time_of(slot->local_start) && time_of(slot->local_end) <= kLatest;
    return fits ? std::optional(*std::move(slot)) : std::nullopt;
}

/// Free, still to come, and nothing of the room says no; only the office, asked, sets rules aside.
bool would_pass(store::Session& session, Wish wish, const Room& room, const Slot& slot) {
    wish.room = room.id;
    wish.slot = slot;
    wish.override_reason.clear();
    if (slot.at.start < wish.now ||
        is_taken(session, wish.town, room.id, slot.at, {wish.now, wish.own})) {
        return false;
    }
    const RoomRules rules = load_rules(session, wish.town, room.id);
    return check_who(session, wish, room, rules).empty() &&
           check_when(session, wish, room, rules).empty();
}

/// Slots of the same length just before and just after what is in the way, then the same hours on
/// days nearby.
std::vector<Slot> nearby_slots(store::Session& session, const Wish& wish, const Room& room) {
    const auto length = wish.slot.at.end - wish.slot.at.start;
    const auto busy = busy_times(session, wish.town, room.id, wish.slot.at, {wish.now});
    std::vector<Slot> slots;
    const auto keep = [&slots](std::optional<Slot> slot) {
        if (slot) {
            slots.push_back(*std::move(slot));
        }
    };
    if (!busy.empty()) {
        keep(same_day_slot({busy.back().end, busy.back().end + length}, room.time_zone));
        keep(same_day_slot({busy.front().start - length, busy.front().start}, room.time_zone));
    }
    for (const int days : kNearbyDays) {
        keep(shifted_by_days(wish.slot, days, room.time_zone));
    }
    return slots;
}

void add_same_room(store::Session& session, const Wish& wish, const Room& room,
                   std::vector<Alternative>& found) {
    for (Slot& slot : nearby_slots(session, wish, room)) {
        if (found.size() == kMostInSameRoom) {
            return;
        }
        if (would_pass(session, wish, room, slot)) {
            found.push_back({room.id, room.name, std::move(slot)});
        }
    }
}

void add_other_rooms(store::Session& session, const Wish& wish, const Room& wished,
                     std::vector<Alternative>& found) {
    auto rooms = list_rooms(session, wish.town);
    std::erase_if(rooms, [&](const Room& room) { return room.id == wish.room; });
    std::ranges::stable_sort(rooms, {}, [&](const Room& room) {
        return std::pair(room.site != wished.site, room.capacity);
    });
    for (const Room& room : rooms) {
        if (found.size() == kMostAlternatives) {
            return;
        }
        const auto slot = resolve_slot(wish.slot.local_start, wish.slot.local_end, room.time_zone);
        if (slot && would_pass(session, wish, room, *slot)) {
            found.push_back({room.id, room.name, *slot});
        }
    }
}

}  // namespace

std::vector<Alternative> find_alternatives(store::Session& session, const Wish& wish) {
    std::vector<Alternative> found;
    const auto room = find_room(session, wish.town, wish.room);
    if (!room) {
        return found;
    }
    add_same_room(session, wish, *room, found);
    add_other_rooms(session, wish, *room, found);
    return found;
}

}  // namespace creneau::booking
