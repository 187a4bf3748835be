#include "api/profiles/profile_rules.hpp"

#include "api/booking/series/series_types.hpp"
#include "api/people/blank_text.hpp"
#include "api/people/organisations/organisation_error.hpp"
#include "api/profiles/hours_rules.hpp"
#include "api/store/present.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace creneau::profiles {
namespace {

using people::FieldFault;

/// One of the hours of a list, as errors name it.
struct Place {
    std::string list;
    std::size_t index = 0;

    [[nodiscard]] std::string of(const std::string& member) const {
        return list + '/' + std::to_string(index) + '/' + member;
    }
};

FieldFault not_a_time(std::string field) {
    return {std::move(field), "not_a_time", "Une heure est attendue : 07:30, au plus 24:00.",
            "A time of day is expected: 07:30, at most 24:00."};
}

void check(const HoursForm& one, const Place& place, std::vector<FieldFault>& faults) {
    if (!booking::weekday_of(one.weekday)) {
        faults.push_back({place.of("weekday"), "not_a_weekday", "Attendu : monday à sunday.",
                          "Expected: monday to sunday."});
    }
    const auto from = time_of_day(one.start_time);
    const auto until = time_of_day(one.end_time);
    if (!from) {
        faults.push_back(not_a_time(place.of("start_time")));
    }
    if (!until) {
        faults.push_back(not_a_time(place.of("end_time")));
    }
    if (from && until && *until <= *from) {
        faults.push_back({place.of("end_time"), "end_before_start",
                          "La fin doit être après le début ; au-delà de minuit, ajoutez le "
                          "lendemain.",
                          "The end must be after the start; past midnight, add the next day."});
    }
}

}  // namespace

std::vector<FieldFault> faults_in(const std::vector<HoursForm>& hours, const std::string& member) {
    std::vector<FieldFault> faults;
    for (std::size_t index = 0; index < hours.size(); ++index) {
        check(hours[index], {member, index}, faults);
    }
    return faults;
}

std::vector<WeeklyHours> hours_of(const std::vector<HoursForm>& form) {
    std::vector<WeeklyHours> hours;
    for (const auto& one : form) {
        hours.push_back({store::present(booking::weekday_of(one.weekday), "checked weekday"),
                         store::present(time_of_day(one.start_time), "checked start"),
                         store::present(time_of_day(one.end_time), "checked end")});
    }
    return hours;
}

std::vector<FieldFault> faults_in(const ProfileForm& form) {
    auto faults = faults_in(form.hours, "hours");
    if (people::shows_nothing(form.name)) {
        faults.push_back({"name", "name_missing", "Indiquez le nom.", "Give the name."});
    }
    if (form.hours.empty()) {
        faults.push_back({"hours", "hours_missing", "Indiquez au moins une plage horaire.",
                          "Give some hours at least."});
    }
    if (form.zones.empty()) {
        faults.push_back({"zone_ids", "zones_missing", "Indiquez au moins une zone.",
                          "Name one zone at least."});
    }
    if (std::ranges::any_of(form.duties, people::shows_nothing)) {
        faults.push_back({"duties", "duty_missing", "Indiquez chaque mission.", "Say each duty."});
    }
    return faults;
}

}  // namespace creneau::profiles
