#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/series/local_date.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::reports {

/// A report covers no more days than this.
inline constexpr int kLongestPeriod = 731;

/// Whole local days, half-open.
struct Period {
    booking::LocalDate from;
    booking::LocalDate to;
};

/// Of which town, which days, and which rooms.
struct Scope {
    people::TownId town{};
    Period period;
    std::optional<booking::SiteId> site;                ///< none: all of them
    std::optional<std::vector<booking::RoomId>> rooms;  ///< none: all of them
};

enum class UsageBy : std::uint8_t { room, association, kind, month, weekday };

/// The words of the API: "room", "association", "kind", "month", "weekday".
[[nodiscard]] std::string_view word_of(UsageBy by);
[[nodiscard]] std::optional<UsageBy> usage_by_of(std::string_view word);

/// What was booked: approved bookings whose local start lies in the period.
struct Booked {
    std::int64_t bookings = 0;
    std::int64_t minutes = 0;             ///< of their slots, buffers not counted
    std::int64_t attendees = 0;           ///< as the requests say
    std::int64_t checked_in_minutes = 0;  ///< of the slots that a door knows somebody came for

    Booked& operator+=(const Booked& other);
    friend bool operator==(const Booked&, const Booked&) = default;
};

struct UsageRow {
    /// Id of a room or an association, key of a kind, "2026-12", or "1" (Monday) to "7". Empty: all
    /// individuals together, or what is of no kind.
    std::string key;
    std::string name;  ///< of a room, an association or a kind; empty otherwise
    Booked booked;
};

/// What became of the requests that came in on the days of a period.
struct Requests {
    std::string month;  ///< "2026-12" by the town's clock; empty: of the whole period
    std::int64_t received = 0;
    std::int64_t approved = 0;
    std::int64_t refused = 0;
    std::int64_t cancelled = 0;
    std::int64_t pending = 0;
    /// Minutes from a request to the decision of a person, of those that somebody approved or
    /// refused; none where there was none.
    std::optional<std::int64_t> median_delay;
    std::optional<std::int64_t> longest_of_nine_tenths;  ///< nine in ten were decided within it
};

struct GroundCount {
    std::string code;
    std::int64_t refused = 0;
    std::int64_t cancelled = 0;
};

/// One request as the report of decisions reads it.
struct Decided {
    std::int64_t requested_at = 0;  ///< Unix seconds
    booking::Status status = booking::Status::pending;
    std::string ground;
    std::optional<std::int64_t> delay_min;  ///< none: nobody decided, or nobody had to
};

}  // namespace creneau::reports
