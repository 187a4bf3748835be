#pragma once

#include "api/booking/booking_types.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::booking {

/// Every rule that can refuse a booking or a change to it. Words are stable (`word_of`).
enum class Rule : std::uint8_t {
    unknown_room,
    unknown_booker,
    bad_date_time,  ///< not a local date-time 'YYYY-MM-DDTHH:MM', or no such date
    end_before_start,
    no_such_time,  ///< the clock change leaves nothing of the slot
    in_the_past,
    too_long,
    over_capacity,
    too_few_attendees,
    purpose_missing,
    purpose_too_long,
    text_too_long,
    bad_text,       ///< not UTF-8, or with control characters
    not_a_manager,  ///< the booker does not manage that association
    may_not_book,   ///< the booker has no right to book
    individuals_may_not_book,
    unknown_ground,
    text_needed,  ///< this ground says nothing without words
    room_taken,
    outside_opening_hours,
    notice_too_short,
    notice_too_long,
    too_short,
    off_grid,  ///< start or end is not a multiple of the room's grid
    unknown_layout,
    association_may_not_book,
    residents_first,   ///< not yet open to others than residents
    buffer_taken,      ///< setup or teardown would meet another booking, or its own meet this one
    may_not_override,  ///< only the office sets a soft rule aside
    quota_exceeded,
    bad_recurrence,  ///< the series names no dates, too many, or contradicts itself
    date_left_out,   ///< the request itself leaves this date out
    public_holiday,  ///< the request skips these days
    school_holiday,
    calendar_unknown,  ///< the request skips a calendar that says nothing of the date
    overlaps_itself,   ///< an occurrence reaches into the next one
    may_not_replace,   ///< only the office displaces bookings
    bad_scope,         ///< no date, or one that the series has not
    unknown_equipment,
    equipment_elsewhere,  ///< it does not leave its site, which is another
    equipment_twice,
    bad_quantity,
    equipment_short,  ///< less is left of it
    room_closed,      ///< a closure is over a space of the room
    bad_place,        ///< a closure names not just one of site, room, spaces
    unknown_site,
    unknown_space,  ///< none, or of another site than the others
    room_held,      ///< somebody has an option on the slot
    bad_deadline,   ///< of a hold: past, or after the slot begins
    slot_is_free,   ///< nobody needs to wait for it
    already_waiting,
    too_many_waits,       ///< one person in too many lines
    meets_bookings,       ///< the office does not want to close over bookings
    unknown_kind,         ///< of booking
    not_yours_to_decide,  ///< a date in a room whose site is none of the actor's to decide for
    reference_missing,    ///< of a paper that is nothing without its number
    too_many_papers,      ///< of one holder wait to be accepted
    too_many_passes,      ///< of one booking
};

/// A sentence for people, in both languages.
struct Sentence {
    std::string fr;
    std::string en;

    friend bool operator==(const Sentence&, const Sentence&) = default;
};

/// One rule that said no.
struct Failure {
    Rule rule = Rule::unknown_room;
    std::string field;  ///< of the request: "room_id", "start", …
    Sentence detail;    ///< what would pass

    friend bool operator==(const Failure&, const Failure&) = default;
};

/// A slot that was free when it was looked for.
struct Alternative {
    RoomId room{};
    std::string room_name;
    Slot slot;
};

/// What said no to one date of a series.
struct RefusedDate {
    std::string date;  ///< local, 'YYYY-MM-DD'
    std::vector<Failure> failures;
    std::vector<Alternative> alternatives = {};  ///< of the first such dates only
};

/// What kind of no it is. The caller turns each into its own answer.
enum class Refusal : std::uint8_t {
    rules,            ///< every failing rule is in `failures`, an overlap included
    room_taken,       ///< the only failure is an overlap
    room_closed,      ///< the only failure is a closure
    room_held,        ///< the only failure is a hold
    unknown_booking,  ///< none, or none that this actor may see
    not_allowed,      ///< seen, but not this actor's to do
    wrong_state,      ///< its status does not allow it: somebody was faster, or it is over
    started,          ///< it has begun: it can no longer be moved
    ended,            ///< it is over
    stale,            ///< the expected sequence is no longer the booking's
};

struct BookingError {
    Refusal refusal = Refusal::rules;
    std::vector<Failure> failures;
    /// Where another slot or room can cure all of it (cure_rules.hpp): looked for after the
    /// refusal, by a read (alternatives.hpp). Those of a series stand with its dates.
    std::vector<Alternative> alternatives;
    std::vector<RefusedDate> dates;  ///< for a series: each date that failed, with its own failures
};

template <class T>
using Outcome = tl::expected<T, BookingError>;

std::string_view word_of(Rule rule);
std::string_view word_of(Refusal refusal);

[[nodiscard]] tl::unexpected<BookingError> refuse(Refusal refusal);
/// Sorts failures into a refusal: what is in the way alone is `room_taken` or, without an overlap,
/// `room_closed` or `room_held`; missing rights alone are `not_allowed`, anything else `rules`.
[[nodiscard]] tl::unexpected<BookingError> refuse(std::vector<Failure> failures);
/// The same for dates of a series: every failure once, and each date with its own.
[[nodiscard]] tl::unexpected<BookingError> refuse(std::vector<RefusedDate> dates);

}  // namespace creneau::booking
