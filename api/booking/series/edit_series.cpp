#include "api/booking/series/edit_series.hpp"

#include "api/booking/affair.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/change.hpp"
#include "api/booking/holds/expire_holds.hpp"
#include "api/booking/move_booking.hpp"
#include "api/booking/series/book_dates.hpp"
#include "api/booking/series/edit_rule.hpp"
#include "api/booking/series/join_refusals.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/booking/series/move_dates.hpp"
#include "api/booking/series/occurrence.hpp"
#include "api/booking/series/open_series.hpp"
#include "api/booking/series/recurrence.hpp"
#include "api/booking/series/recurrence_gaps.hpp"
#include "api/booking/series/recurrence_words.hpp"
#include "api/booking/series/request_again.hpp"
#include "api/booking/series/series_effects.hpp"
#include "api/booking/series/series_store.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/booking/subscriptions/inform_services.hpp"
#include "api/booking/view_store.hpp"
#include "api/booking/waiting/give_way.hpp"
#include "api/mail/facts.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace creneau::booking {

namespace {

constexpr std::size_t kDateLength = 10;

Series edited(Series series, const EditSeries& edit) {
    series.room = edit.room.value_or(series.room);
    series.start_time = edit.start_time.value_or(series.start_time);
    series.end_time = edit.end_time.value_or(series.end_time);
    series.end_day_offset = edit.end_day_offset.value_or(series.end_day_offset);
    if (edit.attendees) {
        series.attendees = static_cast<int>(*edit.attendees);
    }
    series.purpose = edit.purpose.value_or(series.purpose);
    if (edit.pattern) {
        series.recurrence.pattern = *edit.pattern;
    }
    if (edit.pattern && std::holds_alternative<ListedDates>(*edit.pattern)) {
        // A list says by itself where it ends.
        series.recurrence.until.reset();
        series.recurrence.count.reset();
    }
    if (edit.until || edit.count) {
        series.recurrence.until = edit.until;
        series.recurrence.count = edit.count;
    }
    return series;
}

bool is_change(const Series& before, const Series& after) {
    return before.room != after.room || before.start_time != after.start_time ||
           before.end_time != after.end_time || before.end_day_offset != after.end_day_offset ||
           before.attendees != after.attendees || before.purpose != after.purpose;
}

/// What was given up by closing the series is not named anew where it goes on.
void end_where_closed(const Series& before, Recurrence& rule) {
    if (before.ended_on.empty()) {
        return;
    }
    const LocalDate closed = store::present(parse_date(before.ended_on), "end of a series");
    const LocalDate last = plus_days(closed, -1);
    rule.until = std::min(rule.until.value_or(last), last);
    rule.count.reset();
}

/// The series that goes on from `date`: the same rule from there on, and its dates.
Outcome<Series> split(store::Session& session, const EditSeries& edit, const Series& before) {
    const TownId town = edit.change.town;
    Series after = before;
    after.split_from = before.id;
    after.sequence = 0;
    after.ended_on.clear();
    after.requested_at = edit.change.now;
    after.requested_by = edit.change.actor;
    after.recurrence.first = store::present(parse_date(edit.change.date), "date of a split");
    if (after.recurrence.count) {
        int earlier = 0;
        for (const BookingView& view : select_views_of(session, town, before.id)) {
            earlier += view.booking.series_date < edit.change.date ? 1 : 0;
        }
        for (const MissedDate& missed : select_missed(session, town, before.id)) {
            earlier += missed.date < edit.change.date && !lacks_day(missed) ? 1 : 0;
        }
        after.recurrence.count = *after.recurrence.count - earlier;
    }
    end_where_closed(before, after.recurrence);
    after.id = insert_series(session, town, after);
    hand_over_dates(session, town, {before.id, after.id, edit.change.date, edit.change.now});
    if (!close_series(session, town, before, edit.change.date)) {
        return refuse(Refusal::wrong_state);
    }
    return after;
}

/// One date by itself: what the edit does not name stays as that date has it, moved or not.
MoveBooking move_of_one(const EditSeries& edit, const Booking& occurrence) {
    const Slot& slot = occurrence.slot;
    const std::string day = slot.local_start.substr(0, kDateLength);
    MoveBooking move;
    move.change = change_of(edit.change, occurrence);
    move.room = edit.room;
    move.start = edit.start_time ? day + 'T' + *edit.start_time : slot.local_start;
    std::string last_day = slot.local_end.substr(0, kDateLength);
    if (const auto& offset = edit.end_day_offset) {
        last_day = text_of(plus_days(store::present(parse_date(day), "date of a slot"), *offset));
    }
    move.end = last_day + 'T' + edit.end_time.value_or(slot.local_end.substr(kDateLength + 1));
    move.attendees = edit.attendees;
    move.layout = edit.layout;
    move.equipment = edit.equipment;
    move.purpose = edit.purpose;
    return move;
}

Outcome<SeriesId> edit_one(store::Session& session, const EditSeries& edit,
                           const OpenSeries& open) {
    auto moved = move_booking(session, move_of_one(edit, open.occurrences.front()));
    if (!moved) {
        as_fields_of_series(moved.error().failures);
        return tl::unexpected(std::move(moved).error());
    }
    return open.series.id;
}

/// What an edit of several dates did, each list by date.
struct Edited {
    std::vector<Moved> moved;
    BookedDates added;
    std::vector<Affair> given_up;
};

/// Codes, line and mails of it; then what it left is offered. `affair` is of any of the dates.
void conclude(store::Session& session, const Edited& edited, const Affair& affair) {
    std::vector<Affair> changed;
    LeftPlaces left;
    for (const Moved& one : edited.moved) {
        if (one.changed) {
            announce_pass(session, one.affair, one.pass);
            changed.push_back(one.affair);
            left[one.affair.booking.id] = {
                one.former_room_id,
                {one.former_room, one.former_slot.local_start, one.former_slot.local_end}};
        }
    }
    changed.insert(changed.end(), edited.added.booked.begin(), edited.added.booked.end());
    std::ranges::sort(changed, {}, [](const Affair& one) { return one.booking.series_date; });
    if (!changed.empty()) {
        record_series(session, changed.front(), "series_moved");
        tell_of_moved_dates(session, changed, edited.added.missed, left);
    }
    if (changed.empty() && edited.given_up.empty()) {
        record_series(session, affair, "series_moved");
    }
    if (!edited.given_up.empty()) {
        record_series(session, edited.given_up.front(), "series_cancelled");
        tell_booker_of_series(session, mail::Template::series_cancelled, edited.given_up, {});
    }
    for (const Affair& freed : edited.given_up) {
        give_way(session, freed);
    }
    for (const Moved& one : edited.moved) {
        if (one.changed) {
            give_way(session, one.affair.town, one.former_room_id, one.former_slot.at,
                     one.affair.now);
        }
    }
}

/// Takes what a part of an edit did, or what it refuses.
template <class Done>
void take(Outcome<Done> part, Done& done, std::vector<BookingError>& refusals) {
    if (part) {
        done = *std::move(part);
    } else {
        refusals.push_back(std::move(part).error());
    }
}

/// Whether the dates that are left can still be judged: nothing else was refused than dates.
bool can_go_on(const std::vector<BookingError>& refusals) {
    return std::ranges::none_of(refusals,
                                [](const BookingError& refusal) { return refusal.dates.empty(); });
}

/// All that `series`, edited already, wants of its dates; `occurrences` are those in scope. What is
/// given up, moved or new and cannot be had is refused together.
Outcome<Edited> apply(store::Session& session, const EditSeries& edit, const Series& before,
                      const Series& series, OpenSeries& open) {
    Edited done;
    RuleDates named;
    TakenByDates taken;
    std::vector<BookingError> refusals;
    if (edit.changes_rule()) {
        auto dates = dates_of_rule(session, edit.change.town, series);
        if (!dates) {
            return tl::unexpected(std::move(dates).error());
        }
        named = *std::move(dates);
        taken = taken_by(session, edit.change.town, open.occurrences);
        take(give_up_others(session, edit, named.dates, open.occurrences), done.given_up, refusals);
    }
    std::erase_if(open.occurrences, [&](const Booking& occurrence) {
        return is_exception(edit, before, occurrence);
    });
    if (can_go_on(refusals)) {
        take(move_dates(session, edit, series, open.occurrences), done.moved, refusals);
    }
    if (edit.changes_rule() && can_go_on(refusals)) {
        const Asker asker{edit.change.town, open.actor, edit.change.now};
        take(book_new_dates(session, asker, edit, series, {named, taken}), done.added, refusals);
    }
    if (!refusals.empty()) {
        return tl::unexpected(joined(std::move(refusals)));
    }
    return done;
}

/// Whether nothing in scope is what the series says, so that nobody has judged what it is to say.
bool is_empty(const EditSeries& edit, const Series& before, const Series& after,
              const Edited& done) {
    return done.moved.empty() && done.added.booked.empty() &&
           (!edit.changes_rule() || is_change(before, after));
}

/// The date from which the edited series goes on: a date of its own, or of the list it is given.
std::string first_date(const EditSeries& edit, const OpenSeries& open) {
    std::string first = open.occurrences.front().series_date;
    const auto* listed = edit.pattern ? std::get_if<ListedDates>(&*edit.pattern) : nullptr;
    if (listed == nullptr || edit.change.scope != Scope::all) {
        return first;
    }
    const Series series = edited(open.series, edit);
    for (const LocalDate& date : listed->dates) {
        if (is_bookable_date(date) && begins_later(date, series, edit.change.now)) {
            first = std::min(first, text_of(date));
        }
    }
    return first;
}

/// The series itself, or the one that it is split into.
Outcome<Series> series_that_goes_on(store::Session& session, const EditSeries& edit,
                                    const Series& before) {
    if (edit.change.scope == Scope::following || edit.changes_rule()) {
        return split(session, edit, before);
    }
    return before;
}

}  // namespace

