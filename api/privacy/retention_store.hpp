#pragma once

#include "api/people/ids.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::privacy {

/// What a town decided.
struct SetPeriod {
    std::int64_t months = 0;
    std::string decision;  ///< its council's: number and date
};

/// By kind, those that the town set.
[[nodiscard]] std::map<std::string, SetPeriod, std::less<>> select_periods(store::Session& session,
                                                                           people::TownId town);
/// A decision, who entered it and when.
struct PeriodSet {
    SetPeriod period;
    people::PersonId by{};
    std::chrono::sys_seconds at;
};
void save_period(store::Session& session, people::TownId town, const std::string& kind,
                 const PeriodSet& set);

/// What the register says of a town.
struct TownSettings {
    std::string name, service, email, phone;
    std::int64_t audit_months = 0;
    std::string audit_decision;
};
[[nodiscard]] TownSettings select_town_settings(store::Session& session, people::TownId town);

/// Some of the rows of a kind that are from before `before`. A kind may rest in several places.
struct DueRows {
    std::string_view kind;
    std::chrono::sys_seconds before;
    std::size_t place = 0;   ///< below purge_places(kind)
    std::int64_t after = 0;  ///< rows of a greater id only, so that none is looked at twice
};

/// In how many places a kind rests. None for what is purged elsewhere (security_log).
[[nodiscard]] std::size_t purge_places(std::string_view kind);

/// Ids of at most `most` such rows, ascending.
[[nodiscard]] std::vector<std::int64_t> select_due_rows(store::Session& session,
                                                        people::TownId town, const DueRows& due,
                                                        std::int64_t most);

/// Deletes or empties those of `ids` that are still due, and what belongs to them.
/// @returns how many.
[[nodiscard]] std::int64_t purge_rows(store::Session& session, people::TownId town,
                                      const DueRows& due, const std::vector<std::int64_t>& ids);

/// The action of the line that says when a purge was done.
inline constexpr auto kPurgeDone = "purge_done";
/// When the last one was; nothing where there was none.
/// What lives for a day and has no id: answers under an Idempotency-Key and counts of failed
/// sign-ins. Both go as others come; in a quiet town nothing comes. How many went.
std::int64_t sweep_day_old(store::Session& session, people::TownId town,
                           std::chrono::sys_seconds now);

[[nodiscard]] std::optional<std::chrono::sys_seconds> select_last_purge(store::Session& session,
                                                                        people::TownId town);

}  // namespace creneau::privacy
