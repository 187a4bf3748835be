#include "api/booking/rounds/round_task.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/buffer_rules.hpp"
#include "api/booking/calendars/skip_calendars.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/room_rules.hpp"
#include "api/booking/room_rules_store.hpp"
#include "api/booking/rounds/check_form.hpp"
#include "api/booking/rounds/round_calendar.hpp"
#include "api/booking/rounds/round_rules.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/booking/rounds/round_wish_store.hpp"
#include "api/booking/series/calendar_rules.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

/// Half a term of a weekly slot: what is called having had it.
constexpr int kHadItDates = 10;
constexpr int kYear = 365;

/// A room as the wishes of a season see it.
struct SeasonRoom {
    Place place;
    std::vector<std::int64_t> spaces;
    std::vector<Interval> taken;  ///< by what is there already, by start
};

/// What all wishes are judged with.
struct Context {
    store::Session& session;
    TownId town{};
    const Round& round;
    std::int64_t most_attendees = 0;
    SkipCalendars calendars;  ///< those that the round skips
    std::map<RoomId, SeasonRoom> rooms;
};

std::chrono::sys_seconds midnight(const LocalDate& date, const std::string& zone) {
    return start_of_day(std::chrono::local_days(date), zone);
}

const SeasonRoom& room_of(Context& context, RoomId room) {
    const auto known = context.rooms.find(room);
    if (known != context.rooms.end()) {
        return known->second;
    }
    SeasonRoom read;
    read.place = store::present(find_place(context.session, context.town, room), "room of a wish");
    for (const SpaceId space : spaces_of(context.session, context.town, room)) {
        read.spaces.push_back(static_cast<std::int64_t>(space));
    }
    const std::string& zone = read.place.site.time_zone;
    const Interval season{midnight(context.round.season_first, zone),
                          midnight(plus_days(context.round.season_last, 2), zone)};
    // Holds end long before a season begins.
    const Look look{season.start, {}};
    for (const Neighbour& there :
         neighbours_of(context.session, context.town, room, season, look)) {
        read.taken.push_back(there.at);
    }
    return context.rooms.emplace(room, std::move(read)).first->second;
}

bool is_free(const SeasonRoom& room, const Interval& slot) {
    return std::ranges::none_of(room.taken, [&](const Interval& there) {
        return there.start < slot.end && slot.start < there.end;
    });
}

std::int64_t count_free(const std::vector<LocalDate>& dates, const SeasonRoom& room,
                        const WeekHours& hours) {
    return std::ranges::count_if(dates, [&](const LocalDate& date) {
        const auto slot =
            resolve_slot(text_of(date) + 'T' + hours.start,
                         text_of(plus_days(date, hours.end_day_offset)) + 'T' + hours.end,
                         room.place.site.time_zone);
        return slot && is_free(room, slot->at);
    });
}

std::optional<Sentence> why_impossible(Context& context, const WishForm& form,
                                       const SeasonRoom& room, const WishOption& option) {
    const WeekHours& hours = option.place.hours;
    const auto failures = check_in_room(context.session, context.town, context.round, form,
                                        {room.place, hours, context.calendars});
    if (!failures.empty()) {
        return failures.front().detail;
    }
    if (dates_of(context.round, hours.day).empty()) {
        return Sentence{"la saison ne comprend pas ce jour de la semaine.",
                        "the season has no such weekday."};
    }
    if (option.dates == 0) {
        return Sentence{"jours fériés ou vacances scolaires à toutes les dates de la saison.",
                        "public or school holidays on every date of the season."};
    }
    if (option.free_dates == 0) {
        return Sentence{"prise ou fermée à toutes les dates de la saison.",
                        "taken or closed on every date of the season."};
    }
    return std::nullopt;
}

/// Whether a past booking is on that weekday and shares some time of the day.
bool is_alike(const std::pair<std::string, std::string>& slot, const WeekHours& hours) {
    const auto date = parse_date(std::string_view(slot.first).substr(0, 10));
    const std::string start = slot.first.substr(11);
    // Past midnight, the end as written comes earlier in the day.
    const bool same_day = slot.first.substr(0, 10) == slot.second.substr(0, 10);
    const std::string end = same_day ? slot.second.substr(11) : "24:00";
    const std::string wished_end = hours.end_day_offset == 0 ? hours.end : "24:00";
    return date && std::chrono::weekday(std::chrono::sys_days(*date)) == hours.day &&
           start < wished_end && hours.start < end;
}

bool had_it_before(Context& context, const WishForm& form, const WeekPlace& place,
                   const std::string& zone) {
    const bool asked = std::ranges::find(context.round.criteria, CriterionKind::continuity,
                                         &Criterion::kind) != context.round.criteria.end();
    if (!asked) {
        return false;
    }
    const Interval year{midnight(plus_days(context.round.season_first, -kYear), zone),
                        midnight(context.round.season_first, zone)};
    const auto slots =
        select_past_slots(context.session, context.town, form.association, place.room, year);
    return std::ranges::count_if(
               slots, [&](const auto& slot) { return is_alike(slot, place.hours); }) >= kHadItDates;
}

