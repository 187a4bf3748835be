#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/equipment/equipment_types.hpp"
#include "api/booking/series/local_date.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::booking {

enum class RoundId : std::int64_t {};
enum class RoundWishId : std::int64_t {};

enum class RoundStatus : std::uint8_t {
    draft,      ///< the office alone sees it
    open,       ///< wishes may be stated, between the round's dates
    closed,     ///< wishes stand; the office settles and proposes
    proposed,   ///< every wish has its decision, which nobody else sees yet
    published,  ///< the decisions are bookings
};

/// What earns a wish points, each from 0 to 100 before its weight.
enum class CriterionKind : std::uint8_t {
    every_wish,  ///< each granted wish counts the same
    preference,  ///< the first room wished 100, the second 50, the third 33, …
    people,      ///< as many come, against the largest wish of the round
    fill,        ///< as many come, against what the room holds
    group,       ///< the association is in a group of the town
    continuity,  ///< it had the room on that day and time in the year before the season
    first_wish,  ///< the association's first wish 100, its second 50, its third 33, …
};

/// A written criterion and how much it weighs, 1 to 100.
struct Criterion {
    CriterionKind kind = CriterionKind::every_wish;
    std::string text;
    int weight = 0;
    std::optional<std::int64_t> group;  ///< of kind `group` only

    friend bool operator==(const Criterion&, const Criterion&) = default;
};

/// A yearly allocation of weekly slots.
struct Round {
    RoundId id{};
    std::string name;
    RoundStatus status = RoundStatus::draft;
    LocalDate wishes_from{};  ///< in the town's zone, both included
    LocalDate wishes_until{};
    LocalDate season_first{};  ///< both included
    LocalDate season_last{};
    bool skip_holidays = false;         ///< no public holiday is booked
    bool skip_school_holidays = false;  ///< nor a school holiday of the town's zone
    std::vector<Criterion> criteria;
    std::int64_t version = 0;  ///< grows with each change of the round, its wishes or its decisions
    std::int64_t points = 0;   ///< of the last proposal, all wishes together
    bool is_optimal = false;   ///< proven: no allocation has more
    std::chrono::sys_seconds created_at;
    PersonId created_by{};
};

/// A time of the week as people say it.
struct WeekHours {
    std::chrono::weekday day;
    std::string start;  ///< local, 'HH:MM'
    std::string end;
    int end_day_offset = 0;  ///< 1: it ends on the next day

    friend bool operator==(const WeekHours&, const WeekHours&) = default;
};

/// A room at a time of the week.
struct WeekPlace {
    RoomId room{};
    WeekHours hours;

    friend bool operator==(const WeekPlace&, const WeekPlace&) = default;
};

/// What the office settled for a wish; a proposal does not change it.
struct RoundPin {
    std::optional<WeekPlace> place;  ///< none: it gets nothing
    std::string reason;              ///< its own words; needed where it gets nothing
};

enum class RoundVerdict : std::uint8_t {
    given,
    settled,       ///< given as the office settled it
    outbid,        ///< others have what it asks for
    excluded,      ///< the office settled that it gets nothing
    nothing_fits,  ///< no room wished for can be had at that time at all
    no_date,       ///< given, but no date of the season could be booked
};

/// What became of a wish, and why.
struct RoundDecision {
    RoundVerdict verdict = RoundVerdict::outbid;
    std::optional<WeekPlace> place;  ///< none: nothing
    std::int64_t points = 0;         ///< of what is given, else of its first room
    Sentence why;
};

/// What an association asks of a round.
struct WishForm {
    AssociationId association{};
    std::optional<PersonId> booker;  ///< who books for it; none: its first manager
    WeekHours hours;
    std::vector<RoomId> rooms;  ///< in order of preference
    std::int64_t attendees = 0;
    std::string layout;  ///< key of one that each room has; empty: as they stand
    std::string purpose;
    std::vector<EquipmentOrder> equipment;  ///< of each date
};

/// A wish with all that became of it.
struct RoundWish {
    RoundWishId id{};
    RoundId round{};
    WishForm form;
    PersonId stated_by{};  ///< differs from the booker when the office acts for somebody
    std::chrono::sys_seconds stated_at;
    bool withdrawn = false;
    std::int64_t version = 0;
    std::optional<RoundPin> pin;
    std::optional<RoundDecision> decision;  ///< of the last proposal
    std::optional<SeriesId> series;
    std::int64_t waits = 0;  ///< dates that it waits for
    std::string association_name;
    std::string booker_name;
};

/// The stable words of the database and the API.
std::string_view word_of(RoundStatus status);
std::optional<RoundStatus> round_status_of(std::string_view word);
std::string_view word_of(CriterionKind kind);
std::optional<CriterionKind> criterion_kind_of(std::string_view word);
std::string_view word_of(RoundVerdict verdict);
std::optional<RoundVerdict> round_verdict_of(std::string_view word);

}  // namespace creneau::booking
