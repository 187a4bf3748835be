#include "api/booking/booking_rights.hpp"

#include "api/access/access_types.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/delegations/delegation_types.hpp"
#include "api/booking/feeds/feed_types.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/booking/papers/paper_types.hpp"
#include "api/booking/reach.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/person.hpp"
#include "api/store/column.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace creneau::booking {

namespace {

using store::raw;

constexpr std::array kPreparing{people::Role::office, people::Role::stage_manager};

/// What an association asked for is its managers', as long as they manage it.
bool is_of(const people::Person& person, PersonId booker,
           const std::optional<AssociationId>& association) {
    return association ? person.manages(*association) : person.id == booker;
}

}  // namespace

bool owns(const people::Person& person, const Booking& booking) {
    return is_of(person, booking.booker, booking.association);
}

bool may_see(const people::Person& person, const Booking& booking) {
    return is_office(person, booking.room) || owns(person, booking);
}

bool may_see(const people::Person& person, const Booking& booking, bool has_mandate) {
    return has_mandate || may_see(person, booking);
}

bool may_decide(const people::Person& person, const Booking& booking, bool has_mandate) {
    return is_office(person, booking.room) ||
           (has_mandate && person.id != booking.booker && !owns(person, booking));
}

bool may_delegate(const people::Person& person, const std::optional<SiteId>& site) {
    return site ? person.has(people::Role::office, {people::ScopeKind::site, raw(*site)})
                : is_office(person);
}

bool may_decide_for_others(const people::Person& person) {
    return people::is_staff(person);
}

bool may_see_delegations(const people::Person& person) {
    return is_office(person);
}

bool may_end(const people::Person& person, const Delegation& delegation) {
    return is_office(person) || person.id == delegation.delegator ||
           person.id == delegation.delegate;
}

bool may_see(const people::Person& person, const Series& series) {
    return is_office(person, series.room) || is_of(person, series.booker, series.association);
}

bool may_follow(const people::Person& person, const Feed& feed) {
    switch (feed.kind) {
        case FeedKind::room:
        case FeedKind::site:
            return true;
        case FeedKind::association:
            return is_office(person) || person.manages(AssociationId{feed.subject});
        case FeedKind::person:
            return person.id == PersonId{feed.subject};
    }
    return false;
}

bool may_see(const people::Person& person, const Claim& claim) {
    return is_office(person, claim.room) || is_of(person, claim.booker, claim.association);
}

bool may_hold(const people::Person& person, RoomId room) {
    return is_office(person, room);
}

bool may_close(const people::Person& person, SiteId site) {
    return person.has(people::Role::office, {people::ScopeKind::site, raw(site)});
}

bool may_close(const people::Person& person) {
    return person.has_anywhere(people::Role::office);
}

bool may_displace(const people::Person& person, SiteId site) {
    return may_close(person, site);
}

bool may_read_reports(const people::Person& person) {
    return person.has_anywhere(people::Role::office);
}

bool may_run_rounds(const people::Person& person) {
    return is_office(person);
}

bool may_wish_for(const people::Person& person, AssociationId association) {
    return may_run_rounds(person) || person.manages(association);
}

bool may_follow_messages(const people::Person& person) {
    return person.has_anywhere(people::Role::office);
}

bool is_office(const people::Person& person) {
    return person.has(people::Role::office);
}

bool is_office(const people::Person& person, RoomId room) {
    return person.has_over(people::Role::office, raw(room));
}

std::vector<RoomId> rooms_as_office(const people::Person& person) {
    std::vector<RoomId> rooms;
    for (const std::int64_t room : person.rooms_under(people::Role::office)) {
        rooms.push_back(RoomId{room});
    }
    return rooms;
}

std::optional<Reach> reach_of(const people::Person& reader) {
    return is_office(reader) ? std::nullopt
                             : std::optional(Reach{reader.id, rooms_as_office(reader)});
}

bool may_keep_papers(const people::Person& person) {
    return is_office(person);
}

bool may_hand_in(const people::Person& person, const access::Holder& holder, bool restricted) {
    return may_see_papers(person, holder, restricted);
}

bool may_attach(const people::Person& person, const Paper& paper) {
    return paper.accepted_at ? may_keep_papers(person) && !paper.file
                             : may_hand_in(person, paper.holder, false);
}

bool may_see_papers(const people::Person& person, const access::Holder& holder, bool restricted) {
    const bool is_own = holder.kind == access::HolderKind::association
                            ? person.manages(AssociationId{holder.id})
                            : person.id == PersonId{holder.id};
    return is_own || (may_keep_papers(person) && people::may_use_data(person, restricted));
}

bool may_prepare(const people::Person& person, RoomId room) {
    return person.has(people::Role::administrator) ||
           std::ranges::any_of(kPreparing,
                               [&](people::Role role) { return person.has_over(role, raw(room)); });
}

bool may_hand_passes(const people::Person& person, const Booking& booking) {
    return booking.association && person.manages(*booking.association);
}

bool may_prepare(const people::Person& person) {
    return person.has(people::Role::administrator) ||
           std::ranges::any_of(kPreparing,
                               [&](people::Role role) { return person.has_anywhere(role); });
}

}  // namespace creneau::booking
