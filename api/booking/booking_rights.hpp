#pragma once

#include "api/access/access_types.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/delegations/delegation_types.hpp"
#include "api/booking/feeds/feed_types.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/booking/papers/paper_types.hpp"
#include "api/booking/reach.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/people/person.hpp"

#include <optional>
#include <vector>

namespace creneau::booking {

/// The booker, or for an association those who manage it now: whose booking and pass it is.
[[nodiscard]] bool owns(const people::Person& person, const Booking& booking);

/// Owners and the office over its room. To anybody else the booking does not exist.
[[nodiscard]] bool may_see(const people::Person& person, const Booking& booking);

/// The same of a whole series.
[[nodiscard]] bool may_see(const people::Person& person, const Series& series);

/// Owners, the office, and those who hold a mandate over its site (delegations/).
[[nodiscard]] bool may_see(const people::Person& person, const Booking& booking, bool has_mandate);

/// Says yes or no to a request: the office, and who holds a mandate over its site unless it is
/// their own.
[[nodiscard]] bool may_decide(const people::Person& person, const Booking& booking,
                              bool has_mandate);

/// Names who decides at a site, or in the whole town, while they are away: whose right is their
/// own.
[[nodiscard]] bool may_delegate(const people::Person& person, const std::optional<SiteId>& site);

/// Takes a delegation: who works for the town, and so signs in with a second factor.
[[nodiscard]] bool may_decide_for_others(const people::Person& person);

/// Sees all delegations of the town.
[[nodiscard]] bool may_see_delegations(const people::Person& person);

/// Who gave it, who has it, and the office: they see it, and may end it.
[[nodiscard]] bool may_end(const people::Person& person, const Delegation& delegation);

/// Whether the person may have such a feed and read on: rooms and sites are everybody's, since of
/// what one may not see they show no more than the schedule does; associations are their managers'
/// and the office's; one's own bookings are one's own.
[[nodiscard]] bool may_follow(const people::Person& person, const Feed& feed);
/// The same of a hold or a wait.
[[nodiscard]] bool may_see(const people::Person& person, const Claim& claim);

/// Places holds for others in that room.
[[nodiscard]] bool may_hold(const people::Person& person, RoomId room);

/// Closes rooms of a site and opens them again.
[[nodiscard]] bool may_close(const people::Person& person, SiteId site);
/// Closes any room.
[[nodiscard]] bool may_close(const people::Person& person);

/// Takes the place of what is booked at a site: its rooms share spaces.
[[nodiscard]] bool may_displace(const people::Person& person, SiteId site);

/// Reads statistics: whoever is the office, of its rooms.
[[nodiscard]] bool may_read_reports(const people::Person& person);

/// Prepares yearly rounds, settles and publishes them.
[[nodiscard]] bool may_run_rounds(const people::Person& person);

/// States wishes of an association in a round, and sees what became of them.
[[nodiscard]] bool may_wish_for(const people::Person& person, AssociationId association);

/// Prints letters and sees which messages did not arrive: whoever is the office, of its rooms.
[[nodiscard]] bool may_follow_messages(const people::Person& person);

/// Decides on requests and acts for others, everywhere.
[[nodiscard]] bool is_office(const people::Person& person);
/// The same over one room: of the whole town, of its site or of the room itself.
[[nodiscard]] bool is_office(const people::Person& person, RoomId room);
/// The rooms of who is the office of a part of the town only.
[[nodiscard]] std::vector<RoomId> rooms_as_office(const people::Person& person);
/// What lists show to a reader; none: the whole town.
[[nodiscard]] std::optional<Reach> reach_of(const people::Person& reader);

/// Notes and accepts papers.
[[nodiscard]] bool may_keep_papers(const people::Person& person);

/// Notes a paper that is still to be accepted: whoever it is about or manages, and those who keep
/// them.
[[nodiscard]] bool may_hand_in(const people::Person& person, const access::Holder& holder,
                               bool restricted);

/// Gives a paper its file. What was accepted is changed by nobody; those who keep papers may still
/// add the file of one that they accepted without.
[[nodiscard]] bool may_attach(const people::Person& person, const Paper& paper);

/// The holder, a manager of it, and those who keep them: of a person whose data is restricted, if
/// they answer for it.
[[nodiscard]] bool may_see_papers(const people::Person& person, const access::Holder& holder,
                                  bool restricted);

/// Makes more passes of a booking, says who holds them, and reads it: the managers of its
/// association, and nobody else. The town asks for no list of members.
[[nodiscard]] bool may_hand_passes(const people::Person& person, const Booking& booking);

/// Sees what is to be prepared in a room: layout, equipment, but not for whom.
[[nodiscard]] bool may_prepare(const people::Person& person, RoomId room);
/// Prepares rooms at all.
[[nodiscard]] bool may_prepare(const people::Person& person);

}  // namespace creneau::booking