Outcome<SeriesId> edit_series(store::Session& session, const EditSeries& order) {
    EditSeries edit = order;
    release_expired(session, edit.change.town, edit.change.now);
    auto open = open_series(session, edit.change);
    if (!open) {
        return tl::unexpected(std::move(open).error());
    }
    if (edit.end_day_offset && (*edit.end_day_offset < 0 || *edit.end_day_offset > kMostEndDays)) {
        return refuse({bad_end_day()});
    }
    if (edit.change.scope == Scope::one) {
        return edit.changes_rule() ? refuse({rule_of_one_date()}) : edit_one(session, edit, *open);
    }
    const Series before = open->series;
    if (!edit.equipment && !edit.layout && !edit.changes_rule() &&
        !is_change(before, edited(before, edit))) {
        return before.id;
    }
    edit.change.date = first_date(edit, *open);
    const Change any = change_of(edit.change, open->occurrences.front());
    auto goes_on = series_that_goes_on(session, edit, before);
    if (!goes_on) {
        return tl::unexpected(std::move(goes_on).error());
    }
    const Series series = edited(*std::move(goes_on), edit);
    const auto done = apply(session, edit, before, series, *open);
    if (!done) {
        return tl::unexpected(done.error());
    }
    const auto affair = open_affair(session, any);
    if (!affair || is_empty(edit, before, series, *done) ||
        !update_series(session, edit.change.town, series)) {
        return refuse(Refusal::wrong_state);
    }
    conclude(session, *done, *affair);
    return series.id;
}

}  // namespace creneau::booking
