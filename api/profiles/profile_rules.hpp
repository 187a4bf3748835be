#pragma once

#include "api/people/organisations/organisation_error.hpp"
#include "api/profiles/hours_rules.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace creneau::profiles {

inline constexpr std::size_t kMostHours = 100;    ///< of one timetable
inline constexpr std::size_t kMostZones = 200;    ///< of one profile
inline constexpr std::size_t kMostDuties = 50;    ///< of one profile
inline constexpr std::size_t kLongestDuty = 200;  ///< characters

/// Hours of a weekday as somebody typed them.
struct HoursForm {
    std::string weekday;  ///< "monday"
    std::string start_time;
    std::string end_time;  ///< "24:00" is the end of the day
};

/// A profile as somebody typed it.
struct ProfileForm {
    std::string name;
    std::vector<std::string> duties;
    std::vector<std::int64_t> zones;
    std::vector<HoursForm> hours;
    bool skip_public_holidays = false;
    bool skip_school_holidays = false;
};

/// What is wrong with hours below the member `member`.
[[nodiscard]] std::vector<people::FieldFault> faults_in(const std::vector<HoursForm>& hours,
                                                        const std::string& member);
/// The hours of a form without faults.
[[nodiscard]] std::vector<WeeklyHours> hours_of(const std::vector<HoursForm>& form);

/// What is wrong with a profile; whether its zones exist is for the store to say.
[[nodiscard]] std::vector<people::FieldFault> faults_in(const ProfileForm& form);

}  // namespace creneau::profiles
