#pragma once

#include "api/people/four_eyes/confirmation_types.hpp"
#include "api/people/ids.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace creneau::people {

[[nodiscard]] ConfirmationId insert_confirmation(store::Session& session, TownId town,
                                                 const Confirmation& asked);
[[nodiscard]] std::optional<Confirmation> select_confirmation(store::Session& session, TownId town,
                                                              ConfirmationId id);
/// Those asked for before `before` (all without it), newest first.
[[nodiscard]] std::vector<Confirmation> select_confirmations(store::Session& session, TownId town,
                                                             std::optional<ConfirmationId> before,
                                                             std::int64_t limit);
/// False: somebody confirmed it already.
[[nodiscard]] bool mark_confirmed(store::Session& session, TownId town, ConfirmationId id,
                                  PersonId by, std::chrono::sys_seconds now);
/// False: it is used already, or not confirmed.
[[nodiscard]] bool mark_used(store::Session& session, TownId town, ConfirmationId id,
                             std::chrono::sys_seconds now);

}  // namespace creneau::people
