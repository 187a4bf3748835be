#include "api/booking/cure_rules.hpp"

#include "api/booking/booking_error.hpp"

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace creneau::booking {

Cure cure_of(Rule rule) {
    switch (rule) {
        case Rule::in_the_past:
        case Rule::too_long:
        case Rule::room_taken:
        case Rule::outside_opening_hours:
        case Rule::notice_too_short:
        case Rule::notice_too_long:
        case Rule::too_short:
        case Rule::off_grid:
        case Rule::residents_first:
        case Rule::buffer_taken:
        case Rule::quota_exceeded:
        case Rule::equipment_short:
        case Rule::room_closed:
        case Rule::room_held:
        case Rule::bad_deadline:
        case Rule::already_waiting:
        case Rule::too_many_waits:
            return Cure::another_slot;
        case Rule::over_capacity:
        case Rule::individuals_may_not_book:
        case Rule::unknown_layout:
        case Rule::association_may_not_book:
        case Rule::equipment_elsewhere:
            return Cure::another_room;
        case Rule::purpose_missing:
        case Rule::purpose_too_long:
        case Rule::text_too_long:
        case Rule::bad_text:
        case Rule::may_not_override:
        case Rule::unknown_kind:
            return Cure::other_words;
        case Rule::unknown_room:
        case Rule::unknown_booker:
        case Rule::bad_date_time:
        case Rule::end_before_start:
        case Rule::no_such_time:
        case Rule::too_few_attendees:
        case Rule::not_a_manager:
        case Rule::may_not_book:
        case Rule::unknown_ground:
        case Rule::text_needed:
        case Rule::bad_recurrence:
        case Rule::date_left_out:
        case Rule::public_holiday:
        case Rule::school_holiday:
        case Rule::calendar_unknown:
        case Rule::overlaps_itself:
        case Rule::may_not_replace:
        case Rule::bad_scope:
        case Rule::unknown_equipment:
        case Rule::equipment_twice:
        case Rule::bad_quantity:
        case Rule::bad_place:
        case Rule::unknown_site:
        case Rule::unknown_space:
        case Rule::slot_is_free:
        case Rule::meets_bookings:
        case Rule::not_yours_to_decide:
        case Rule::reference_missing:
        case Rule::too_many_papers:
        case Rule::too_many_passes:
            return Cure::nothing;
    }
    std::abort();
}

Cure cure_of(const std::vector<Failure>& failures) {
    Cure all = Cure::other_words;
    for (const Failure& failure : failures) {
        all = std::min(all, cure_of(failure.rule));
    }
    return all == Cure::other_words ? Cure::nothing : all;
}

}  // namespace creneau::booking
