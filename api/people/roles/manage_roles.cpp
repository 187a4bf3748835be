#include "api/people/roles/manage_roles.hpp"

#include "api/audit/audit_store.hpp"
#include "api/people/end_mailbox_access.hpp"
#include "api/people/four_eyes/tell_administrators.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/people_store.hpp"
#include "api/people/person.hpp"
#include "api/people/roles/administrator_rules.hpp"
#include "api/people/roles/role_rules.hpp"
#include "api/people/roles/role_store.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace creneau::people {

namespace {

/// Who acts on whose roles.
struct Parties {
    TownId town{};
    PersonId actor{};
    PersonId person{};
    std::chrono::sys_seconds now;
};

std::optional<RoleFault> why_not(store::Session& session, const Parties& parties) {
    const auto actor = find_person(session, parties.town, parties.actor);
    if (!actor || !may_give_roles(*actor)) {
        return RoleFault::not_allowed;
    }
    return parties.actor == parties.person ? std::optional(RoleFault::own_roles) : std::nullopt;
}

/// "office" of the whole town, "office.site:2" of a part of it.
std::string code_of(const GivenRole& role) {
    std::string code = name_of(role.role);
    if (role.scope.kind != ScopeKind::town) {
        code += '.' + std::string(name_of(role.scope.kind)) + ':' + std::to_string(role.scope.id);
    }
    return code;
}

/// Somebody with that role and no other.
Person holder_of(const GiveRole& order) {
    Person holder;
    if (order.scope.kind == ScopeKind::town) {
        holder.roles = {order.role};
    }
    return holder;
}

void record(store::Session& session, const Parties& parties, std::string_view action,
            const GivenRole& role) {
    audit::Line line;
    line.at = parties.now;
    line.actor = parties.actor;
    line.for_whom = parties.person;
    line.action = action;
    line.subject_kind = "person";
    line.subject = static_cast<std::int64_t>(parties.person);
    const std::string what = code_of(role);
    line.ground = what;
    line.log = audit::Log::security;
    audit::append(session, parties.town, line);
}

}  // namespace

tl::expected<GivenRole, RoleFaults> give_role(store::Session& session, const GiveRole& order) {
    const Parties parties{order.town, order.actor, order.person, order.now};
    if (const auto fault = why_not(session, parties)) {
        return tl::unexpected(RoleFaults{*fault});
    }
    RoleFaults faults;
    if (!find_person(session, order.town, order.person)) {
        faults.push_back(RoleFault::unknown_person);
    }
    if (!can_hold_in(order.role, order.scope.kind)) {
        faults.push_back(RoleFault::scope_not_possible);
    } else if (!scope_exists(session, order.town, order.scope)) {
        faults.push_back(RoleFault::unknown_scope);
    }
    if (!faults.empty()) {
        return tl::unexpected(faults);
    }
    GivenRole role;
    role.person = order.person;
    role.role = order.role;
    role.scope = order.scope;
    role.given_by = order.actor;
    role.given_at = order.now;
    if (auto same = select_same_role(session, order.town, role)) {
        return *std::move(same);
    }
    if (order.role != Role::booker) {
        end_mailbox_access(session, order.town, order.person);
    }
    role.id = insert_role(session, order.town, role);
    if (is_watched(holder_of(order))) {
        tell_administrators(session, order.town, order.person, order.now);
    }
    record(session, parties, "role_granted", role);
    return store::present(select_role(session, order.town, role.id), "role just given");
}

tl::expected<GivenRole, RoleFaults> withdraw_role(store::Session& session,
                                                  const WithdrawRole& order) {
    const auto role = select_role(session, order.town, order.role);
    const Parties parties{order.town, order.actor, role ? role->person : PersonId{}, order.now};
    if (const auto fault = why_not(session, parties)) {
        return tl::unexpected(RoleFaults{*fault});
    }
    if (!role) {
        return tl::unexpected(RoleFaults{RoleFault::unknown_role});
    }
    if (role->role == Role::administrator &&
        leaves_none(select_administrators(session, order.town), {role->person, {}}, order.now)) {
        return tl::unexpected(RoleFaults{RoleFault::last_administrator});
    }
    delete_role(session, order.town, order.role);
    if (!role->given_by) {
        mark_edited(session, order.town, role->person, order.now);
    }
    record(session, parties, "role_withdrawn", *role);
    return *role;
}

}  // namespace creneau::people
