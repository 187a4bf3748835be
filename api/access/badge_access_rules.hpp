#pragma once

#include "api/access/access_types.hpp"
#include "api/access/badge_types.hpp"
#include "policy/badge.hpp"
#include "policy/schedule.hpp"

#include <chrono>
#include <cstdint>
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

/// What a policy says of badges.
struct PolicyBadges {
    std::vector<policy::BadgeRecord> badges;
    std::vector<policy::AccessSet> access_sets;
    std::vector<policy::Schedule> schedules;
};

/// Where the badges of `windows`' holders open: one schedule for each holder and zone, sets shared
/// by whoever has the same. Ids depend on holder and zone alone, so that another booking changes a
/// schedule and no badge. Ascending by id.
class BadgeAccess {
  public:
    explicit BadgeAccess(const std::vector<HolderWindow>& windows);

    /// Nothing where the holder's badges open none of these doors.
    [[nodiscard]] std::optional<policy::AccessSetId> set_of(const Holder& holder) const;
    [[nodiscard]] const std::vector<policy::AccessSet>& sets() const { return sets_; }
    [[nodiscard]] const std::vector<policy::Schedule>& schedules() const { return schedules_; }

  private:
    struct HolderSet {
        Holder holder;
        policy::AccessSetId set{};
    };
    std::vector<HolderSet> holders_;
    std::vector<policy::AccessSet> sets_;
    std::vector<policy::Schedule> schedules_;
};

/// The interval of a record, at most 400 days: as `valid` says, cut to whole spans of 30 days
/// around `now`, so that a record without an end stays the same for a month.
[[nodiscard]] policy::Interval record_interval(const Interval& valid, std::chrono::sys_seconds now);

/// The bytes of canonical_number(); empty for anything else.
[[nodiscard]] std::vector<std::uint8_t> number_bytes(const std::string& canonical);

}  // namespace creneau::access
