#include "api/booking/affair.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/change.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/view_store.hpp"
#include "api/people/people_store.hpp"
#include "api/people/person.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace creneau::booking {

Outcome<Affair> open_affair(store::Session& session, const Change& change) {
    auto actor = people::find_person(session, change.town, change.actor);
    auto view = select_view(session, change.town, change.booking);
    if (!actor || !view || !may_see(*actor, view->booking)) {
        return refuse(Refusal::unknown_booking);
    }
    if (change.expected_sequence && *change.expected_sequence != view->booking.sequence) {
        return refuse(Refusal::stale);
    }
    auto place = find_place(session, change.town, view->booking.room);
    return Affair{change.town,
                  *std::move(actor),
                  std::move(view->booking),
                  store::present(std::move(place), "room of a booking"),
                  std::move(view->booker_name),
                  std::move(view->association_name),
                  change.now};
}

std::string name_of(const people::Person& booker, const std::optional<AssociationId>& association) {
    const auto found = std::ranges::find_if(
        booker.associations,
        [&](const people::ManagedAssociation& managed) { return association == managed.id; });
    return found == booker.associations.end() ? std::string() : found->name;
}

}  // namespace creneau::booking
