#include "api/people/people_store.hpp"

#include "api/people/person.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <soci/soci.h>

namespace creneau::people {

namespace {

std::optional<std::chrono::sys_seconds> instant_or_none(std::int64_t seconds) {
    return seconds == 0 ? std::nullopt : std::optional(store::instant(seconds));
}

/// The rooms that a scope reaches.
std::vector<std::int64_t> rooms_in(store::Session& session, std::int64_t town, const Scope& scope) {
    const std::int64_t site = scope.kind == ScopeKind::site ? scope.id : 0;
    const std::int64_t room = scope.kind == ScopeKind::room ? scope.id : 0;
    std::int64_t id = 0;
    soci::statement rooms =
        (session.sql().prepare << "SELECT id FROM rooms WHERE town_id = :town"
                                  " AND (site_id = :site OR id = :room) ORDER BY id",
         soci::use(town), soci::use(site), soci::use(room), soci::into(id));
    rooms.execute();
    std::vector<std::int64_t> found;
    while (rooms.fetch()) {
        found.push_back(id);
    }
    return found;
}

void read_roles(store::Session& session, std::int64_t town, Person& person) {
    const auto id = static_cast<std::int64_t>(person.id);
    std::string name;
    std::string kind;
    std::int64_t scope = 0;
    soci::statement roles =
        (session.sql().prepare << "SELECT role, scope_kind, scope_id FROM person_roles"
                                  " WHERE town_id = :town AND person_id = :person"
                                  " ORDER BY role, scope_kind, scope_id",
         soci::use(town), soci::use(id), soci::into(name), soci::into(kind), soci::into(scope));
    roles.execute();
    while (roles.fetch()) {
        const auto role = role_of(name);
        const auto scope_kind = scope_kind_of(kind);
        if (role && scope_kind == ScopeKind::town) {
            person.roles.push_back(*role);
        } else if (role && scope_kind) {
            person.local_roles.push_back({*role, {*scope_kind, scope}, {}});
        }
    }
    for (LocalRole& local : person.local_roles) {
        local.rooms = rooms_in(session, town, local.scope);
    }
}

void read_associations(store::Session& session, std::int64_t town, Person& person) {
    const auto id = static_cast<std::int64_t>(person.id);
    std::int64_t association = 0;
    std::string name;
    soci::statement associations =
        (session.sql().prepare
             << "SELECT a.id, a.name FROM association_managers m"
                " JOIN associations a ON a.id = m.association_id AND a.town_id = m.town_id"
                " AND a.enabled = 1"
                " WHERE m.town_id = :town AND m.person_id = :person ORDER BY a.name, a.id",
         soci::use(town), soci::use(id), soci::into(association), soci::into(name));
    associations.execute();
    while (associations.fetch()) {
        person.associations.push_back({AssociationId{association}, name});
    }
}

}  // namespace

std::optional<Person> find_person(store::Session& session, TownId town, PersonId id) {
    const auto town_id = static_cast<std::int64_t>(town);
    const auto person_id = static_cast<std::int64_t>(id);
    Person person;
    std::string locale;
    std::int64_t from = 0;
    std::int64_t until = 0;
    std::int64_t on_staff = 0;
    session.sql() << "SELECT name, CASE WHEN has_email = 1 THEN email ELSE '' END, locale,"
                     " COALESCE(active_from, 0), COALESCE(active_until, 0),"
                     " (SELECT COUNT(*) FROM staff s WHERE s.town_id = people.town_id"
                     " AND (s.person_id = people.id OR s.line_manager_id = people.id)) FROM people"
                     " WHERE town_id = :town AND id = :person AND enabled = 1",
        soci::use(town_id), soci::use(person_id), soci::into(person.name), soci::into(person.email),
        soci::into(locale), soci::into(from), soci::into(until), soci::into(on_staff);
    if (!session.sql().got_data()) {
        return std::nullopt;
    }
    person.id = id;
    person.locale = locale == "en" ? Locale::en : Locale::fr;
    person.active_from = instant_or_none(from);
    person.active_until = instant_or_none(until);
    person.on_staff = on_staff != 0;
    read_roles(session, town_id, person);
    read_associations(session, town_id, person);
    return person;
}

std::optional<Person> find_person_by_email(store::Session& session, TownId town,
                                           std::string_view email) {
    const auto town_id = static_cast<std::int64_t>(town);
    const auto canonical = canonical_email(email);
    std::int64_t id = 0;
    session.sql() << "SELECT id FROM people WHERE town_id = :town AND email = :email"
                     " AND has_email = 1",
        soci::use(town_id), soci::use(canonical), soci::into(id);
    return session.sql().got_data() ? find_person(session, town, PersonId{id}) : std::nullopt;
}

bool is_restricted(store::Session& session, TownId town, PersonId id) {
    const auto town_id = static_cast<std::int64_t>(town);
    const auto person_id = static_cast<std::int64_t>(id);
    std::int64_t count = 0;
    session.sql() << "SELECT COUNT(*) FROM people WHERE town_id = :town AND id = :person"
                     " AND restricted_at IS NOT NULL",
        soci::use(town_id), soci::use(person_id), soci::into(count);
    return count > 0;
}

std::string canonical_email(std::string_view email) {
    constexpr std::string_view kBlank = " \t\r\n";
    const auto first = std::min(email.find_first_not_of(kBlank), email.size());
    email.remove_prefix(first);
    email = email.substr(0, email.find_last_not_of(kBlank) + 1);
    std::string canonical(email);
    std::transform(canonical.begin(), canonical.end(), canonical.begin(), [](char byte) {
        return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
    });
    return canonical;
}

}  // namespace creneau::people
