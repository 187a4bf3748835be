#include "api/booking/booking_error.hpp"

#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <utility>
#include <vector>

namespace creneau::booking {

std::string_view word_of(Rule rule) {
    switch (rule) {
        case Rule::unknown_room:
            return "unknown_room";
        case Rule::unknown_association:
            return "unknown_association";
        case Rule::unknown_booker:
            return "unknown_booker";
        case Rule::bad_date_time:
            return "bad_date_time";
        case Rule::end_before_start:
            return "end_before_start";
        case Rule::no_such_time:
            return "no_such_time";
        case Rule::in_the_past:
            return "in_the_past";
        case Rule::too_long:
            return "too_long";
        case Rule::over_capacity:
            return "over_capacity";
        case Rule::too_few_attendees:
            return "too_few_attendees";
        case Rule::purpose_missing:
            return "purpose_missing";
        case Rule::purpose_too_long:
            return "purpose_too_long";
        case Rule::text_too_long:
            return "text_too_long";
        case Rule::bad_text:
            return "bad_text";
        case Rule::not_a_manager:
            return "not_a_manager";
        case Rule::may_not_book:
            return "may_not_book";
        case Rule::individuals_may_not_book:
            return "individuals_may_not_book";
        case Rule::unknown_ground:
            return "unknown_ground";
        case Rule::text_needed:
            return "text_needed";
        case Rule::room_taken:
            return "room_taken";
        case Rule::outside_opening_hours:
            return "outside_opening_hours";
        case Rule::notice_too_short:
            return "notice_too_short";
        case Rule::notice_too_long:
            return "notice_too_long";
        case Rule::too_short:
            return "too_short";
        case Rule::off_grid:
            return "off_grid";
        case Rule::unknown_layout:
            return "unknown_layout";
        case Rule::association_may_not_book:
            return "association_may_not_book";
        case Rule::residents_first:
            return "residents_first";
        case Rule::buffer_taken:
            return "buffer_taken";
        case Rule::may_not_override:
            return "may_not_override";
        case Rule::quota_exceeded:
            return "quota_exceeded";
        case Rule::bad_recurrence:
            return "bad_recurrence";
        case Rule::date_left_out:
            return "date_left_out";
        case Rule::public_holiday:
            return "public_holiday";
        case Rule::school_holiday:
            return "school_holiday";
        case Rule::calendar_unknown:
            return "calendar_unknown";
        case Rule::overlaps_itself:
            return "overlaps_itself";
        case Rule::may_not_replace:
            return "may_not_replace";
        case Rule::bad_scope:
            return "bad_scope";
        case Rule::unknown_equipment:
            return "unknown_equipment";
        case Rule::equipment_elsewhere:
            return "equipment_elsewhere";
        case Rule::equipment_twice:
            return "equipment_twice";
        case Rule::bad_quantity:
            return "bad_quantity";
        case Rule::equipment_short:
            return "equipment_short";
        case Rule::room_closed:
            return "room_closed";
        case Rule::bad_place:
            return "bad_place";
        case Rule::unknown_site:
            return "unknown_site";
        case Rule::unknown_space:
            return "unknown_space";
        case Rule::room_held:
            return "room_held";
        case Rule::bad_deadline:
            return "bad_deadline";
        case Rule::slot_is_free:
            return "slot_is_free";
        case Rule::already_waiting:
            return "already_waiting";
        case Rule::meets_bookings:
            return "meets_bookings";
    }
    std::abort();
}

std::string_view word_of(Refusal refusal) {
    switch (refusal) {
        case Refusal::rules:
            return "rules";
        case Refusal::room_taken:
            return "room_taken";
        case Refusal::room_closed:
            return "room_closed";
        case Refusal::room_held:
            return "room_held";
        case Refusal::unknown_booking:
            return "unknown_booking";
        case Refusal::not_allowed:
            return "not_allowed";
        case Refusal::wrong_state:
            return "wrong_state";
        case Refusal::started:
            return "started";
        case Refusal::ended:
            return "ended";
        case Refusal::stale:
            return "stale";
    }
    std::abort();
}

tl::unexpected<BookingError> refuse(Refusal refusal) {
    return tl::unexpected(BookingError{refusal, {}, {}, {}});
}

tl::unexpected<BookingError> refuse(std::vector<Failure> failures) {
    const auto names = [&](Rule rule) {
        return std::ranges::find(failures, rule, &Failure::rule) != failures.end();
    };
    const auto is_in_the_way = [](const Failure& failure) {
        return failure.rule == Rule::room_taken || failure.rule == Rule::room_closed ||
               failure.rule == Rule::room_held;
    };
    const auto is_right = [](const Failure& failure) {
        return failure.rule == Rule::not_a_manager || failure.rule == Rule::may_not_book ||
               failure.rule == Rule::may_not_replace;
    };
    Refusal refusal = Refusal::rules;
    if (std::ranges::all_of(failures, is_in_the_way)) {
        refusal = Refusal::room_taken;
        if (!failures.empty() && !names(Rule::room_taken)) {
            refusal = names(Rule::room_closed) ? Refusal::room_closed : Refusal::room_held;
        }
    } else if (std::ranges::all_of(failures, is_right)) {
        refusal = Refusal::not_allowed;
    }
    return tl::unexpected(BookingError{refusal, std::move(failures), {}, {}});
}

tl::unexpected<BookingError> refuse(std::vector<RefusedDate> dates) {
    std::vector<Failure> failures;
    for (const RefusedDate& date : dates) {
        for (const Failure& failure : date.failures) {
            if (std::ranges::find(failures, failure) == failures.end()) {
                failures.push_back(failure);
            }
        }
    }
    auto refusal = refuse(std::move(failures));
    refusal.value().dates = std::move(dates);
    return refusal;
}

}  // namespace creneau::booking
