#include "api/booking/booking_error.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <string_view>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

/// In the order of Rule, each with its word.
constexpr auto kRuleWords = std::to_array<std::pair<Rule, std::string_view>>({
    {Rule::unknown_room, "unknown_room"},
    {Rule::unknown_booker, "unknown_booker"},
    {Rule::bad_date_time, "bad_date_time"},
    {Rule::end_before_start, "end_before_start"},
    {Rule::no_such_time, "no_such_time"},
    {Rule::in_the_past, "in_the_past"},
    {Rule::too_long, "too_long"},
    {Rule::over_capacity, "over_capacity"},
    {Rule::too_few_attendees, "too_few_attendees"},
    {Rule::purpose_missing, "purpose_missing"},
    {Rule::purpose_too_long, "purpose_too_long"},
    {Rule::text_too_long, "text_too_long"},
    {Rule::bad_text, "bad_text"},
    {Rule::not_a_manager, "not_a_manager"},
    {Rule::may_not_book, "may_not_book"},
    {Rule::individuals_may_not_book, "individuals_may_not_book"},
    {Rule::unknown_ground, "unknown_ground"},
    {Rule::text_needed, "text_needed"},
    {Rule::room_taken, "room_taken"},
    {Rule::outside_opening_hours, "outside_opening_hours"},
    {Rule::notice_too_short, "notice_too_short"},
    {Rule::notice_too_long, "notice_too_long"},
    {Rule::too_short, "too_short"},
    {Rule::off_grid, "off_grid"},
    {Rule::unknown_layout, "unknown_layout"},
    {Rule::association_may_not_book, "association_may_not_book"},
    {Rule::residents_first, "residents_first"},
    {Rule::buffer_taken, "buffer_taken"},
    {Rule::may_not_override, "may_not_override"},
    {Rule::quota_exceeded, "quota_exceeded"},
    {Rule::bad_recurrence, "bad_recurrence"},
    {Rule::date_left_out, "date_left_out"},
    {Rule::public_holiday, "public_holiday"},
    {Rule::school_holiday, "school_holiday"},
    {Rule::calendar_unknown, "calendar_unknown"},
    {Rule::overlaps_itself, "overlaps_itself"},
    {Rule::may_not_replace, "may_not_replace"},
    {Rule::bad_scope, "bad_scope"},
    {Rule::unknown_equipment, "unknown_equipment"},
    {Rule::equipment_elsewhere, "equipment_elsewhere"},
    {Rule::equipment_twice, "equipment_twice"},
    {Rule::bad_quantity, "bad_quantity"},
    {Rule::equipment_short, "equipment_short"},
    {Rule::room_closed, "room_closed"},
    {Rule::bad_place, "bad_place"},
    {Rule::unknown_site, "unknown_site"},
    {Rule::unknown_space, "unknown_space"},
    {Rule::room_held, "room_held"},
    {Rule::bad_deadline, "bad_deadline"},
    {Rule::slot_is_free, "slot_is_free"},
    {Rule::already_waiting, "already_waiting"},
    {Rule::too_many_waits, "too_many_waits"},
    {Rule::meets_bookings, "meets_bookings"},
    {Rule::unknown_kind, "unknown_kind"},
    {Rule::not_yours_to_decide, "not_yours_to_decide"},
    {Rule::reference_missing, "reference_missing"},
    {Rule::too_many_papers, "too_many_papers"},
    {Rule::too_many_passes, "too_many_passes"},
});

constexpr bool is_in_order() {
    std::size_t at = 0;
    return std::ranges::all_of(kRuleWords, [&](const auto& entry) {
        return static_cast<std::size_t>(entry.first) == at++;
    });
}
static_assert(is_in_order() && kRuleWords.back().first == Rule::too_many_passes);

}  // namespace

std::string_view word_of(Rule rule) {
    return kRuleWords.at(static_cast<std::size_t>(rule)).second;
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
               failure.rule == Rule::may_not_replace || failure.rule == Rule::not_yours_to_decide;
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
