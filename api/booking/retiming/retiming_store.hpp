#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/closures/closure_types.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/booking/view_store.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::booking {

// SQL of what a new time zone database changes, each query within one town.

/// The version that the town's bookings to come were last compared with; empty: never.
[[nodiscard]] std::string select_compared_version(store::Session& session, TownId town);
void set_compared_version(store::Session& session, TownId town, const std::string& version);

/// A booking to come whose instants an other version named.
struct OutdatedTime {
    BookingId booking{};
    Slot slot;
    std::string time_zone;  ///< of its site
};
/// The pending and approved ones that begin after `now`, by start.
[[nodiscard]] std::vector<OutdatedTime> select_outdated(store::Session& session, TownId town,
                                                        const std::string& version,
                                                        std::chrono::sys_seconds now);

/// Writes `version` into the bookings that begin after `now`, but for those that stay in conflict
/// with it.
void stamp_version(store::Session& session, TownId town, const std::string& version,
                   std::chrono::sys_seconds now);

/// Puts a closure or a wait to other instants; spaces are the caller's to give back and take.
void move_closure(store::Session& session, TownId town, ClosureId closure, const Interval& at);
void move_wait(store::Session& session, TownId town, WaitId wait, const Interval& at);

/// Later than anything that can be booked.
inline constexpr std::chrono::sys_seconds kEndOfTime{
    std::chrono::sys_days{std::chrono::year{2200} / 1 / 1}};

/// Why a booking could not go where its local times are by now.
struct TimeConflict {
    BookingId booking{};
    Interval kept;
    std::string tz_version;
    std::chrono::sys_seconds found_at;
    std::string rule;  ///< word_of(Rule)
    Sentence detail;
};
/// In place of what was known of the same booking.
void put_time_conflict(store::Session& session, TownId town, const TimeConflict& conflict);

/// A conflict that stands: the booking still has the instants that it kept, and is not given up.
struct StandingConflict {
    TimeConflict conflict;
    BookingView view;
};
struct ConflictQuery {
    std::chrono::sys_seconds now;
    std::int64_t limit = 50;
    BookingId after{};                           ///< only greater ids
    std::optional<std::vector<RoomId>> rooms{};  ///< none: the whole town
};
/// By booking; those that have begun are left out.
[[nodiscard]] std::vector<StandingConflict> select_time_conflicts(store::Session& session,
                                                                  TownId town,
                                                                  const ConflictQuery& query);

}  // namespace creneau::booking
