#include "api/booking/rounds/publish_round.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/calendars/skip_calendars.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/obstacles.hpp"
#include "api/booking/request_booking.hpp"
#include "api/booking/rounds/manage_rounds.hpp"
#include "api/booking/rounds/round_calendar.hpp"
#include "api/booking/rounds/round_error.hpp"
#include "api/booking/rounds/round_rules.hpp"
#include "api/booking/rounds/round_task.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/booking/rounds/round_wish_store.hpp"
#include "api/booking/rounds/tell_associations.hpp"
#include "api/booking/series/calendar_rules.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/booking/series/plan_series.hpp"
#include "api/booking/series/recurrence.hpp"
#include "api/booking/series/request_series.hpp"
#include "api/booking/series/series_store.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/booking/waiting/join_line.hpp"
#include "api/store/present.hpp"
#include "api/store/savepoint.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

/// How many different reasons a sentence names.
constexpr std::size_t kMostReasons = 3;

struct Publishing {
    store::Session& session;
    const ChangeRound& change;
    const Round& round;
    SkipCalendars calendars;  ///< those that the round skips
};

/// A wish with what was proposed for it.
struct Proposed {
    RoundWish wish;
    RoundDecision decision;
};

/// Who books is who stated it, or who manages the association by now.
std::optional<PersonId> booker_of(const Publishing& publishing, const WishForm& form) {
    const auto managers = managers_of(publishing.session, publishing.change.town, form.association);
    if (managers.empty()) {
        return std::nullopt;
    }
    const auto found = std::ranges::find(managers, form.booker.value_or(PersonId{}));
    return found == managers.end() ? managers.front() : *found;
}

RequestSeries series_of(const Publishing& publishing, const RoundWish& wish,
                        const WeekPlace& place) {
    const Round& round = publishing.round;
    RequestSeries order;
    order.town = publishing.change.town;
    order.actor = publishing.change.actor;
    order.booker = wish.form.booker;
    order.room = place.room;
    order.association = wish.form.association;
    order.recurrence = {round.season_first, Weekly{1, {place.hours.day}}, round.season_last, {}};
    order.skips = skips_of(round);
    order.start_time = place.hours.start;
    order.end_time = place.hours.end;
    order.end_day_offset = place.hours.end_day_offset;
    order.attendees = wish.form.attendees;
    order.purpose = wish.form.purpose;
    order.layout = wish.form.layout;
    order.equipment = wish.form.equipment;
    order.in_round = true;
    order.conflicts = ConflictPolicy::skip;
    order.now = publishing.change.now;
    return order;
}

/// Joins the line for a slot where it or its equipment is taken; what is free or refused otherwise
/// is not waited for. 1 when it did.
std::int64_t wait_for(const Publishing& publishing, const RoundWish& wish, const WeekPlace& place,
                      const LocalDate& date) {
    RequestBooking order;
    order.town = publishing.change.town;
    order.actor = publishing.change.actor;
    order.booker = wish.form.booker;
    order.room = place.room;
    order.association = wish.form.association;
    order.start = text_of(date) + 'T' + place.hours.start;
    order.end = text_of(plus_days(date, place.hours.end_day_offset)) + 'T' + place.hours.end;
    order.attendees = wish.form.attendees;
    order.purpose = wish.form.purpose;
    order.layout = wish.form.layout;
    order.equipment = wish.form.equipment;
    order.now = publishing.change.now;
    order.in_round = true;
    return join_line(publishing.session, order) ? 1 : 0;
}

/// Every date that the round would book, in the room wished first.
std::int64_t wait_for_season(const Publishing& publishing, const RoundWish& wish) {
    const WeekPlace place{wish.form.rooms.front(), wish.form.hours};
    std::int64_t waits = 0;
    for (const LocalDate& date :
         dates_of(publishing.round, place.hours.day, publishing.calendars)) {
        waits += wait_for(publishing, wish, place, date);
    }
    return waits;
}

