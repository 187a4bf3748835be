#include "api/booking/alternatives.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/check_wish.hpp"
#include "api/booking/cure_rules.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/nearby_rules.hpp"
#include "api/booking/quota_rules.hpp"
#include "api/booking/room_rules.hpp"
#include "api/booking/room_rules_store.hpp"
#include "api/people/people_store.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

constexpr std::size_t kMostInSameRoom = 3;
// A town of many halls does not keep the writer: so many of them are looked at, the nearest first.
constexpr std::size_t kMostRooms = 20;

/// The wish as somebody else would state it today; only the office, asked, sets rules aside.
Wish wish_for(const Wish& wish, RoomId room, const Slot& slot) {
    Wish other = wish;
    other.room = room;
    other.slot = slot;
    other.override_reason.clear();
    other.in_round = false;
    return other;
}

/// Its series wants the space at that time by itself.
bool meets_own(store::Session& session, const Wish& wish) {
    const Interval& at = wish.slot.at;
    const bool meets = std::ranges::any_of(wish.siblings.wanted, [&at](const Interval& wanted) {
        return wanted.start < at.end && at.start < wanted.end;
    });
    return meets && may_meet_siblings(session, wish);
}

/// Nothing is in the way, and it is not where the wish's booking is already.
bool is_free(store::Session& session, const Wish& wish) {
    const bool is_former =
        wish.former && wish.former_room == wish.room && *wish.former == wish.slot.at;
    // What is taken outright, most of what is looked at, is known by one look.
    return !is_former && !meets_own(session, wish) &&
           !is_taken(session, wish.town, wish.room, wish.slot.at, {wish.now, wish.own}) &&
           check_way(session, wish).empty();
}

/// By what judges the wish itself.
bool is_allowed(store::Session& session, const Wish& wish, const Room& room,
                const RoomRules& rules) {
    return check_rules(session, wish, room, rules, wish.slot).empty();
}

LocalSlot local_of(const Interval& at, const std::string& zone) {
    return {local_minutes_of(at.start, zone), local_minutes_of(at.end, zone)};
}

/// What the slot and its buffers meet, and as far as no buffer reaches into it.
std::optional<LocalSlot> busy_about(store::Session& session, const Wish& wish, const Place& place) {
    const RoomRules& rules = place.rules;
    const Interval& wished = wish.slot.at;
    const Interval range{wished.start - rules.reach, wished.end + rules.reach};
    std::optional<Interval> busy;
    for (const Neighbour& other :
         neighbours_of(session, wish.town, wish.room, range, {wish.now, wish.own})) {
        const Interval kept{other.at.start - std::max(rules.teardown, other.buffers.setup),
                            other.at.end + std::max(rules.setup, other.buffers.teardown)};
        if (kept.start < wished.end && wished.start < kept.end) {
            busy = busy ? Interval{std::min(busy->start, kept.start), std::max(busy->end, kept.end)}
                        : kept;
        }
    }
    return busy ? std::optional(local_of(*busy, place.room.time_zone)) : std::nullopt;
}

std::vector<DateRange> periods_of(const Wish& wish, const RoomRules& rules, const LocalSlot& at) {
    std::vector<DateRange> periods;
    for (const Quota& quota : rules.quotas) {
        if (binds(quota, wish.owner.association.has_value())) {
            periods.push_back(period_of(quota, std::chrono::floor<std::chrono::days>(at.start)));
        }
    }
    return periods;
}

/// What the series wants of the room, as far as no buffer reaches into it.
std::vector<LocalSlot> own_about(const Wish& wish, const Place& place) {
    const auto gap = std::max(place.rules.setup, place.rules.teardown);
    std::vector<LocalSlot> own;
    for (const Interval& wanted : wish.siblings.wanted) {
        own.push_back(local_of({wanted.start - gap, wanted.end + gap}, place.room.time_zone));
    }
    return own;
}

Hindrance hindrance_of(store::Session& session, const Wish& wish, const Place& place,
                       const std::vector<Failure>& failures) {
    const std::string& zone = place.room.time_zone;
    Hindrance why;
    why.wished = local_of(wish.slot.at, zone);
    why.now = local_minutes_of(wish.now, zone);
    why.notice = wish.former ? place.rules.change : place.rules.create;
    why.busy = busy_about(session, wish, place);
    why.own = own_about(wish, place);
    if (std::ranges::find(failures, Rule::quota_exceeded, &Failure::rule) != failures.end()) {
        why.spent = periods_of(wish, place.rules, why.wished);
    }
    return why;
}

void add_same_room(store::Session& session, const Wish& wish, const Place& place,
                   const Hindrance& why, std::vector<Alternative>& found) {
    const Room& room = place.room;
    const auto slots = nearby_slots(place.rules, why, [&](LocalMinutes written) {
        return shown_time(written, room.time_zone);
    });
    for (const LocalSlot& nearby : slots) {
        if (found.size() == kMostInSameRoom) {
            return;
        }
        auto slot = resolve_slot(nearby.start, nearby.end, room.time_zone);
        if (!slot) {
            continue;
        }
        const Wish other = wish_for(wish, room.id, *slot);
        if (is_free(session, other) && is_allowed(session, other, room, place.rules)) {
            found.push_back({room.id, room.name, *std::move(slot)});
        }
    }
}

/// Takes out the rooms that the actor may not ask for: for others the office does, where it is one.
void keep_own(store::Session& session, const Wish& wish, std::vector<Room>& rooms) {
    Booking asked;
    asked.association = wish.owner.association;
    asked.booker = wish.owner.person;
    const auto actor = people::find_person(session, wish.town, wish.actor);
    if (actor && owns(*actor, asked)) {
        return;
    }
    std::erase_if(rooms, [&](const Room& room) { return !actor || !is_office(*actor, room.id); });
}

/// The same site first, then the smallest that is large enough.
std::vector<Room> other_rooms(store::Session& session, const Wish& wish, const Room& wished) {
    auto rooms = list_rooms(session, wish.town);
    std::erase_if(rooms, [&](const Room& room) {
        return room.id == wish.room || room.capacity < wish.crowd.attendees;
    });
    keep_own(session, wish, rooms);
    std::ranges::stable_sort(rooms, {}, [&](const Room& room) {
        return std::pair(room.site != wished.site, room.capacity);
    });
    rooms.resize(std::min(rooms.size(), kMostRooms));
    return rooms;
}

void add_other_rooms(store::Session& session, const Wish& wish, const Room& wished,
                     std::vector<Alternative>& found) {
    for (const Room& room : other_rooms(session, wish, wished)) {
        if (found.size() == kMostAlternatives) {
            return;
        }
        auto slot = resolve_slot(wish.slot.local_start, wish.slot.local_end, room.time_zone);
        if (!slot || slot->at.start < wish.now) {
            continue;
        }
        const Wish other = wish_for(wish, room.id, *slot);
        if (is_free(session, other) &&
            is_allowed(session, other, room, load_rules(session, wish.town, room.id))) {
            found.push_back({room.id, room.name, *std::move(slot)});
        }
    }
}

}  // namespace

std::vector<Alternative> find_alternatives(store::Session& session, const Wish& wish,
                                           const Place& place,
                                           const std::vector<Failure>& failures) {
    std::vector<Alternative> found;
    const Cure cure = cure_of(failures);
    if (cure == Cure::nothing) {
        return found;
    }
    if (cure == Cure::another_slot) {
        add_same_room(session, wish, place, hindrance_of(session, wish, place, failures), found);
    }
    add_other_rooms(session, wish, place.room, found);
    return found;
}

}  // namespace creneau::booking
