#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/series/recurrence.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::booking {

/// What becomes of a series when a date cannot be booked.
enum class ConflictPolicy : std::uint8_t {
    fail,     ///< nothing is booked
    skip,     ///< the others are booked; the date stays with its reasons
    replace,  ///< the office cancels what is in the way; any other reason refuses all
};

/// The calendars whose days a series does not want.
struct Skips {
    bool public_holidays = false;
    bool school_holidays = false;
    bool closures = false;  ///< those of the room

    friend bool operator==(const Skips&, const Skips&) = default;
};
/// "public_holidays", "school_holidays", "closures": those that are skipped.
[[nodiscard]] std::vector<std::string_view> words_of(const Skips& skips);
/// Adds the calendar of this word. False: there is none.
[[nodiscard]] bool add_skip(Skips& skips, std::string_view word);

/// When and what a series is, as requested. Its occurrences are bookings of their own.
struct Series {
    SeriesId id{};
    RoomId room{};
    std::optional<AssociationId> association;  ///< none: an individual, the booker
    PersonId booker{};
    PersonId requested_by{};
    Recurrence recurrence;  ///< read back, ListedDates are empty: the rows name them
    Skips skips;
    std::string start_time;  ///< local, 'HH:MM'
    std::string end_time;
    int end_day_offset = 0;
    std::string time_zone;
    int attendees = 0;
    std::string purpose;
    ConflictPolicy conflicts = ConflictPolicy::fail;
    std::optional<SeriesId> split_from;  ///< the series that this one goes on from
    std::string ended_on;       ///< closed: nothing from this local date on; empty: not closed
    std::int64_t sequence = 0;  ///< grows with each change of the series itself
    std::chrono::sys_seconds requested_at;
};

/// A rule that kept a date out, as its row keeps it.
struct MissedReason {
    std::string rule;  ///< word_of(Rule)
    std::string field;
    Sentence detail;

    friend bool operator==(const MissedReason&, const MissedReason&) = default;
};

/// A date that did not make it, with every rule that said no.
struct MissedDate {
    std::string date;
    std::string local_start;
    std::string local_end;
    std::vector<MissedReason> reasons;
};

/// The stable words of the database and the API.
std::string_view word_of(ConflictPolicy policy);
std::optional<ConflictPolicy> policy_of(std::string_view word);

/// "daily", "weekly", "monthly", "monthly_weekday", "yearly" or "dates".
std::string_view word_of(const Pattern& pattern);

/// A pattern in plain members, as rows and requests carry it.
struct PatternParts {
    std::string word;
    int interval = 1;
    std::vector<std::chrono::weekday> weekdays;  ///< monthly_weekday: just one
    int nth = 0;                                 ///< monthly_weekday only
};
[[nodiscard]] PatternParts parts_of(const Pattern& pattern);
/// Nothing when no pattern has that word, or a monthly_weekday has not one weekday.
[[nodiscard]] std::optional<Pattern> pattern_of(const PatternParts& parts);

/// "monday" to "sunday".
std::string_view word_of(std::chrono::weekday day);
std::optional<std::chrono::weekday> weekday_of(std::string_view word);

}  // namespace creneau::booking