bool can_be_waited_for(const MissedReason& reason) {
    return std::ranges::any_of(kWaitedFor,
                               [&reason](Rule rule) { return reason.rule == word_of(rule); });
}

/// The dates that something is in the way of.
std::int64_t wait_for_missed(const Publishing& publishing, const RoundWish& wish,
                             const WeekPlace& place, SeriesId series) {
    std::int64_t waits = 0;
    for (const MissedDate& missed :
         select_missed(publishing.session, publishing.change.town, series)) {
        if (std::ranges::any_of(missed.reasons, can_be_waited_for)) {
            waits += wait_for(publishing, wish, place,
                              store::present(parse_date(missed.date), "date of a series"));
        }
    }
    return waits;
}

RoundDecision without_date(const RoundDecision& decision, const BookingError& error) {
    RoundDecision none{RoundVerdict::no_date, {}, decision.points, {}};
    none.why = {"Aucune date n'a pu être réservée.", "No date could be booked."};
    for (std::size_t at = 0; at < std::min(error.failures.size(), kMostReasons); ++at) {
        none.why.fr += ' ' + error.failures[at].detail.fr;
        none.why.en += ' ' + error.failures[at].detail.en;
    }
    return none;
}

RoundDecision without_manager(const RoundDecision& decision) {
    return {RoundVerdict::no_date,
            {},
            decision.points,
            {"Plus personne ne gère cette association : aucun compte actif.",
             "Nobody manages this association any more: no active account."}};
}

/// Books what is given. Afterwards the wish says what became of it.
void give(const Publishing& publishing, Proposed& proposed) {
    const TownId town = publishing.change.town;
    RoundWish& wish = proposed.wish;
    RoundDecision& decision = proposed.decision;
    if (decision.place && !wish.form.booker) {
        decision = without_manager(decision);
    } else if (decision.place) {
        const auto series =
            request_series(publishing.session, series_of(publishing, wish, *decision.place));
        if (series) {
            wish.series = *series;
            return;
        }
        decision = without_date(decision, series.error());
    }
    set_decision(publishing.session, town, wish.id, decision);
}

/// Whether something that was proposed for somebody stays free after all: they could not book it,
/// or not on every date.
bool is_left_free(const Publishing& publishing, const Proposed& one, bool was_given) {
    return was_given &&
           (!one.wish.series ||
            !select_missed(publishing.session, publishing.change.town, *one.wish.series).empty());
}

/// Whether most dates of the season can be had there now.
bool is_mostly_free(const Publishing& publishing, const WeekPlace& place) {
    const TownId town = publishing.change.town;
    const auto found = find_place(publishing.session, town, place.room);
    if (!found) {
        return false;
    }
    const auto dates = dates_of(publishing.round, place.hours.day, publishing.calendars);
    const auto free = std::ranges::count_if(dates, [&](const LocalDate& date) {
        const auto slot = resolve_slot(
            text_of(date) + 'T' + place.hours.start,
            text_of(plus_days(date, place.hours.end_day_offset)) + 'T' + place.hours.end,
            found->room.time_zone);
        return slot && check_obstacles(publishing.session, town, {place.room, slot->at},
                                       {publishing.change.now})
                           .empty();
    });
    return 2 * free > std::ssize(dates);
}

/// Books that place where most of its dates can be had, by every rule. Nothing is written
/// otherwise.
bool takes_what_is_left(const Publishing& publishing, Proposed& one, const WeekPlace& place) {
    if (!is_mostly_free(publishing, place)) {
        return false;
    }
    store::Savepoint attempt(publishing.session);
    const auto series = request_series(publishing.session, series_of(publishing, one.wish, place));
    if (!series) {
        return false;
    }
    const auto missed = select_missed(publishing.session, publishing.change.town, *series).size();
    const auto dates = dates_of(publishing.round, place.hours.day, publishing.calendars).size();
    if (2 * missed >= dates) {
        return false;
    }
    attempt.keep();
    one.wish.series = *series;
    one.decision.verdict = RoundVerdict::given;
    one.decision.place = place;
    one.decision.why = {"Place restée libre : la demande retenue n'a pas pu être réservée.",
                        "A place that stayed free: the wish it was for could not be booked."};
    return true;
}

