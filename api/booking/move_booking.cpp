#include "api/booking/move_booking.hpp"

#include "api/access/access_types.hpp"
#include "api/booking/affair.hpp"
#include "api/booking/affair_wish.hpp"
#include "api/booking/alternatives.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_rules.hpp"
#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/change.hpp"
#include "api/booking/check_wish.hpp"
#include "api/booking/closures/keep_closed.hpp"
#include "api/booking/effects.hpp"
#include "api/booking/equipment/check_equipment.hpp"
#include "api/booking/equipment/equipment_rules.hpp"
#include "api/booking/equipment/equipment_store.hpp"
#include "api/booking/equipment/equipment_types.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/holds/expire_holds.hpp"
#include "api/booking/judge_request.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/series/tz_version.hpp"
#include "api/booking/subscriptions/departure_store.hpp"
#include "api/booking/waiting/give_way.hpp"
#include "api/mail/facts.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::booking {

namespace {

/// Where the booking is to go, once every rule has said yes.
struct Target {
    Place place;
    Slot slot;
    std::string layout;
    std::string purpose;
    std::vector<EquipmentOrder> equipment;         ///< by id
    std::vector<EquipmentOrder> former_equipment;  ///< by id
};

std::optional<Refusal> why_not(const Booking& booking, std::chrono::sys_seconds now) {
    if (booking.status != Status::pending && booking.status != Status::approved) {
        return Refusal::wrong_state;
    }
    if (booking.slot.at.end <= now) {
        return Refusal::ended;
    }
    if (booking.slot.at.start <= now) {
        return Refusal::started;
    }
    return std::nullopt;
}

int attendees_of(const Booking& booking, const MoveBooking& move) {
    return static_cast<int>(move.attendees.value_or(booking.attendees));
}

/// What it has, with what the move wants instead; the slot is still the former one.
Wish wish_of(Wish wish, const Booking& booking, const MoveBooking& move) {
    wish.room = move.room.value_or(wish.room);
    wish.crowd = {attendees_of(booking, move), move.layout.value_or(wish.crowd.layout)};
    wish.override_reason = move.change.override_reason;
    wish.equipment = move.equipment.value_or(std::move(wish.equipment));
    return wish;
}

/// The target against every rule and, by a look, against what is there.
Outcome<Target> judge(store::Session& session, const Affair& affair, const MoveBooking& move) {
    Wish former = wish_to_move(session, affair);
    auto former_equipment = former.equipment;
    Wish wish = wish_of(std::move(former), affair.booking, move);
    wish.by_office = is_office(affair.actor, wish.room);
    if (!wish.by_office && !owns(affair.actor, affair.booking)) {
        return refuse(Refusal::not_allowed);
    }
    auto place = find_place(session, wish.town, wish.room);
    if (!place) {
        return refuse({unknown_room()});
    }
    Demand demand{move.start, move.end, check_attendees(wish.crowd.attendees)};
    const std::string purpose = move.purpose.value_or(affair.booking.purpose);
    if (purpose != affair.booking.purpose) {
        const auto bad = check_purpose(purpose);
        demand.failures.insert(demand.failures.end(), bad.begin(), bad.end());
    }
    auto slot = judge_wish(session, wish, *place, demand, move.offer);
    if (!slot) {
        return tl::unexpected(std::move(slot).error());
    }
    std::ranges::sort(wish.equipment);
    return Target{*std::move(place), *std::move(slot),          wish.crowd.layout,
                  purpose,           std::move(wish.equipment), std::move(former_equipment)};
}

/// Within what was approved: the same purpose, no longer, no more people, no other layout, no more
/// equipment.
bool asks_no_more(const Booking& booking, int attendees, const Target& target) {
    return takes_no_more(target.former_equipment, target.equipment) &&
           booking.purpose == target.purpose && attendees <= booking.attendees &&
           target.layout == booking.layout && booking.room == target.place.room.id &&
           booking.slot.at.start <= target.slot.at.start &&
           target.slot.at.end <= booking.slot.at.end;
}

bool is_there_already(const Booking& before, int attendees, const Target& target) {
    return before.room == target.place.room.id && before.slot == target.slot &&
           before.attendees == attendees && before.layout == target.layout &&
           before.purpose == target.purpose && target.former_equipment == target.equipment;
}

Booking moved(const Booking& before, int attendees, const Target& target, bool by_office) {
    Booking after = before;
    after.status =
        status_after_move({before.status, by_office, asks_no_more(before, attendees, target),
                           target.place.room.approval_needed});
    after.attendees = attendees;
    after.room = target.place.room.id;
    after.slot = target.slot;
    after.layout = target.layout;
    after.purpose = target.purpose;
    after.tz_version = tz_version();
    ++after.sequence;
    return after;
}

/// Status and decision belong together: what is decided anew is dated now.
void date_decision(Booking& after, Status before, std::chrono::sys_seconds now) {
    if (after.status == before) {
        return;
    }
    after.decided_by.reset();
    after.decided_at = after.status == Status::approved ? std::optional(now) : std::nullopt;
}

}  // namespace

