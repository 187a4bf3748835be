#pragma once

#include <string_view>

namespace creneau::mail {

/// SQL, a condition on the outbox row `o`: it carries the code of a booking that its reader has
/// nothing to do with any more, as they manage the association no longer or their account is
/// closed.
inline constexpr std::string_view kCodeIsNoLongerTheirs =
    "(o.credential_id IS NOT NULL AND o.template <> 'pass_handed' AND EXISTS (SELECT 1"
    " FROM bookings w WHERE w.id = o.booking_id AND ((w.association_id IS NULL"
    " AND EXISTS (SELECT 1 FROM people q WHERE q.id = o.person_id AND q.enabled = 0))"
    " OR (w.association_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM association_managers m"
    " JOIN associations n ON n.id = m.association_id AND n.enabled = 1"
    " JOIN people q ON q.id = m.person_id AND q.enabled = 1"
    " WHERE m.association_id = w.association_id AND m.person_id = o.person_id)))))";

}  // namespace creneau::mail
