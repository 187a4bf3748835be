#pragma once

#include "api/people/organisations/organisation_error.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace creneau::people {

/// Members on one association's list, at most.
inline constexpr std::int64_t kMostMembers = 2000;

[[nodiscard]] Organised<std::vector<AssociationRecord>> list_associations(store::Session& session,
                                                                          TownId town,
                                                                          const Person& reader,
                                                                          const Page& page);
/// For the office and its managers; `unknown` otherwise.
[[nodiscard]] Organised<AssociationRecord> find_association(store::Session& session, TownId town,
                                                            const Person& reader, AssociationId id);

struct SaveAssociation {
    Actor actor;
    std::optional<AssociationId> id;  ///< none: a new one
    AssociationEdit edit;
};
[[nodiscard]] Organised<AssociationRecord> save_association(store::Session& session,
                                                            const SaveAssociation& order);

struct ChangeManager {
    Actor actor;
    AssociationId association{};
    PersonId person{};
    bool manages = true;                 ///< false: no longer
    std::chrono::sys_seconds proved_at;  ///< when the actor last proved who they are
};
/// Another manager wants a fresh proof of the actor. Managers, before and after, are told by mail.
/// The same twice changes nothing.
[[nodiscard]] Organised<AssociationRecord> change_manager(store::Session& session,
                                                          const ChangeManager& order);

// The list of members: for the managers alone. To the office it does not exist.

[[nodiscard]] Organised<std::vector<Member>> list_members(store::Session& session, TownId town,
                                                          const Person& reader,
                                                          AssociationId association,
                                                          const Page& page);
struct AddMember {
    Actor actor;
    AssociationId association{};
    Member member;
};
[[nodiscard]] Organised<Member> add_member(store::Session& session, const AddMember& order);

struct RemoveMember {
    Actor actor;
    AssociationId association{};
    MemberId member{};
};
[[nodiscard]] Organised<MemberId> remove_member(store::Session& session, const RemoveMember& order);

}  // namespace creneau::people
