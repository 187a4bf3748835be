#include "api/people/roles/role_store.hpp"

#include "api/people/person.hpp"
#include "api/people/roles/administrator_rules.hpp"
#include "api/store/column.hpp"
#include "api/store/insert_row.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::people {

namespace {

std::optional<std::chrono::sys_seconds> instant_or_none(std::int64_t seconds) {
    return seconds == 0 ? std::nullopt : std::optional(store::instant(seconds));
}

using soci::into;
using soci::use;
using store::instant;
using store::raw;
using store::unix_seconds;

// Ids and instants of ours are positive: 0 stands for NULL.
constexpr auto kSelect =
    "SELECT g.id, g.person_id, p.name, g.role, g.scope_kind, g.scope_id,"
    " COALESCE(s.name, r.name, d.name, ''), COALESCE(g.given_by_id, 0), g.given_at FROM "
    "person_roles g"
    " JOIN people p ON p.id = g.person_id"
    " LEFT JOIN sites s ON g.scope_kind = 'site' AND s.id = g.scope_id"
    " LEFT JOIN rooms r ON g.scope_kind = 'room' AND r.id = g.scope_id"
    " LEFT JOIN departments d ON g.scope_kind = 'department' AND d.id = g.scope_id"
    " WHERE g.town_id = :town";

struct RoleColumns {
    std::int64_t id = 0, person = 0, scope = 0, given_by = 0, given_at = 0;
    std::string person_name, role, scope_kind, scope_name;

    GivenRole given() const {
        GivenRole given;
        given.id = RoleId{id};
        given.person = PersonId{person};
        given.person_name = person_name;
        given.role = store::present(role_of(role), "role of a person");
        given.scope = {store::present(scope_kind_of(scope_kind), "scope of a role"), scope};
        given.scope_name = scope_name;
        if (given_by != 0) {
            given.given_by = PersonId{given_by};
        }
        given.given_at = instant(given_at);
        return given;
    }
};

std::vector<GivenRole> roles_where(store::Session& session, TownId town, const std::string& tail,
                                   const std::vector<std::int64_t>& numbers) {
    const std::int64_t town_id = raw(town);
    RoleColumns row;
    soci::statement statement(session.sql());
    statement.exchange(use(town_id));
    for (const std::int64_t& number : numbers) {
        statement.exchange(use(number));
    }
    for (auto* column : {&row.id, &row.person}) {
        statement.exchange(into(*column));
    }
    for (auto* column : {&row.person_name, &row.role, &row.scope_kind}) {
        statement.exchange(into(*column));
    }
    statement.exchange(into(row.scope));
    statement.exchange(into(row.scope_name));
    statement.exchange(into(row.given_by));
    statement.exchange(into(row.given_at));
    statement.alloc();
    statement.prepare(kSelect + tail);
    statement.define_and_bind();
    statement.execute();
    std::vector<GivenRole> roles;
    while (statement.fetch()) {
        roles.push_back(row.given());
    }
    return roles;
}

std::optional<GivenRole> first_of(std::vector<GivenRole> roles) {
    return roles.empty() ? std::nullopt : std::optional(roles.front());
}

}  // namespace

std::vector<GivenRole> select_roles(store::Session& session, TownId town, const RoleQuery& query) {
    std::string tail = " AND g.id > :after";
    std::vector<std::int64_t> numbers{query.after ? raw(*query.after) : 0};
    if (query.person) {
        tail += " AND g.person_id = :person";
        numbers.push_back(raw(*query.person));
    }
    if (query.role) {
        tail += " AND g.role = '" + std::string(name_of(*query.role)) + "'";
    }
    numbers.push_back(query.limit);
    return roles_where(session, town, tail + " ORDER BY g.id LIMIT :limit", numbers);
}

std::optional<GivenRole> select_role(store::Session& session, TownId town, RoleId id) {
    return first_of(roles_where(session, town, " AND g.id = :id", {raw(id)}));
}

std::optional<GivenRole> select_same_role(store::Session& session, TownId town,
                                          const GivenRole& role) {
    const std::string tail = " AND g.person_id = :person AND g.scope_id = :scope AND g.role = '" +
                             std::string(name_of(role.role)) + "' AND g.scope_kind = '" +
                             name_of(role.scope.kind) + "'";
    return first_of(roles_where(session, town, tail, {raw(role.person), role.scope.id}));
}

RoleId insert_role(store::Session& session, TownId town, const GivenRole& role) {
    const std::int64_t town_id = raw(town);
    const std::int64_t person = raw(role.person);
    const std::string word = name_of(role.role);
    const std::string kind = name_of(role.scope.kind);
    auto given_by = store::Nullable::of(role.given_by);
    const std::int64_t given_at = unix_seconds(role.given_at);
    return RoleId{store::insert_row(
        session,
        "INSERT INTO person_roles (town_id, person_id, role, scope_kind, scope_id, given_by_id,"
        " given_at) VALUES (:town, :person, :role, :kind, :scope, :giver, :at)",
        use(town_id), use(person), use(word), use(kind), use(role.scope.id),
        use(given_by.value, given_by.there), use(given_at))};
}

void delete_role(store::Session& session, TownId town, RoleId id) {
    const std::int64_t town_id = raw(town);
    const std::int64_t role_id = raw(id);
    session.sql() << "DELETE FROM person_roles WHERE town_id = :town AND id = :id", use(town_id),
        use(role_id);
}

void mark_edited(store::Session& session, TownId town, PersonId person,
                 std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t person_id = raw(person);
    const std::int64_t at = unix_seconds(now);
    session.sql() << "UPDATE people SET edited_at = :now, version = version + 1"
                     " WHERE town_id = :town AND id = :id",
        use(at), use(town_id), use(person_id);
}

std::vector<AdministratorStay> select_administrators(store::Session& session, TownId town) {
    const std::int64_t town_id = raw(town);
    std::int64_t id = 0;
    std::int64_t from = 0;
    std::int64_t until = 0;
    soci::statement statement =
        (session.sql().prepare
             << "SELECT p.id, COALESCE(p.active_from, 0), COALESCE(p.active_until, 0)"
                " FROM person_roles r JOIN people p ON p.id = r.person_id AND p.enabled = 1"
                " AND p.has_email = 1 WHERE r.town_id = :town AND r.role = 'administrator'"
                " AND r.scope_kind = 'town' ORDER BY p.id",
         use(town_id), into(id), into(from), into(until));
    statement.execute();
    std::vector<AdministratorStay> stays;
    while (statement.fetch()) {
        stays.push_back({PersonId{id}, instant_or_none(from), instant_or_none(until)});
    }
    return stays;
}

bool scope_exists(store::Session& session, TownId town, const Scope& scope) {
    if (scope.kind == ScopeKind::town) {
        return scope.id == 0;
    }
    const std::string table = scope.kind == ScopeKind::site   ? "sites"
                              : scope.kind == ScopeKind::room ? "rooms"
                                                              : "departments";
    const std::int64_t town_id = raw(town);
    std::int64_t count = 0;
    session.sql() << "SELECT COUNT(*) FROM " + table + " WHERE town_id = :town AND id = :id",
        use(town_id), use(scope.id), into(count);
    return count > 0;
}

}  // namespace creneau::people
