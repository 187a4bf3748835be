#pragma once

#include <string_view>

namespace creneau::mail {

/// SQL, a condition on the outbox row `o`: it tells when to come, and the booking was moved after
/// it was written. A date that moves with its series has no mail of its own, but its line.
inline constexpr std::string_view kIsMovedSince =
    "(o.template IN ('booking_approved', 'booking_moved', 'booking_retimed') AND EXISTS (SELECT 1"
    " FROM audit g WHERE g.town_id = o.town_id AND g.subject_kind = 'booking'"
    " AND g.subject_id = o.booking_id AND g.at > o.created_at"
    " AND g.action IN ('booking_moved', 'booking_retimed', 'booking_released')))";

/// The same: it is about a series that is over with its last date, wherever its dates went on.
inline constexpr std::string_view kIsOfEndedSeries =
    "(o.series_id IS NOT NULL AND o.template IN ('series_approved', 'series_moved',"
    " 'series_retimed', 'series_closure') AND NOT EXISTS (WITH RECURSIVE line (id) AS (SELECT "
    "o.series_id UNION"
    " SELECT s.id FROM series s JOIN line ON s.split_from_id = line.id)"
    " SELECT 1 FROM bookings b JOIN line ON b.series_id = line.id"
    " WHERE b.status IN ('pending', 'approved')))";

}  // namespace creneau::mail
