#pragma once

#include "api/people/organisations/organisation_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace creneau::people {

// SQL of associations, their managers and members, each query within one town.

[[nodiscard]] std::vector<AssociationRecord> select_associations(store::Session& session,
                                                                 TownId town, const Page& page);
[[nodiscard]] std::optional<AssociationRecord> select_association(store::Session& session,
                                                                  TownId town, AssociationId id);
[[nodiscard]] AssociationId insert_association(store::Session& session, TownId town,
                                               const AssociationRecord& record,
                                               std::chrono::sys_seconds now);
/// Writes it where its version is still the record's; false otherwise.
[[nodiscard]] bool update_association(store::Session& session, TownId town,
                                      const AssociationRecord& record,
                                      std::chrono::sys_seconds now);
/// Those of the keys that are no groups of the town.
[[nodiscard]] std::vector<std::string> unknown_groups(store::Session& session, TownId town,
                                                      const std::vector<std::string>& keys);

/// False when nothing was to be done.
[[nodiscard]] bool insert_manager(store::Session& session, TownId town, AssociationId association,
                                  PersonId person);
[[nodiscard]] bool delete_manager(store::Session& session, TownId town, AssociationId association,
                                  PersonId person);

[[nodiscard]] std::vector<Member> select_members(store::Session& session, TownId town,
                                                 AssociationId association, const Page& page);
[[nodiscard]] std::int64_t count_members(store::Session& session, TownId town,
                                         AssociationId association);
[[nodiscard]] MemberId insert_member(store::Session& session, TownId town,
                                     AssociationId association, const Member& member);
[[nodiscard]] bool delete_member(store::Session& session, TownId town, AssociationId association,
                                 MemberId member);

}  // namespace creneau::people