Outcome<Moved> move_untold(store::Session& session, const MoveBooking& move) {
    const Change& change = move.change;
    auto affair = open_affair(session, change);
    if (!affair) {
        return tl::unexpected(affair.error());
    }
    release_expired(session, change.town, change.now);
    const Booking before = affair->booking;
    if (const auto refusal = why_not(before, change.now)) {
        return refuse(*refusal);
    }
    auto target = judge(session, *affair, move);
    if (!target) {
        return tl::unexpected(std::move(target).error());
    }
    Moved done{*std::move(affair), {}, before.room, {}, before.slot};
    done.former_room = done.affair.place.room.name;
    Booking& booking = done.affair.booking;
    const int attendees = attendees_of(before, move);
    if (is_there_already(before, attendees, *target)) {
        done.changed = false;
        return done;
    }
    booking =
        moved(before, attendees, *target, is_office(done.affair.actor, target->place.room.id));
    date_decision(booking, before.status, change.now);
    done.affair.place = std::move(target->place);
    if (booking.room == before.room && before.slot.at.start <= booking.slot.at.start &&
        booking.slot.at.end <= before.slot.at.end) {
        done.affair.place =
            with_kept_buffers(session, change.town, before, std::move(done.affair.place));
    }
    if (!update_booking(session, change.town, before, booking)) {
        return refuse(Refusal::wrong_state);
    }
    delete_occupancies(session, change.town, booking.id);
    if (target->former_equipment != target->equipment) {
        set_orders(session, change.town, booking.id, target->equipment);
    }
    if (occupies(booking.status, done.affair.place.room.pending_blocks) &&
        !insert_occupancies(session, change.town, booking, done.affair.place)) {
        return refuse({room_taken()});
    }
    keep_closed(session, change.town, before.room, before.slot.at, change.now);
    close_doors(session, done.affair, access::RevokeReason::moved);
    record(session, done.affair, "booking_moved");
    if (booking.room != before.room) {
        insert_departure(session, change.town,
                         {booking.id, before.room, before.slot.local_start, before.slot.local_end});
    }
    record_override(session, done.affair, change.override_reason);
    if (booking.status == Status::approved) {
        done.pass = open_doors(session, done.affair);
    }
    return done;
}

std::vector<Alternative> alternatives_to(store::Session& session, const MoveBooking& move,
                                         const std::vector<Failure>& failures,
                                         const std::vector<Interval>& wanted) {
    const auto affair = open_affair(session, move.change);
    if (!affair) {
        return {};
    }
    Wish wish = wish_of(wish_to_move(session, *affair), affair->booking, move);
    const auto place = find_place(session, wish.town, wish.room);
    const auto slot = place ? resolve_slot(move.start, move.end, place->site.time_zone)
                            : tl::unexpected(TimeError{});
    if (!slot) {
        return {};
    }
    wish.slot = *slot;
    wish.siblings = {wish.room, {place->rules.setup, place->rules.teardown}, {}, wanted};
    return find_alternatives(session, wish, *place, failures);
}

Outcome<Booking> move_booking(store::Session& session, const MoveBooking& move) {
    auto done = move_untold(session, move);
    if (!done) {
        return tl::unexpected(std::move(done).error());
    }
    if (done->changed) {
        tell_booker(session, done->affair,
                    {mail::Template::booking_moved, done->pass,
                     Former{done->former_room_id, done->former_room, done->former_slot}});
        give_way(session, done->affair.town, done->former_room_id, done->former_slot.at,
                 done->affair.now);
    }
    return done->affair.booking;
}

}  // namespace creneau::booking
