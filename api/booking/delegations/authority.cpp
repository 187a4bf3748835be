#include "api/booking/delegations/authority.hpp"

#include "api/booking/affair.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/change.hpp"
#include "api/booking/delegations/delegation_store.hpp"
#include "api/booking/delegations/delegation_types.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/feeds/feed_store.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/view_store.hpp"
#include "api/people/people_store.hpp"
#include "api/people/person.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

constexpr std::size_t kDateLength = 10;

}  // namespace

std::string local_date_in(store::Session& session, TownId town, std::chrono::sys_seconds now) {
    return local_time_of(now, select_town_clock(session, town).time_zone).substr(0, kDateLength);
}

std::vector<Mandate> mandates_of(store::Session& session, TownId town, const people::Person& person,
                                 std::chrono::sys_seconds now) {
    if (!may_decide_for_others(person)) {
        return {};
    }
    return select_mandates(session, town, person.id, {now, local_date_in(session, town, now)});
}

std::optional<Mandate> mandate_over(store::Session& session, TownId town,
                                    const people::Person& person, SiteId site,
                                    std::chrono::sys_seconds now) {
    if (is_office(person)) {
        return std::nullopt;
    }
    const auto mandates = mandates_of(session, town, person, now);
    const auto found = std::ranges::find_if(
        mandates, [&](const Mandate& mandate) { return !mandate.site || *mandate.site == site; });
    return found == mandates.end() ? std::nullopt : std::optional(*found);
}

bool has_mandate(store::Session& session, TownId town, const people::Person& person, RoomId room,
                 std::chrono::sys_seconds now) {
    const auto found = find_room(session, town, room);
    return found && mandate_over(session, town, person, found->site, now);
}

std::optional<Refusal> why_not_decide(const Booking& booking, std::chrono::sys_seconds now) {
    if (booking.status != Status::pending) {
        return Refusal::wrong_state;
    }
    return booking.slot.at.end <= now ? std::optional(Refusal::ended) : std::nullopt;
}

Outcome<Affair> open_to_decide(store::Session& session, const Change& change) {
    auto actor = people::find_person(session, change.town, change.actor);
    auto view = select_view(session, change.town, change.booking);
    if (!actor || !view) {
        return refuse(Refusal::unknown_booking);
    }
    auto place =
        store::present(find_place(session, change.town, view->booking.room), "room of a booking");
    const auto mandate =
        is_office(*actor, view->booking.room)
            ? std::nullopt
            : mandate_over(session, change.town, *actor, place.site.id, change.now);
    if (!may_see(*actor, view->booking, mandate.has_value())) {
        return refuse(Refusal::unknown_booking);
    }
    if (!may_decide(*actor, view->booking, mandate.has_value())) {
        return refuse(Refusal::not_allowed);
    }
    if (change.expected_sequence && *change.expected_sequence != view->booking.sequence) {
        return refuse(Refusal::stale);
    }
    Affair affair{change.town,
                  *std::move(actor),
                  std::move(view->booking),
                  std::move(place),
                  std::move(view->booker_name),
                  std::move(view->association_name),
                  change.now};
    if (mandate) {
        affair.in_place_of = mandate->delegator;
    }
    return affair;
}

}  // namespace creneau::booking