std::vector<RoundWish> wishes_of(store::Session& session, TownId town, RoundId round) {
    RoundWishQuery query;
    query.round = round;
    query.limit = kMostWishes;
    return select_wishes(session, town, query);
}

/// Who lost a place to somebody who could not book it gets it: the most points first, and only
/// where most of its dates can be had, since the others of the line wait for the rest.
void give_what_is_left(const Publishing& publishing, std::vector<Proposed>& all) {
    const TownId town = publishing.change.town;
    for (Proposed& one : all) {
        if (one.decision.verdict != RoundVerdict::outbid || !one.wish.form.booker) {
            continue;
        }
        const auto& rooms = one.wish.form.rooms;
        const auto taken = std::ranges::find_if(rooms, [&](RoomId room) {
            return takes_what_is_left(publishing, one, {room, one.wish.form.hours});
        });
        if (taken != rooms.end()) {
            const WishChoice choice{one.wish.id, static_cast<std::size_t>(taken - rooms.begin())};
            one.decision.points =
                points_of_choice(publishing.session, town, publishing.round,
                                 wishes_of(publishing.session, town, publishing.round.id), choice);
            set_decision(publishing.session, town, one.wish.id, one.decision);
        }
    }
}

/// Everybody waits for what they did not get, in the order of `all`, unless they were set aside.
void line_up(const Publishing& publishing, const std::vector<Proposed>& all) {
    for (const Proposed& one : all) {
        const RoundWish& wish = one.wish;
        if (!wish.form.booker || one.decision.verdict == RoundVerdict::excluded) {
            continue;
        }
        const auto& place = one.decision.place;
        const auto waits = wish.series && place
                               ? wait_for_missed(publishing, wish, *place, *wish.series)
                               : wait_for_season(publishing, wish);
        set_result(publishing.session, publishing.change.town, wish.id, wish.series, waits);
    }
}

}  // namespace

RoundOutcome<Round> publish_round(store::Session& session, const ChangeRound& change) {
    auto before = open_change(session, change);
    if (!before) {
        return before;
    }
    if (before->status != RoundStatus::proposed) {
        return refuse(RoundRefusal::wrong_state);
    }
    auto failures = check_calendars(session, change.town, *before);
    if (!failures.empty()) {
        return refuse(std::move(failures));
    }
    Round after = *before;
    after.status = RoundStatus::published;
    auto published = write_round(session, change, *before, after, "round_published");
    if (!published) {
        return published;
    }
    const Publishing publishing{session, change, *before,
                                load_calendars(session, change.town, skips_of(*before))};
    std::vector<Proposed> all;
    for (RoundWish& wish : wishes_of(session, change.town, change.round)) {
        auto decision = store::present(wish.decision, "decision on a proposed wish");
        all.push_back({std::move(wish), std::move(decision)});
        all.back().wish.form.booker = booker_of(publishing, all.back().wish.form);
    }
    // Quotas and equipment, which a proposal does not weigh, go to who has the most points too.
    std::ranges::stable_sort(all, std::ranges::greater(),
                             [](const Proposed& one) { return one.decision.points; });
    bool any_left = false;
    for (Proposed& one : all) {
        const bool was_given = one.decision.place.has_value();
        give(publishing, one);
        any_left |= is_left_free(publishing, one, was_given);
    }
    if (any_left) {
        give_what_is_left(publishing, all);
    }
    // Only now is everything taken that was given, and thus waited for.
    line_up(publishing, all);
    tell_associations(session, change, *published);
    return published;
}

}  // namespace creneau::booking
