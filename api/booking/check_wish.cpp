#include "api/booking/check_wish.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rules.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/buffer_rules.hpp"
#include "api/booking/equipment/check_equipment.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/failures.hpp"
#include "api/booking/holds/hold_rules.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/obstacles.hpp"
#include "api/booking/quota_rules.hpp"
#include "api/booking/room_rules.hpp"
#include "api/booking/room_rules_store.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::booking {

namespace {

using Failures = std::vector<Failure>;

Side side_of(store::Session& session, const Wish& wish, const RoomRules& rules) {
    const bool groups_matter = !rules.groups.empty() || !rules.residents.empty();
    return {
        wish.owner.association.has_value(), wish.owner_is_staff,
        groups_matter ? groups_of(session, wish.town, wish.owner) : std::vector<std::int64_t>()};
}

Failures check_notice_of(const Wish& wish, const RoomRules& rules) {
    const auto time_left = wish.slot.at.start - wish.now;
    if (wish.in_round) {
        // In time is what the round's dates say; late is late for whoever asks by themselves.
        return wish.by_office ? Failures() : check_notice({rules.create.least, {}}, time_left);
    }
    if (!wish.former) {
        return check_notice(rules.create, time_left);
    }
    // What was given far ahead, by a round or before the rule, may be shortened as far ahead.
    const auto most = stays_within(wish) ? std::chrono::minutes(0) : rules.change.most;
    auto failures = check_notice({rules.change.least, most}, time_left);
    if (failures.empty()) {
        failures = check_notice({rules.change.least, {}}, wish.former->start - wish.now);
    }
    return failures;
}

void add_siblings(const Siblings& siblings, const Interval& days, Held& held) {
    for (const Interval& sibling : siblings.slots) {
        if (days.start <= sibling.start && sibling.start < days.end) {
            ++held.bookings;
            held.time += sibling.end - sibling.start;
        }
    }
}

/// Another room's quota may say nothing of the room that the siblings take.
bool counts_siblings(store::Session& session, const Wish& wish, const Quota& quota) {
    return !wish.siblings.slots.empty() &&
           (wish.room == wish.siblings.room ||
            counts_room(session, wish.town, quota.id, wish.siblings.room));
}

/// Reads nothing where no buffer can meet anything.
Failures check_buffers_of(store::Session& session, const Wish& wish, const RoomRules& rules) {
    if (rules.reach == std::chrono::minutes(0)) {
        return {};
    }
    const Buffers buffers{rules.setup, rules.teardown};
    const Interval range{wish.slot.at.start - rules.reach, wish.slot.at.end + rules.reach};
    auto neighbours = neighbours_of(session, wish.town, wish.room, range, {wish.now, wish.own});
    if (!wish.siblings.slots.empty() && may_meet_siblings(session, wish)) {
        for (const Interval& sibling : wish.siblings.slots) {
            if (sibling.start < range.end && range.start < sibling.end) {
                neighbours.push_back({sibling, wish.siblings.buffers});
            }
        }
    }
    return check_buffers(wish.slot.at, buffers, neighbours);
}

Failures check_override(store::Session& session, const Wish& wish, const RoomRules& rules) {
    Failures failures = check_reason(wish.override_reason);
    if (!wish.override_reason.empty() && wish.by_office) {
        return failures;
    }
    if (!stays_within(wish)) {
        join(failures, check_buffers_of(session, wish, rules));
    }
    if (!wish.override_reason.empty()) {
        failures.push_back({Rule::may_not_override,
                            "override_reason",
                            {"Seul le service peut passer outre : laissez ce champ vide.",
                             "Only the office may set this aside: leave this field empty."}});
    }
    return failures;
}

/// To leave a room late is a change that its own rules are about.
Failures check_leaving(const Wish& wish) {
    if (!wish.former || wish.room == wish.former_room) {
        return {};
    }
    return check_notice({wish.leave_notice, {}}, wish.former->start - wish.now);
}

Failures check_hold(const Wish& wish, const Room& room, const RoomRules& rules) {
    if (!wish.hold_until) {
        return {};
    }
    return check_deadline(instant_of(*wish.hold_until, room.time_zone),
                          last_booked_at(wish.slot.at, rules), wish.now);
}

/// The room's rules about the slot, its buffers and the owner's quotas included, and whether enough
/// equipment is left.
Failures check_when(store::Session& session, const Wish& wish, const Room& room,
                    const RoomRules& rules) {
    const LocalSlot local{local_minutes_of(wish.slot.at.start, room.time_zone),
                          local_minutes_of(wish.slot.at.end, room.time_zone)};
    const auto today =
        std::chrono::floor<std::chrono::days>(local_minutes_of(wish.now, room.time_zone));
    Failures failures = check_opening(rules.opening, local, [&](LocalMinutes written) {
        return shown_time(written, room.time_zone);
    });
    join(failures, check_notice_of(wish, rules));
    join(failures, check_length(rules, wish.slot.at.end - wish.slot.at.start));
    join(failures, check_grid(rules.grid, local));
    const bool is_had = wish.in_round || stays_within(wish);
    if (rules.residents_until > std::chrono::days(0) && !is_had) {
        join(failures, check_residents(rules, side_of(session, wish, rules), local, today));
    }
    join(failures, check_override(session, wish, rules));
    join(failures, check_quotas(session, wish, room, rules));
    join(failures, check_stock(session, wish, room, rules));
    return failures;
}

}  // namespace

