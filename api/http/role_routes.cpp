#include "api/http/role_routes.hpp"

#include "api/http/fields.hpp"
#include "api/http/item_page.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/http/sign_in_answers.hpp"
#include "api/http/time_text.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/person.hpp"
#include "api/people/roles/manage_roles.hpp"
#include "api/people/roles/role_store.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace creneau::http {

namespace {

using people::RoleFault;
using Answered = tl::expected<Response, Response>;

constexpr std::size_t kLongWord = 40;
constexpr std::int64_t kLongestPage = 200;

nlohmann::json to_json(const people::GivenRole& role) {
    const bool of_file = !role.given_by;
    return {
        {"id", static_cast<std::int64_t>(role.id)},
        {"person_id", static_cast<std::int64_t>(role.person)},
        {"person_name", role.person_name},
        {"role", people::name_of(role.role)},
        {"scope", people::name_of(role.scope.kind)},
        {"scope_id", role.scope.id == 0 ? nlohmann::json(nullptr) : nlohmann::json(role.scope.id)},
        {"scope_name", role.scope_name},
        {"given_by_id", of_file ? nlohmann::json(nullptr)
                                : nlohmann::json(static_cast<std::int64_t>(*role.given_by))},
        {"given_at",
         of_file ? nlohmann::json(nullptr) : nlohmann::json(to_rfc3339(role.given_at))}};
}

FieldError error_of(RoleFault fault) {
    switch (fault) {
        case RoleFault::own_roles:
            return {"/person_id",
                    "own_roles",
                    {"Personne ne change ses propres rôles : demandez à une autre administratrice "
                     "ou à un autre administrateur.",
                     "Nobody changes their own roles: ask another administrator."}};
        case RoleFault::unknown_person:
            return {"/person_id",
                    "unknown_person",
                    {"Choisissez une personne de la ville, dont le compte est ouvert.",
                     "Choose a person of the town whose account is enabled."}};
        case RoleFault::scope_not_possible:
            return {"/scope",
                    "scope_not_possible",
                    {"Ce rôle ne vaut pas dans cette étendue : office et stage_manager valent pour "
                     "la ville, un site ou une salle ; access_administrator pour la ville ou un "
                     "site ; human_resources pour la ville ou un service ; les autres pour la "
                     "ville.",
                     "This role does not hold in such a scope: office and stage_manager hold in "
                     "the town, at a site or for a room; access_administrator in the town or at a "
                     "site; human_resources in the town or over a department; the others in the "
                     "town."}};
        case RoleFault::unknown_scope:
            return {"/scope_id",
                    "unknown_scope",
                    {"Donnez l’identifiant d’un site ou d’une salle de la ville, ou aucun pour "
                     "toute la ville.",
                     "Give the id of a site or room of the town, or none for the whole town."}};
        case RoleFault::last_administrator:
            return {"",
                    "last_administrator",
                    {"Aucun autre administrateur ne serait là : nommez-en un d’abord.",
                     "No other administrator would be there: appoint one first."}};
        case RoleFault::not_allowed:
        case RoleFault::unknown_role:
            break;
    }
    return {};
}

Response refused(const Request& request, const people::RoleFaults& faults) {
    if (faults.front() == RoleFault::not_allowed) {
        return forbidden(request);
    }
    if (faults.front() == RoleFault::unknown_role) {
        return not_found(request);
    }
    std::vector<FieldError> errors;
    std::ranges::transform(faults, std::back_inserter(errors), error_of);
    return unprocessable(request, std::move(errors));
}

people::Role role_in(Fields& fields, const std::string& word) {
    const auto role = people::role_of(word);
    if (!role && !fields.refused("role")) {
        fields.refuse(fields.name_of("role"), "unknown_role",
                      {"Un rôle connu est attendu : booker, office, administrator, stage_manager, "
                       "access_administrator, human_resources ou data_protection.",
                       "A known role is expected: booker, office, administrator, stage_manager, "
                       "access_administrator, human_resources or data_protection."});
    }
    return role.value_or(people::Role::booker);
}

people::Scope scope_in(Fields& fields) {
    const auto kind =
        people::scope_kind_of(fields.optional_text("scope", kLongWord).value_or("town"));
    if (!kind && !fields.refused("scope")) {
        fields.refuse(fields.name_of("scope"), "unknown_scope_kind",
                      {"town, site, room ou department est attendu.",
                       "town, site, room or department is expected."});
    }
    const auto id = fields.optional_integer("scope_id", {1, INT64_MAX}).value_or(0);
    return {kind.value_or(people::ScopeKind::town), id};
}

Step give(const Request& request) {
    if (!has_fresh_proof(request)) {
        return proof_needed(request);
    }
    auto fields = Fields::of_body(request);
    people::GiveRole order;
    order.town = request.town;
    order.actor = request.signed_in().id;
    order.now = request.now;
    order.person = fields.id<people::PersonId>("person_id");
    order.role = role_in(fields, fields.text("role", kLongWord));
    order.scope = scope_in(fields);
    if (!fields.ok()) {
        return fields.problem();
    }
    return Work([request, order](store::Session& session) -> Answered {
        const auto role = people::give_role(session, order);
        if (!role) {
            return tl::unexpected(refused(request, role.error()));
        }
        const auto id = std::to_string(static_cast<std::int64_t>(role->id));
        return created("/api/v1/roles/" + id, to_json(*role));
    });
}

Response list(const Request& request, store::Session& session) {
    if (!people::may_read_roles(request.signed_in())) {
        return forbidden(request);
    }
    auto fields = Fields::of_query(request);
    people::RoleQuery query;
    query.limit = fields.optional_integer("limit", {1, kLongestPage}).value_or(query.limit);
    query.after = fields.optional_id<people::RoleId>("cursor");
    query.person = fields.optional_id<people::PersonId>("person");
    if (const auto word = fields.optional_text("role", kLongWord)) {
        query.role = role_in(fields, *word);
    }
    if (!fields.ok()) {
        return fields.problem();
    }
    return page_response(people::select_roles(session, request.town, query), query.limit,
                         &people::GivenRole::id, to_json);
}

Response show(const Request& request, store::Session& session) {
    if (!people::may_read_roles(request.signed_in())) {
        return forbidden(request);
    }
    const auto role =
        people::select_role(session, request.town, people::RoleId{request.number("id")});
    return role ? json_response(200, to_json(*role)) : not_found(request);
}

Step withdraw(const Request& request) {
    if (!has_fresh_proof(request)) {
        return proof_needed(request);
    }
    const people::WithdrawRole order{request.town, request.signed_in().id,
                                     people::RoleId{request.number("id")}, request.now};
    return Work([request, order](store::Session& session) -> Answered {
        const auto role = people::withdraw_role(session, order);
        if (!role) {
            return tl::unexpected(refused(request, role.error()));
        }
        return no_content();
    });
}

}  // namespace

void add_role_routes(Routes& routes) {
    routes.create("/api/v1/roles", give);
    routes.read("GET", "/api/v1/roles", list);
    routes.read("GET", "/api/v1/roles/:id", show);
    routes.write("DELETE", "/api/v1/roles/:id", withdraw);
}

}  // namespace creneau::http
