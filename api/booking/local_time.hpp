#pragma once

#include "api/booking/booking_types.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace creneau::booking {

enum class TimeError : std::uint8_t {
    bad_start,  ///< not 'YYYY-MM-DDTHH:MM' with a real date between 2000 and 2099
    bad_end,
    end_before_start,  ///< as written, the end is not after the start
    no_such_time,      ///< the clock change leaves nothing of the slot
};

/// The instants of a slot said in local time. A time in the spring gap moves forward by the gap;
/// an ambiguous start is its first instant, an ambiguous end its last. The end comes from its own
/// local time, never from start + duration. `zone` is an IANA name; throws std::invalid_argument
/// when the machine does not know it.
[[nodiscard]] tl::expected<Slot, TimeError> resolve_slot(std::string_view local_start,
                                                         std::string_view local_end,
                                                         const std::string& zone);

/// 'YYYY-MM-DDTHH:MM' of an instant in a zone.
[[nodiscard]] std::string local_time_of(std::chrono::sys_seconds at, const std::string& zone);

/// What the clock on the wall shows at an instant, to the minute.
[[nodiscard]] std::chrono::local_time<std::chrono::minutes> local_minutes_of(
    std::chrono::sys_seconds at, const std::string& zone);

/// The same of a time as it is written: one in the spring gap moves forward by the gap.
[[nodiscard]] std::chrono::local_time<std::chrono::minutes> shown_time(
    std::chrono::local_time<std::chrono::minutes> written, const std::string& zone);

/// The same of times that are no text yet.
[[nodiscard]] tl::expected<Slot, TimeError> resolve_slot(
    std::chrono::local_time<std::chrono::minutes> local_start,
    std::chrono::local_time<std::chrono::minutes> local_end, const std::string& zone);

/// The instant that 'YYYY-MM-DDTHH:MM' names first; one in the spring gap moves forward by the gap.
/// Nothing when it is no such text.
[[nodiscard]] std::optional<std::chrono::sys_seconds> instant_of(std::string_view local_time,
                                                                 const std::string& zone);

/// The first instant of a local date 'YYYY-MM-DD'; nothing when it is no date.
[[nodiscard]] std::optional<std::chrono::sys_seconds> start_of_day(std::string_view local_date,
                                                                   const std::string& zone);

/// The same of any date, be it one that nobody can book: a period may end past the calendar.
[[nodiscard]] std::chrono::sys_seconds start_of_day(std::chrono::local_days date,
                                                    const std::string& zone);

}  // namespace creneau::booking
