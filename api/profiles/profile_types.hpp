#pragma once

#include "api/access/access_types.hpp"
#include "api/people/person.hpp"
#include "api/profiles/hours_rules.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace creneau::profiles {

using people::TownId;

enum class ProfileId : std::int64_t {};

/// Whose hours: of a profile, or those in which a door stands open.
enum class HoursOwnerKind : std::uint8_t { profile, door };

struct HoursOwner {
    HoursOwnerKind kind = HoursOwnerKind::profile;
    std::int64_t id = 0;
};

/// Days on which weekly hours do not hold. A day of which the school calendar says nothing yet is
/// off, too: unknown means deny.
struct DaysOff {
    bool public_holidays = false;
    bool school_holidays = false;

    friend bool operator==(const DaysOff&, const DaysOff&) = default;
};

/// Weekly hours and when they do not hold.
struct Timetable {
    std::vector<WeeklyHours> hours;
    DaysOff off;
};

/// Which zones open when, for whoever has one of its duties.
struct AccessProfile {
    ProfileId id{};
    std::string name;
    std::vector<std::string> duties;    ///< words of duties, ascending
    std::vector<access::ZoneId> zones;  ///< ascending
    Timetable timetable;
    std::int64_t version = 0;
};

/// A zone and the doors in it.
struct ZoneRecord {
    access::ZoneId id{};
    std::string key;
    std::string name;
    std::vector<std::int64_t> doors;
};

}  // namespace creneau::profiles
