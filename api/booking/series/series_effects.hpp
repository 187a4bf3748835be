#pragma once

#include "api/access/passes.hpp"
#include "api/booking/affair.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/booking/subscriptions/inform_services.hpp"
#include "api/mail/facts.hpp"
#include "api/store/session.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace creneau::booking {

// What a change to a whole series writes besides its bookings: one line, one mail.

/// Sends the code of an occurrence by itself, as long before its slot as the town says; nothing
/// without a pass.
void announce_pass(store::Session& session, const Affair& affair,
                   const std::optional<access::Pass>& pass);

/// One mail about all these dates. `changed` is not empty; its first says room and booker.
void tell_booker_of_series(store::Session& session, mail::Template name,
                           const std::vector<Affair>& changed,
                           const std::vector<MissedDate>& missed,
                           const std::optional<mail::ClosureFacts>& closure = {});

/// Accepted dates that nothing keeps shut any more; services have been told of them.
void tell_booker_of_open_dates(store::Session& session, const std::vector<Affair>& dates);

/// The same about dates that an edit moved, or gave: services read where each was before. What
/// awaits an answer is told in a mail of its own, so that neither says of the other what is untrue.
void tell_of_moved_dates(store::Session& session, const std::vector<Affair>& changed,
                         const std::vector<MissedDate>& missed, const LeftPlaces& left);

/// The same about dates whose local times name other instants now; services are not told.
void tell_of_retimed_dates(store::Session& session, const std::vector<Affair>& changed);

/// The audit line about the series itself, by the actor of `affair` at its time.
void record_series(store::Session& session, const Affair& affair, std::string_view action);

}  // namespace creneau::booking
