#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/equipment/equipment_types.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/request_booking.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/booking/series/recurrence.hpp"
#include "api/booking/series/recurrence_gaps.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::booking {

struct RequestSeries {
    TownId town{};
    PersonId actor{};                ///< rights are read again in the transaction
    std::optional<PersonId> booker;  ///< none: the actor; another person: the office acts for them
    RoomId room{};
    std::optional<AssociationId> association;
    Recurrence recurrence;
    std::vector<LocalDate> left_out;  ///< dates of the pattern that are not wanted
    Skips skips;                      ///< whose days are not wanted either
    std::string start_time;           ///< local, 'HH:MM'
    std::string end_time;
    int end_day_offset = 0;
    std::int64_t attendees = 0;
    std::string purpose;
    std::string layout;                     ///< of each date; empty: as the room stands
    std::string kind;                       ///< of each date; empty: none
    std::vector<EquipmentOrder> equipment;  ///< of each date
    /// A yearly round gave it: it was asked for in time, it is approved with the round, and the
    /// booker reads of it in the round's mail.
    bool in_round = false;
    ConflictPolicy conflicts = ConflictPolicy::fail;
    std::string displace_ground;  ///< with `replace`: why the others are cancelled
    std::string displace_text;
    std::string override_reason;  ///< the office's, to set soft rules of every date aside
    std::chrono::sys_seconds now;
};

enum class Verdict : std::uint8_t {
    accepted,
    displaces,  ///< accepted once `displaced` are cancelled
    left_out,   ///< not wanted
    refused,
};
std::string_view word_of(Verdict verdict);

/// What would become of one date.
struct PlannedDate {
    LocalDate date;
    Slot slot;  ///< without instants when the date has no such time
    Verdict verdict = Verdict::refused;
    std::vector<Failure> failures;  ///< why it is refused or left out
    std::vector<BookingId> displaced;
    std::vector<Alternative> alternatives = {};  ///< as offer_others() finds them

    [[nodiscard]] bool is_booked() const {
        return verdict == Verdict::accepted || verdict == Verdict::displaces;
    }
};

struct SeriesPlan {
    people::Person actor;
    people::Person booker;
    Place place;
    std::vector<PlannedDate> dates;
};

/// One of its dates as a request of its own, which knows of no other date.
[[nodiscard]] RequestBooking order_of(const RequestSeries& request, const LocalDate& date);

/// Every date of a series against every rule, the same for a preview and for the commit. Reads
/// only. An error where no date can be looked at: the dates contradict one another, there is no
/// such room, or the actor may not ask.
[[nodiscard]] Outcome<SeriesPlan> plan_series(store::Session& session,
                                              const RequestSeries& request);

/// The same of these dates, whatever dates the recurrence names; months that lack the day stand
/// among them as left out.
[[nodiscard]] Outcome<SeriesPlan> plan_dates(store::Session& session, const RequestSeries& request,
                                             const RuleDates& named);

/// Why the plan as a whole is refused under its policy; nothing when it goes ahead. Names every
/// failing rule once and each date with its own.
[[nodiscard]] std::optional<BookingError> refusal_of(const SeriesPlan& plan,
                                                     ConflictPolicy conflicts);

}  // namespace creneau::booking
