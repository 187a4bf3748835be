#pragma once

#include "api/people/four_eyes/confirmation_types.hpp"
#include "api/people/ids.hpp"
#include "api/people/person.hpp"
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
struct ConfirmationPage {
    std::vector<ConfirmedKind> kinds;      ///< none others
    std::vector<std::int64_t> sites;       ///< and of these the ends of lockdowns
    std::optional<ConfirmationId> before;  ///< none: from the newest on
    std::int64_t limit = 50;
};
/// Newest first.
[[nodiscard]] std::vector<Confirmation> select_confirmations(store::Session& session, TownId town,
                                                             const ConfirmationPage& page);
/// False: somebody confirmed it already.
[[nodiscard]] bool mark_confirmed(store::Session& session, TownId town, ConfirmationId id,
                                  PersonId by, std::chrono::sys_seconds now);
/// False: it is used already, or not confirmed.
[[nodiscard]] bool mark_used(store::Session& session, TownId town, ConfirmationId id,
                             std::chrono::sys_seconds now);
/// Whether nobody else let them in lately: gave them a role, or gave or changed their address,
/// their second factor or their account, within the town's days. What whoever runs the server gave
/// counts at once.
[[nodiscard]] bool is_settled(store::Session& session, TownId town, PersonId person,
                              std::chrono::sys_seconds now);
/// The same without the roles: whether nobody else gave or changed what lets them in.
[[nodiscard]] bool is_way_in_settled(store::Session& session, TownId town, PersonId person,
                                     std::chrono::sys_seconds now);
/// From now on is_settled() says so.
void mark_settled(store::Session& session, TownId town, PersonId person);
/// Where the subject of a confirmation is: of a lockdown its site, else the town. Nothing when the
/// town has no such person who is not erased, no such lockdown that holds, when no key can have
/// that number.
[[nodiscard]] std::optional<Scope> select_place(store::Session& session, TownId town,
                                                ConfirmedKind kind, std::int64_t subject);

}  // namespace creneau::people
