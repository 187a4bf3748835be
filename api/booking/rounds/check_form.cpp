#include "api/booking/rounds/check_form.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rules.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/calendars/skip_calendars.hpp"
#include "api/booking/check_wish.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/failures.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/room_rules.hpp"
#include "api/booking/rounds/round_calendar.hpp"
#include "api/booking/rounds/round_error.hpp"
#include "api/booking/rounds/round_rules.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/booking/series/calendar_rules.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

void add(std::vector<RoundFailure>& failures, const std::vector<Failure>& more) {
    std::ranges::transform(more, std::back_inserter(failures),
                           [](const Failure& failure) { return failure_of(failure); });
}

/// As the room says it, about the place where the request names it.
std::vector<RoundFailure> about(const std::vector<Failure>& failures, const std::string& field,
                                const std::string& room_name) {
    std::vector<RoundFailure> named;
    for (const Failure& failure : failures) {
        named.push_back(failure_of(failure));
        named.back().field = field;
        named.back().detail = {room_name + " : " + failure.detail.fr,
                               room_name + ": " + failure.detail.en};
    }
    return named;
}

LocalSlot on_date(const LocalDate& date, const DayMinutes& minutes) {
    const std::chrono::local_days day{std::chrono::sys_days(date).time_since_epoch()};
    return {day + minutes.from, day + minutes.until};
}

/// Nothing as soon as one date that would be booked is within the opening hours.
std::vector<Failure> check_season(const Round& round, const RoomHours& there,
                                  const DayMinutes& minutes) {
    const auto& [place, hours, calendars] = there;
    std::vector<Failure> first;
    for (const LocalDate& date : dates_of(round, hours.day, calendars)) {
        auto failures = check_opening(place.rules.opening, on_date(date, minutes),
                                      [&zone = place.site.time_zone](LocalMinutes written) {
                                          return shown_time(written, zone);
                                      });
        if (failures.empty()) {
            return {};
        }
        if (first.empty()) {
            first = std::move(failures);
        }
    }
    return first;
}

RoundFailure no_such_room(const std::string& field) {
    auto failure = failure_of(unknown_room());
    failure.field = field;
    return failure;
}

}  // namespace

std::vector<Failure> check_in_room(store::Session& session, TownId town, const Round& round,
                                   const WishForm& form, const RoomHours& there) {
    const auto& [place, hours, calendars] = there;
    Wish wish;
    wish.town = town;
    wish.room = place.room.id;
    wish.crowd = {form.attendees, form.layout};
    wish.owner = {form.association, form.booker.value_or(PersonId{})};
    wish.equipment = form.equipment;
    std::vector<Failure> failures = check_who(session, wish, place.room, place.rules);
    const auto minutes = minutes_of(hours);
    if (minutes) {
        join(failures, check_length(place.rules, minutes->until - minutes->from));
        join(failures, check_grid(place.rules.grid, on_date(round.season_first, *minutes)));
        join(failures, check_season(round, there, *minutes));
    }
    return failures;
}

std::vector<RoundFailure> check_form(store::Session& session, TownId town, const Round& round,
                                     const WishForm& form) {
    std::vector<RoundFailure> failures = check_hours(form.hours);
    add(failures, check_attendees(form.attendees));
    add(failures, check_purpose(form.purpose));
    auto rooms = check_rooms(form.rooms);
    const bool rooms_fit = rooms.empty();
    const SkipCalendars calendars = load_calendars(session, town, skips_of(round));
    std::ranges::move(rooms, std::back_inserter(failures));
    for (std::size_t at = 0; rooms_fit && at < form.rooms.size(); ++at) {
        const std::string field = "room_ids/" + std::to_string(at);
        const auto place = find_place(session, town, form.rooms[at]);
        if (!place) {
            failures.push_back(no_such_room(field));
            continue;
        }
        const auto said =
            check_in_room(session, town, round, form, {*place, form.hours, calendars});
        std::ranges::move(about(said, field, place->room.name), std::back_inserter(failures));
    }
    return failures;
}

std::vector<RoundFailure> check_settled(store::Session& session, TownId town, const Round& round,
                                        const WishForm& form, const WeekPlace& settled) {
    std::vector<RoundFailure> failures = check_hours(settled.hours);
    const auto place = find_place(session, town, settled.room);
    if (!place) {
        failures.push_back(no_such_room("room_id"));
        return failures;
    }
    const SkipCalendars calendars = load_calendars(session, town, skips_of(round));
    const auto said = check_in_room(session, town, round, form, {*place, settled.hours, calendars});
    std::ranges::move(about(said, "room_id", place->room.name), std::back_inserter(failures));
    return failures;
}

}  // namespace creneau::booking
