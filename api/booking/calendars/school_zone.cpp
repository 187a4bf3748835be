#include "api/booking/calendars/school_zone.hpp"

#include "api/booking/series/calendar_rules.hpp"

#include <cstdlib>
#include <optional>
#include <string_view>

namespace creneau::booking {

std::string_view word_of(SchoolZone zone) {
    switch (zone) {
        case SchoolZone::a:
            return "a";
        case SchoolZone::b:
            return "b";
        case SchoolZone::c:
            return "c";
        case SchoolZone::corse:
            return "corse";
    }
    std::abort();
}

std::optional<SchoolZone> school_zone_of(std::string_view word) {
    for (const auto zone : {SchoolZone::a, SchoolZone::b, SchoolZone::c, SchoolZone::corse}) {
        if (word_of(zone) == word) {
            return zone;
        }
    }
    return std::nullopt;
}

std::string_view word_of(HolidayLaw law) {
    switch (law) {
        case HolidayLaw::france:
            return "france";
        case HolidayLaw::alsace_moselle:
            return "alsace_moselle";
    }
    std::abort();
}

std::optional<HolidayLaw> holiday_law_of(std::string_view word) {
    for (const auto law : {HolidayLaw::france, HolidayLaw::alsace_moselle}) {
        if (word_of(law) == word) {
            return law;
        }
    }
    return std::nullopt;
}

CalendarName name_of(SchoolZone zone) {
    switch (zone) {
        case SchoolZone::a:
            return {"vacances scolaires de la zone A", "school holidays of zone A"};
        case SchoolZone::b:
            return {"vacances scolaires de la zone B", "school holidays of zone B"};
        case SchoolZone::c:
            return {"vacances scolaires de la zone C", "school holidays of zone C"};
        case SchoolZone::corse:
            return {"vacances scolaires de Corse", "school holidays of Corsica"};
    }
    std::abort();
}

}  // namespace creneau::booking
