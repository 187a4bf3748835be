#pragma once

#include "api/people/ids.hpp"
#include "api/people/person.hpp"
#include "api/privacy/retention_rules.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::privacy {

/// How long a kind of data is kept in a town.
struct Period {
    const DataKind* kind = nullptr;
    std::int64_t months = 0;
    std::string decision;  ///< empty: nobody decided, the usual one holds
};

/// Of every kind.
[[nodiscard]] std::vector<Period> list_periods(store::Session& session, people::TownId town);

enum class RetentionFault : std::uint8_t { not_allowed, unknown_kind, out_of_bounds };

struct SetRetention {
    people::TownId town{};
    people::PersonId actor{};  ///< rights are read again in the transaction
    std::string kind;
    std::int64_t months = 0;
    std::string decision;
    std::chrono::sys_seconds now;
};
/// From the next night on. Never beyond what the law bears.
[[nodiscard]] tl::expected<Period, RetentionFault> set_retention(store::Session& session,
                                                                 const SetRetention& order);

}  // namespace creneau::privacy