std::int64_t capacity_of(const Place& place, const std::string& layout) {
    const auto found = std::ranges::find(place.rules.layouts, layout, &Layout::key);
    return found == place.rules.layouts.end()
               ? place.room.capacity
               : std::min<std::int64_t>(found->capacity, place.room.capacity);
}

/// Where and when, without what decides on it.
WishOption bare_option(Context& context, const WeekPlace& place) {
    const SeasonRoom& room = room_of(context, place.room);
    WishOption option;
    option.place = place;
    option.room_name = room.place.room.name;
    option.spaces = room.spaces;
    option.minutes = store::present(minutes_of(place.hours), "hours of a wish");
    option.gap = room.place.rules.reach;
    return option;
}

std::int64_t points_at(Context& context, const WishForm& form, const WeekPlace& place,
                       Merits merits) {
    const SeasonRoom& room = room_of(context, place.room);
    merits.capacity = capacity_of(room.place, form.layout);
    merits.had_it_before = had_it_before(context, form, place, room.place.site.time_zone);
    return points_of(context.round.criteria, merits);
}

WishOption option_of(Context& context, const WishForm& form, const WeekPlace& place,
                     const Merits& merits) {
    const SeasonRoom& room = room_of(context, place.room);
    WishOption option = bare_option(context, place);
    option.points = points_at(context, form, place, merits);
    const auto dates = dates_of(context.round, place.hours.day, context.calendars);
    option.dates = std::ssize(dates);
    option.free_dates = count_free(dates, room, place.hours);
    option.impossible = why_impossible(context, form, room, option);
    return option;
}

/// What it has whichever room it gets.
Merits merits_of(Context& context, const RoundWish& wish, std::size_t earlier) {
    Merits merits;
    merits.attendees = wish.form.attendees;
    merits.most_attendees = context.most_attendees;
    merits.earlier_wishes = earlier;
    merits.groups = groups_of(context.session, context.town,
                              {wish.form.association, wish.form.booker.value_or(PersonId{})});
    return merits;
}

void note_most_attendees(Context& context, const std::vector<RoundWish>& wishes) {
    for (const RoundWish& wish : wishes) {
        context.most_attendees = std::max(context.most_attendees, wish.form.attendees);
    }
}

WishTask task_of(Context& context, const RoundWish& wish, std::size_t earlier) {
    WishTask task{wish.id, wish.pin, {}, {}};
    Merits merits = merits_of(context, wish, earlier);
    const std::optional<WeekPlace> settled = wish.pin ? wish.pin->place : std::nullopt;
    for (const RoomId room : wish.form.rooms) {
        const WeekPlace place{room, wish.form.hours};
        if (place == settled) {
            task.pinned = task.options.size();
        }
        task.options.push_back(option_of(context, wish.form, place, merits));
        ++merits.preference;
    }
    if (settled && !task.pinned) {
        task.pinned = task.options.size();
        task.options.push_back(option_of(context, wish.form, *settled, merits));
    }
    return task;
}

}  // namespace

RoundTask read_task(store::Session& session, TownId town, const Round& round) {
    RoundWishQuery query;
    query.round = round.id;
    query.limit = kMostWishes;
    const auto wishes = select_wishes(session, town, query);
    Context context{session, town, round, 0, load_calendars(session, town, skips_of(round)), {}};
    note_most_attendees(context, wishes);
    RoundTask task{round, {}};
    std::map<AssociationId, std::size_t> stated;
    for (const RoundWish& wish : wishes) {
        task.wishes.push_back(task_of(context, wish, stated[wish.form.association]++));
    }
    return task;
}

RoundTask read_settled(store::Session& session, TownId town, const Round& round) {
    RoundWishQuery query;
    query.round = round.id;
    query.limit = kMostWishes;
    Context context{session, town, round, 0, {}, {}};
    RoundTask task{round, {}};
    for (const RoundWish& wish : select_wishes(session, town, query)) {
        if (wish.pin && wish.pin->place) {
            task.wishes.push_back({wish.id, wish.pin, {bare_option(context, *wish.pin->place)}, 0});
        }
    }
    return task;
}

std::int64_t points_of_choice(store::Session& session, TownId town, const Round& round,
                              const std::vector<RoundWish>& wishes, const WishChoice& choice) {
    const auto wish = std::ranges::find(wishes, choice.wish, &RoundWish::id);
    const auto earlier = std::count_if(wishes.begin(), wish, [&](const RoundWish& one) {
        return one.form.association == wish->form.association;
    });
    Context context{session, town, round, 0, {}, {}};
    note_most_attendees(context, wishes);
    Merits merits = merits_of(context, *wish, static_cast<std::size_t>(earlier));
    merits.preference += static_cast<decltype(merits.preference)>(choice.room);
    return points_at(context, wish->form, {wish->form.rooms.at(choice.room), wish->form.hours},
                     merits);
}

}  // namespace creneau::booking
