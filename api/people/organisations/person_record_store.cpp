#include "api/people/organisations/person_record_store.hpp"

#include "api/people/organisations/organisation_types.hpp"
#include "api/people/organisations/record_keys.hpp"
#include "api/people/person.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::people {

namespace {

using soci::into;
using soci::use;
using store::raw;
using store::unix_seconds;

constexpr auto kSelect =
    "SELECT id, name, CASE WHEN has_email = 1 THEN email ELSE '' END, locale, phone,"
    " postal_address, enabled, version, CASE WHEN erased_at IS NULL THEN 0 ELSE 1 END,"
    " CASE WHEN restricted_at IS NULL THEN 0 ELSE 1 END FROM people WHERE town_id = :town";

struct PersonColumns {
    PersonRecord read;
    std::int64_t id = 0;
    std::int64_t enabled = 0;
    std::int64_t erased = 0;
    std::int64_t restricted = 0;

    void bind(soci::statement& statement) {
        statement.exchange(into(id));
        for (auto* column :
             {&read.name, &read.email, &read.locale, &read.phone, &read.postal_address}) {
            statement.exchange(into(*column));
        }
        statement.exchange(into(enabled));
        statement.exchange(into(read.version));
        statement.exchange(into(erased));
        statement.exchange(into(restricted));
    }

    PersonRecord record() const {
        PersonRecord one = read;
        one.id = PersonId{id};
        one.enabled = enabled == 1;
        one.erased = erased == 1;
        one.restricted = restricted == 1;
        return one;
    }
};

void run(soci::statement& statement, const std::string& query) {
    statement.alloc();
    statement.prepare(query);
    statement.define_and_bind();
    statement.execute();
}

void read_roles(store::Session& session, TownId town, PersonRecord& record) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(record.id);
    std::string word;
    soci::statement statement =
        (session.sql().prepare << "SELECT DISTINCT role FROM person_roles WHERE town_id = :town"
                                  " AND person_id = :id ORDER BY role",
         use(town_id), use(id), into(word));
    statement.execute();
    while (statement.fetch()) {
        if (const auto role = role_of(word)) {
            record.roles.push_back(*role);
        }
    }
}

/// Who has no address has their key in its place (0014).
struct StoredEmail {
    std::int64_t there = 0;
    std::string text;
};

StoredEmail stored(const std::string& email, const std::string& key) {
    return email.empty() ? StoredEmail{0, key} : StoredEmail{1, email};
}

}  // namespace

std::vector<PersonRecord> select_people(store::Session& session, TownId town, const Page& page) {
    const std::int64_t town_id = raw(town);
    const std::string pattern = pattern_of(page);
    const std::int64_t restricted = page.restricted ? 1 : 0;
    PersonColumns columns;
    soci::statement statement(session.sql());
    columns.bind(statement);
    statement.exchange(use(town_id));
    statement.exchange(use(page.after));
    statement.exchange(use(pattern));
    statement.exchange(use(restricted));
    statement.exchange(use(page.limit));
    run(statement, std::string(kSelect) +
                       " AND id > :after AND LOWER(name) LIKE LOWER(:name) ESCAPE '!'"
                       " AND (restricted_at IS NULL OR CAST(:restricted AS BIGINT) = 1)"
                       " ORDER BY id LIMIT :limit");
    std::vector<PersonRecord> records;
    while (statement.fetch()) {
        records.push_back(columns.record());
    }
    for (PersonRecord& record : records) {
        read_roles(session, town, record);
    }
    return records;
}

std::optional<PersonRecord> select_person(store::Session& session, TownId town, PersonId id) {
    const std::int64_t town_id = raw(town);
    const std::int64_t person = raw(id);
    PersonColumns columns;
    soci::statement statement(session.sql());
    columns.bind(statement);
    statement.exchange(use(town_id));
    statement.exchange(use(person));
    run(statement, std::string(kSelect) + " AND id = :id");
    if (!statement.fetch()) {
        return std::nullopt;
    }
    PersonRecord record = columns.record();
    read_roles(session, town, record);
    return record;
}

bool is_known_person(store::Session& session, TownId town, PersonId id) {
    const std::int64_t town_id = raw(town);
    const std::int64_t person = raw(id);
    std::int64_t count = 0;
    session.sql() << "SELECT COUNT(*) FROM people WHERE town_id = :town AND id = :id"
                     " AND erased_at IS NULL",
        use(town_id), use(person), into(count);
    return count > 0;
}

bool is_email_taken(store::Session& session, TownId town, const std::string& email, PersonId but) {
    const std::int64_t town_id = raw(town);
    const std::int64_t but_id = raw(but);
    std::int64_t count = 0;
    session.sql() << "SELECT COUNT(*) FROM people WHERE town_id = :town AND email = :email"
                     " AND id <> :but",
        use(town_id), use(email), use(but_id), into(count);
    return count > 0;
}

PersonId insert_person(store::Session& session, TownId town, const PersonRecord& record,
                       std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::string key = new_key();
    const StoredEmail email = stored(record.email, key);
    const std::int64_t enabled = record.enabled ? 1 : 0;
    const std::int64_t at = unix_seconds(now);
    std::int64_t id = 0;
    session.sql() << "INSERT INTO people (town_id, key, name, email, has_email, locale, phone,"
                     " postal_address, enabled, edited_at) VALUES (:town, :key, :name, :email,"
                     " :has_email, :locale, :phone, :address, :enabled, :at) RETURNING id",
        use(town_id), use(key), use(record.name), use(email.text), use(email.there),
        use(record.locale), use(record.phone), use(record.postal_address), use(enabled), use(at),
        into(id);
    session.sql() << "INSERT INTO person_roles (town_id, person_id, role)"
                     " VALUES (:town, :person, 'booker')",
        use(town_id), use(id);
    return PersonId{id};
}

void mark_let_in(store::Session& session, TownId town, PersonId person,
                 std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(person);
    const std::int64_t at = unix_seconds(now);
    session.sql() << "UPDATE people SET let_in_at = :at WHERE town_id = :town AND id = :id",
        use(at), use(town_id), use(id);
}

bool update_person(store::Session& session, TownId town, const PersonRecord& record,
                   std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(record.id);
    const std::int64_t has_email = record.email.empty() ? 0 : 1;
    const std::int64_t enabled = record.enabled ? 1 : 0;
    const std::int64_t at = unix_seconds(now);
    soci::statement statement =
        (session.sql().prepare
             << "UPDATE people SET name = :name,"
                " email = CASE WHEN CAST(:has_email AS BIGINT) = 1 THEN CAST(:email AS TEXT)"
                " ELSE key END, has_email = CAST(:has AS BIGINT), locale = :locale,"
                " phone = :phone, postal_address = :address, enabled = :enabled,"
                " edited_at = :at, version = version + 1"
                " WHERE town_id = :town AND id = :id AND version = :version",
         use(record.name), use(has_email), use(record.email), use(has_email), use(record.locale),
         use(record.phone), use(record.postal_address), use(enabled), use(at), use(town_id),
         use(id), use(record.version));
    statement.execute(true);
    return statement.get_affected_rows() == 1;
}

}  // namespace creneau::people
