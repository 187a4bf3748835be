#pragma once

#include "api/access/doors/door_types.hpp"
#include "api/people/organisations/organisation_error.hpp"
#include "api/profiles/profile_rules.hpp"
#include "api/profiles/profile_types.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace creneau::profiles {

/// How a door behaves (policy/FORMAT.md, Doors), and when it stands open for everybody.
struct DoorOptions {
    std::int64_t longer_unlock_ms = 15'000;  ///< for badges of people who need it
    std::int64_t held_open_s = 0;            ///< 0: never an alarm
    std::int64_t pre_alarm_s = 0;
    std::string relock = "on_closing";  ///< or on_opening, after_time
    std::string passback = "off";       ///< or soft, hard
    std::int64_t passback_min = 0;
    bool passes_when_expired = false;
    bool high_assurance = false;
    bool free_after_first = false;  ///< only once somebody was let in within those hours
    DaysOff off;
};

/// A door's options as they are kept.
struct KeptOptions {
    access::DoorId door{};
    access::SiteId site{};
    std::int64_t unlock_ms = 0;  ///< the town's file says it
    DoorOptions options;
    std::vector<WeeklyHours> free_access;  ///< none: never
    std::int64_t version = 0;              ///< 0: as by default
};

/// What is wrong with the options of a door that unlocks for `unlock_ms`.
[[nodiscard]] std::vector<people::FieldFault> faults_in(const DoorOptions& options,
                                                        const std::vector<HoursForm>& free_access,
                                                        std::int64_t unlock_ms);

}  // namespace creneau::profiles
