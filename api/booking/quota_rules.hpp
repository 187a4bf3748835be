#pragma once

#include "api/booking/booking_error.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace creneau::booking {

enum class QuotaUnit : std::uint8_t { hours, bookings };
enum class QuotaPeriod : std::uint8_t { day, week, month, season };

enum class QuotaHolder : std::uint8_t { association, individual, each };

/// How much one association or individual may hold in a period.
struct Quota {
    std::int64_t id = 0;
    std::string name;
    QuotaHolder holder = QuotaHolder::each;  ///< whom it binds
    QuotaUnit unit = QuotaUnit::hours;
    std::int64_t most = 0;
    QuotaPeriod period = QuotaPeriod::week;
    std::chrono::month_day season_from{std::chrono::January / 1};  ///< not 29 February
};

[[nodiscard]] bool binds(const Quota& quota, bool is_association);

/// Local dates, half-open.
struct DateRange {
    std::chrono::local_days from;
    std::chrono::local_days until;

    friend bool operator==(const DateRange&, const DateRange&) = default;
};

/// The period that holds `date`; weeks begin on Monday (ISO 8601). A booking counts in the period
/// of its local start date, whole.
[[nodiscard]] DateRange period_of(const Quota& quota, std::chrono::local_days date);

/// What a side holds already.
struct Held {
    std::int64_t bookings = 0;
    std::chrono::seconds time{};
};

/// Whether a booking of `wished` still fits.
[[nodiscard]] std::vector<Failure> check_quota(const Quota& quota, const DateRange& period,
                                               const Held& held, std::chrono::seconds wished);

}  // namespace creneau::booking
