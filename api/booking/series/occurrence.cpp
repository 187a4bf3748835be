#include "api/booking/series/occurrence.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/series/local_date.hpp"

#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace creneau::booking {

namespace {

std::string at_time(const LocalDate& date, std::string_view time) {
    return text_of(date) + 'T' + std::string(time);
}

}  // namespace

tl::expected<Slot, TimeError> occurrence_slot(const LocalDate& date, std::string_view start_time,
                                              std::string_view end_time, int end_day_offset,
                                              const std::string& zone) {
    if (!is_bookable_date(date)) {
        return tl::unexpected(TimeError::bad_start);
    }
    if (end_day_offset < 0 || end_day_offset > kMostEndDays) {
        return tl::unexpected(TimeError::bad_end);
    }
    return resolve_slot(at_time(date, start_time),
                        at_time(plus_days(date, end_day_offset), end_time), zone);
}

}  // namespace creneau::booking
