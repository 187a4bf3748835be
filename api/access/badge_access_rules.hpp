#pragma once

#include "api/access/access_types.hpp"
#include "api/access/badge_types.hpp"
#include "policy/badge.hpp"
#include "policy/schedule.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace creneau::access {

/// How far ahead a policy says its hours: a door that hears nothing longer opens for less and less.
inline constexpr std::chrono::days kHoursAhead{40};

/// A window of an approved booking, margins included.
struct HolderWindow {
    Holder holder;
    std::uint16_t zone = 0;  ///< scope
    Interval window;
};

/// A duty that opens something. Local dates 'YYYY-MM-DD', both included; `until` empty: no end.
struct HeldDuty {
    Holder holder;
    std::int64_t profile = 0;
    std::string from;
    std::string until;
};

/// Hours of a profile on one local date.
struct ProfileDay {
    std::string date;
    Interval interval;
};

/// What duties open of one agent's doors.
struct DutyAccess {
    std::vector<HeldDuty> duties;
    std::map<std::int64_t, std::vector<std::uint16_t>> zones;  ///< scopes, by profile
    std::map<std::int64_t, std::vector<ProfileDay>> days;      ///< ascending, by profile
};

/// When a door stands open for everybody.
struct FreeHours {
    std::uint16_t door = 0;  ///< scope
    std::vector<Interval> intervals;
};

/// Where badges open by the windows of their holders and by their duties: one schedule for each
/// holder and zone with windows, one for each profile and the dates that cut it. Sets are shared by
/// whoever has the same. Ids depend on holder, zone, profile and dates alone, so that another
/// booking or another night changes a schedule and no badge. Ascending by id.
class BadgeAccess {
  public:
    explicit BadgeAccess(const std::vector<HolderWindow>& windows, const DutyAccess& by_duty = {},
                         const std::vector<FreeHours>& free = {});

    /// Nothing where the holder's badges open none of these doors.
    [[nodiscard]] std::optional<policy::AccessSetId> set_of(const Holder& holder) const;
    /// Nothing where the door never stands open.
    [[nodiscard]] std::optional<policy::ScheduleId> free_access_of(std::uint16_t door) const;
    [[nodiscard]] const std::vector<policy::AccessSet>& sets() const { return sets_; }
    [[nodiscard]] const std::vector<policy::Schedule>& schedules() const { return schedules_; }

  private:
    struct HolderSet {
        Holder holder;
        policy::AccessSetId set{};
    };
    std::vector<HolderSet> holders_;
    std::map<std::uint16_t, policy::ScheduleId> free_;
    std::vector<policy::AccessSet> sets_;
    std::vector<policy::Schedule> schedules_;
};

/// The interval of a record, at most 400 days: as `valid` says, cut to whole spans of 30 days
/// around `now`, so that a record without an end stays the same for a month.
[[nodiscard]] policy::Interval record_interval(const Interval& valid, std::chrono::sys_seconds now);

/// The bytes of canonical_number(); empty for anything else.
[[nodiscard]] std::vector<std::uint8_t> number_bytes(const std::string& canonical);

}  // namespace creneau::access
