#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/rounds/round_error.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::booking {

/// What every change to a round says.
struct ChangeRound {
    TownId town{};
    PersonId actor{};  ///< rights are read again in the transaction
    RoundId round{};
    std::optional<std::int64_t> version;  ///< the one it has to have still
    std::chrono::sys_seconds now;
};

/// The round that a change of the office is about: `not_allowed`, `unknown`, `stale`.
[[nodiscard]] RoundOutcome<Round> open_change(store::Session& session, const ChangeRound& change);

/// The round, where the reader may see it.
[[nodiscard]] RoundOutcome<Round> find_round(store::Session& session, TownId town,
                                             const people::Person& reader, RoundId round);

/// Writes `after` and an audit line; answers what the row is now. `changed` when somebody was
/// faster.
[[nodiscard]] RoundOutcome<Round> write_round(store::Session& session, const ChangeRound& change,
                                              const Round& before, const Round& after,
                                              std::string_view action);

/// Today where the town is.
[[nodiscard]] LocalDate today_in(store::Session& session, TownId town,
                                 std::chrono::sys_seconds now);

struct CreateRound {
    TownId town{};
    PersonId actor{};
    Round round;  ///< id, status, version and the like are not looked at
    std::chrono::sys_seconds now;
};
/// The office prepares a round, which nobody else sees before it is opened.
[[nodiscard]] RoundOutcome<Round> create_round(store::Session& session, const CreateRound& order);

struct EditRound {
    ChangeRound change;
    std::optional<std::string> name;
    std::optional<LocalDate> wishes_from;
    std::optional<LocalDate> wishes_until;
    std::optional<LocalDate> season_first;
    std::optional<LocalDate> season_last;
    std::optional<bool> skip_holidays;
    std::optional<bool> skip_school_holidays;
    std::optional<std::vector<Criterion>> criteria;
};
/// A draft in all, a round that was opened in its name and last day for wishes.
[[nodiscard]] RoundOutcome<Round> edit_round(store::Session& session, const EditRound& order);

/// Associations see it and may state wishes between its dates; from draft, or closed again. The
/// calendar of school holidays that it skips has to know its season.
[[nodiscard]] RoundOutcome<Round> open_round(store::Session& session, const ChangeRound& change);

/// Wishes stand as they are.
[[nodiscard]] RoundOutcome<Round> close_round(store::Session& session, const ChangeRound& change);

}  // namespace creneau::booking
