#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace creneau::estate {

// The rules of rooms as a town's file and database say them; 0 and empty mean that a rule is off.

/// Minutes of a local day; past midnight `until_min` is more than 1440. `day` is '1' (Monday) to
/// '7', or an ISO date; a date that is closed has one entry from 0 until 0.
struct DayHours {
    std::string day;
    std::int64_t from_min = 0;
    std::int64_t until_min = 0;
    auto operator<=>(const DayHours&) const = default;
};

struct Layout {
    std::string key, name;
    std::int64_t capacity = 0;
    auto operator<=>(const Layout&) const = default;
};

struct RoomRules {
    bool associations_may_book = true;
    bool staff_may_book = false;
    std::int64_t create_least_min = 0;
    std::int64_t create_most_min = 0;
    std::int64_t change_least_min = 0;
    std::int64_t change_most_min = 0;
    std::int64_t cancel_least_min = 0;
    std::int64_t length_least_min = 0;
    std::int64_t length_most_min = 0;
    std::int64_t grid_min = 0;
    std::int64_t setup_min = 0;
    std::int64_t teardown_min = 0;
    std::int64_t residents_until_days = 0;
    std::int64_t release_after_min = 0;
    std::vector<DayHours> week;        // sorted
    std::vector<DayHours> exceptions;  // sorted
    std::vector<Layout> layouts;       // sorted
    std::set<std::string> groups;      // may book whatever the flags say
    std::set<std::string> residents;
    std::set<std::string> papers;  // kinds that a booking needs before its pass
    bool operator==(const RoomRules&) const = default;
};

/// A named set of associations and people, which say themselves that they are in it.
struct Group {
    std::string key, name;
    bool operator==(const Group&) const = default;
};

struct Quota {
    std::string key, name, holder, unit, period;
    std::int64_t most = 0;
    std::int64_t season_month = 1;
    std::int64_t season_day = 1;
    std::set<std::string> rooms;  // empty: everywhere
    bool operator==(const Quota&) const = default;
};

}  // namespace creneau::estate