Failures check_quotas(store::Session& session, const Wish& wish, const Room& room,
                      const RoomRules& rules) {
    Failures failures;
    const auto date =
        std::chrono::floor<std::chrono::days>(local_minutes_of(wish.slot.at.start, room.time_zone));
    const auto wished = wish.slot.at.end - wish.slot.at.start;
    for (const Quota& quota : rules.quotas) {
        if (!binds(quota, wish.owner.association.has_value())) {
            continue;
        }
        const DateRange period = period_of(quota, date);
        const Interval days{start_of_day(period.from, room.time_zone),
                            start_of_day(period.until, room.time_zone)};
        Held held = held_by(session, wish.town, {quota.id, wish.owner, days, wish.own});
        if (counts_siblings(session, wish, quota)) {
            add_siblings(wish.siblings, days, held);
        }
        join(failures, check_quota(quota, period, held, wished));
    }
    return failures;
}

bool may_meet_siblings(store::Session& session, const Wish& wish) {
    return wish.room == wish.siblings.room ||
           share_space(session, wish.town, wish.room, wish.siblings.room);
}

bool stays_within(const Wish& wish) {
    return wish.former && wish.former_room == wish.room &&
           wish.former->start <= wish.slot.at.start && wish.slot.at.end <= wish.former->end;
}

Failures check_who(store::Session& session, const Wish& wish, const Room& room,
                   const RoomRules& rules) {
    Failures failures = check_capacity(room.capacity, rules.layouts, wish.crowd);
    join(failures, check_side(rules, room.individuals_may_book, side_of(session, wish, rules)));
    join(failures, check_orders_of(session, wish, room));
    return failures;
}

Failures check_rules(store::Session& session, const Wish& wish, const Room& room,
                     const RoomRules& rules, const tl::expected<Slot, TimeError>& slot) {
    Failures failures = slot ? check_hold(wish, room, rules) : Failures();
    join(failures, check_who(session, wish, room, rules));
    join(failures, check_slot(slot, wish.now));
    if (slot) {
        join(failures, check_when(session, wish, room, rules));
    }
    join(failures, check_leaving(wish));
    return failures;
}

Failures check_way(store::Session& session, const Wish& wish) {
    return check_obstacles(session, wish.town, {wish.room, wish.slot.at, stays_within(wish)},
                           {wish.now, wish.own});
}

Failures check_soft(store::Session& session, TownId town, const Booking& booking,
                    const RoomRules& rules, std::chrono::sys_seconds now) {
    Wish kept;
    kept.town = town;
    kept.room = booking.room;
    kept.slot = booking.slot;
    kept.own = booking.id;
    kept.now = now;
    return check_buffers_of(session, kept, rules);
}

}  // namespace creneau::booking
