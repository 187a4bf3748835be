#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/papers/paper_types.hpp"
#include "api/booking/quota_rules.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace creneau::booking {

// The rules a room can carry. Each is off by default; zero minutes or days means off. Each check is
// pure and answers every rule that fails, with what would pass.

using LocalMinutes = std::chrono::local_time<std::chrono::minutes>;

/// A slot as the clock on the wall shows it, half-open.
struct LocalSlot {
    LocalMinutes start;
    LocalMinutes end;

    friend bool operator==(const LocalSlot&, const LocalSlot&) = default;
};

/// Minutes of a local day, half-open; past midnight `until` is more than 1440.
struct OpenHours {
    std::chrono::minutes from{};
    std::chrono::minutes until{};

    friend bool operator==(const OpenHours&, const OpenHours&) = default;
};

struct OpeningHours {
    /// Monday first. All empty: open at all hours.
    std::array<std::vector<OpenHours>, 7> week;
    /// Instead of the weekday's; empty: closed that day.
    std::map<std::chrono::local_days, std::vector<OpenHours>> exceptions;
};

/// How long before the start something may be done.
struct NoticeRule {
    std::chrono::minutes least{};
    std::chrono::minutes most{};
};

/// How a room is set up, and for how many.
struct Layout {
    std::string key;
    std::string name;
    std::int64_t capacity = 0;
};

/// A named set of associations and people.
struct Group {
    std::int64_t id = 0;
    std::string name;
};

struct RoomRules {
    OpeningHours opening;
    NoticeRule create;
    NoticeRule change;
    std::chrono::minutes cancel_least{};
    std::chrono::minutes shortest{};
    std::chrono::minutes longest{};
    std::chrono::minutes grid{};
    std::chrono::minutes setup{};     ///< before the slot; soft (buffer_rules.hpp)
    std::chrono::minutes teardown{};  ///< after it
    /// After the start, when nobody came: the rest is given back. None: never.
    std::optional<std::chrono::minutes> release_after = {};
    std::chrono::minutes reach{};  ///< longest buffer of this room or one that shares a space
    std::vector<Layout> layouts;   ///< by key
    bool associations_may_book = true;
    bool staff_may_book = false;          ///< the office for the town, where individuals may not
    std::vector<Group> groups;            ///< may book whatever the flags say
    std::vector<Group> residents;         ///< may book before everybody else
    std::chrono::days residents_until{};  ///< alone, until so long before the day of the slot
    std::vector<Quota> quotas;            ///< that count bookings of this room
    std::vector<PaperKind> papers;        ///< that a pass needs; a request does not
};

/// Who wants the room, as its rules see them.
struct Side {
    bool is_association = false;
    bool is_staff = false;
    std::vector<std::int64_t> groups = {};
};

/// What the clock shows for a time as it is written: one that a clock change skips moves forward.
using WallClock = std::function<LocalMinutes(LocalMinutes)>;

/// When the room is open on the days that can reach into the slot, merged and in order.
[[nodiscard]] std::vector<LocalSlot> openings_about(const OpeningHours& opening,
                                                    const LocalSlot& slot, const WallClock& shown);

/// The slot lies within the hours of one opening; hours that touch are one.
[[nodiscard]] std::vector<Failure> check_opening(const OpeningHours& opening, const LocalSlot& slot,
                                                 const WallClock& shown);

/// `time_left` is from now to the start.
[[nodiscard]] std::vector<Failure> check_notice(const NoticeRule& notice,
                                                std::chrono::seconds time_left);

/// The true length, which a clock change makes longer or shorter than what the clock shows.
[[nodiscard]] std::vector<Failure> check_length(const RoomRules& rules,
                                                std::chrono::seconds length);

/// Start and end on the grid of the local day.
[[nodiscard]] std::vector<Failure> check_grid(std::chrono::minutes grid, const LocalSlot& slot);

/// How many come, and how they want the room set up.
struct Crowd {
    std::int64_t attendees = 0;
    std::string layout;  ///< key; empty: none asked for
};
/// Against the capacity of the room and, where one is asked for, of the layout.
[[nodiscard]] std::vector<Failure> check_capacity(std::int64_t room_capacity,
                                                  const std::vector<Layout>& layouts,
                                                  const Crowd& crowd);

/// `individuals_may_book` is the room's own flag.
[[nodiscard]] std::vector<Failure> check_side(const RoomRules& rules, bool individuals_may_book,
                                              const Side& side);

/// From `residents_until` days before the slot's local date on, anybody may book.
[[nodiscard]] std::vector<Failure> check_residents(const RoomRules& rules, const Side& side,
                                                   const LocalSlot& slot,
                                                   std::chrono::local_days today);

/// '2026-12-05'
[[nodiscard]] std::string text_of(std::chrono::local_days date);

}  // namespace creneau::booking
