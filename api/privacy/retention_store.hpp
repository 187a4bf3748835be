#pragma once

#include "api/people/ids.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

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

/// Deletes or empties at most `most` rows of a kind from before `before`, and what belongs to them.
/// @returns how many. Nothing for what is purged elsewhere (security_log).
[[nodiscard]] std::int64_t purge_rows(store::Session& session, people::TownId town,
                                      std::string_view kind, std::chrono::sys_seconds before,
                                      std::int64_t most);

/// The action of the line that says when a purge was done.
inline constexpr auto kPurgeDone = "purge_done";
/// When the last one was; nothing where there was none.
[[nodiscard]] std::optional<std::chrono::sys_seconds> select_last_purge(store::Session& session,
                                                                        people::TownId town);

}  // namespace creneau::privacy
