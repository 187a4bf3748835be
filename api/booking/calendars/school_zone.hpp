#pragma once

#include "api/booking/series/calendar_rules.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace creneau::booking {

/// The zones into which the Ministry of Education divides the country's holidays.
enum class SchoolZone : std::uint8_t { a, b, c, corse };

/// "a", "b", "c" or "corse", the stable words of the database and the API.
std::string_view word_of(SchoolZone zone);
std::optional<SchoolZone> school_zone_of(std::string_view word);

/// "france" or "alsace_moselle".
std::string_view word_of(HolidayLaw law);
std::optional<HolidayLaw> holiday_law_of(std::string_view word);

/// "vacances scolaires de la zone C".
[[nodiscard]] CalendarName name_of(SchoolZone zone);

}  // namespace creneau::booking
