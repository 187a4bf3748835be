#pragma once

#include "api/booking/rounds/round_error.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/booking/series/local_date.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace creneau::booking {

// Pure rules of rounds and of the form of wishes; each answers every rule that fails.

inline constexpr std::size_t kLongestRoundName = 200;  ///< characters
inline constexpr std::size_t kLongestWording = 500;    ///< characters
inline constexpr std::size_t kMostCriteria = 20;
inline constexpr int kMostWeight = 100;
inline constexpr std::size_t kMostRooms = 10;            ///< of one wish
inline constexpr std::int64_t kMostWishesEach = 20;      ///< of one association: they fit a mail
inline constexpr std::int64_t kMostWishes = 500;         ///< of a round: a proposal takes seconds
inline constexpr std::chrono::days kShortestSeason{7};   ///< every weekday is in it
inline constexpr std::chrono::days kLongestSeason{371};  ///< 53 weeks

/// The round as the office wrote it. `today` is the town's.
[[nodiscard]] std::vector<RoundFailure> check_round(const Round& round, const LocalDate& today);

/// What differs although associations have read it: all but name and last day for wishes.
[[nodiscard]] std::vector<RoundFailure> check_fixed(const Round& before, const Round& after);

/// Wishes are stated while the round is open, from its first day for wishes to its last.
[[nodiscard]] std::vector<RoundFailure> check_open(const Round& round, const LocalDate& today);

/// Whether what was decided shows: as soon as it is proposed to those who run rounds, to all others
/// once it is published.
[[nodiscard]] bool shows_decisions(RoundStatus status, bool runs_rounds);

/// Minutes of the day that the hours begin on, half-open.
struct DayMinutes {
    std::chrono::minutes from{};
    std::chrono::minutes until{};
};
/// Nothing where check_hours() refuses.
[[nodiscard]] std::optional<DayMinutes> minutes_of(const WeekHours& hours);

/// 'HH:MM' to 'HH:MM' of the same day or the next, at most 24 hours.
[[nodiscard]] std::vector<RoundFailure> check_hours(const WeekHours& hours);

/// How many rooms, each once.
[[nodiscard]] std::vector<RoundFailure> check_rooms(const std::vector<RoomId>& rooms);

/// The office's reason: needed where a wish is to get nothing.
[[nodiscard]] std::vector<RoundFailure> check_pin_reason(const RoundPin& pin);

/// The dates of the season on that weekday, in order.
[[nodiscard]] std::vector<LocalDate> dates_of(const Round& round, std::chrono::weekday day);

/// What the criteria see of a wish in one of its rooms.
struct Merits {
    std::size_t preference = 0;  ///< place of the room among those wished, from 0
    std::int64_t attendees = 0;
    std::int64_t most_attendees = 0;  ///< of any wish of the round
    std::int64_t capacity = 0;
    std::vector<std::int64_t> groups;  ///< the association's
    bool had_it_before = false;
    std::size_t earlier_wishes = 0;  ///< of the same association
};

/// Weight times 0 to 100 of each criterion, together.
[[nodiscard]] std::int64_t points_of(const std::vector<Criterion>& criteria, const Merits& merits);

}  // namespace creneau::booking
