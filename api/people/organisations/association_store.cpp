#include "api/people/organisations/association_store.hpp"

#include "api/people/organisations/organisation_types.hpp"
#include "api/people/organisations/record_keys.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <soci/soci.h>

namespace creneau::people {

namespace {

using soci::into;
using soci::use;
using store::raw;
using store::unix_seconds;

constexpr auto kSelect =
    "SELECT id, name, address, declaration, email, phone, enabled, version FROM associations"
    " WHERE town_id = :town";

struct AssociationColumns {
    AssociationRecord read;
    std::int64_t id = 0;
    std::int64_t enabled = 0;

    void bind(soci::statement& statement) {
        statement.exchange(into(id));
        for (auto* column :
             {&read.name, &read.address, &read.declaration, &read.email, &read.phone}) {
            statement.exchange(into(*column));
        }
        statement.exchange(into(enabled));
        statement.exchange(into(read.version));
    }

    AssociationRecord record() const {
        AssociationRecord one = read;
        one.id = AssociationId{id};
        one.enabled = enabled == 1;
        return one;
    }
};

void run(soci::statement& statement, const std::string& query) {
    statement.alloc();
    statement.prepare(query);
    statement.define_and_bind();
    statement.execute();
}

void read_groups(store::Session& session, TownId town, AssociationRecord& record) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(record.id);
    std::string key;
    soci::statement statement =
        (session.sql().prepare << "SELECT g.key FROM association_groups a"
                                  " JOIN booker_groups g ON g.id = a.group_id"
                                  " WHERE a.town_id = :town AND a.association_id = :id"
                                  " ORDER BY g.key",
         use(town_id), use(id), into(key));
    statement.execute();
    while (statement.fetch()) {
        record.groups.push_back(key);
    }
}

void read_managers(store::Session& session, TownId town, AssociationRecord& record) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(record.id);
    std::int64_t person = 0;
    std::string name;
    soci::statement statement =
        (session.sql().prepare << "SELECT p.id, p.name FROM association_managers m"
                                  " JOIN people p ON p.id = m.person_id"
                                  " WHERE m.town_id = :town AND m.association_id = :id"
                                  " ORDER BY p.id",
         use(town_id), use(id), into(person), into(name));
    statement.execute();
    while (statement.fetch()) {
        record.managers.push_back({PersonId{person}, name});
    }
}

void write_groups(store::Session& session, TownId town, AssociationId association,
                  const std::vector<std::string>& groups) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(association);
    session.sql()
        << "DELETE FROM association_groups WHERE town_id = :town AND association_id = :id",
        use(town_id), use(id);
    for (const std::string& key : groups) {
        session.sql() << "INSERT INTO association_groups (town_id, association_id, group_id)"
                         " SELECT g.town_id, CAST(:id AS BIGINT), g.id FROM booker_groups g"
                         " WHERE g.town_id = :town AND g.key = :key",
            use(id, "id"), use(town_id, "town"), use(key, "key");
    }
}

/// An edit of what hangs on an association is one of it, too.
void touch(store::Session& session, TownId town, AssociationId association) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(association);
    session.sql() << "UPDATE associations SET version = version + 1,"
                     " edited_at = COALESCE(edited_at, 0) WHERE town_id = :town AND id = :id",
        use(town_id), use(id);
}

}  // namespace

std::vector<AssociationRecord> select_associations(store::Session& session, TownId town,
                                                   const Page& page) {
    const std::int64_t town_id = raw(town);
    const std::string pattern = pattern_of(page);
    AssociationColumns columns;
    soci::statement statement(session.sql());
    columns.bind(statement);
    statement.exchange(use(town_id));
    statement.exchange(use(page.after));
    statement.exchange(use(pattern));
    statement.exchange(use(page.limit));
    run(statement, std::string(kSelect) +
                       " AND id > :after AND LOWER(name) LIKE LOWER(:name) ESCAPE '!'"
                       " ORDER BY id LIMIT :limit");
    std::vector<AssociationRecord> records;
    while (statement.fetch()) {
        records.push_back(columns.record());
    }
    for (AssociationRecord& record : records) {
        read_groups(session, town, record);
        read_managers(session, town, record);
    }
    return records;
}

std::optional<AssociationRecord> select_association(store::Session& session, TownId town,
                                                    AssociationId id) {
    const std::int64_t town_id = raw(town);
    const std::int64_t association = raw(id);
    AssociationColumns columns;
    soci::statement statement(session.sql());
    columns.bind(statement);
    statement.exchange(use(town_id));
    statement.exchange(use(association));
    run(statement, std::string(kSelect) + " AND id = :id");
    if (!statement.fetch()) {
        return std::nullopt;
    }
    AssociationRecord record = columns.record();
    read_groups(session, town, record);
    read_managers(session, town, record);
    return record;
}

AssociationId insert_association(store::Session& session, TownId town,
                                 const AssociationRecord& record, std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::string key = new_key();
    const std::int64_t enabled = record.enabled ? 1 : 0;
    const std::int64_t at = unix_seconds(now);
    std::int64_t id = 0;
    session.sql() << "INSERT INTO associations (town_id, key, name, address, declaration, email,"
                     " phone, enabled, edited_at) VALUES (:town, :key, :name, :address,"
                     " :declaration, :email, :phone, :enabled, :at) RETURNING id",
        use(town_id), use(key), use(record.name), use(record.address), use(record.declaration),
        use(record.email), use(record.phone), use(enabled), use(at), into(id);
    write_groups(session, town, AssociationId{id}, record.groups);
    return AssociationId{id};
}

bool update_association(store::Session& session, TownId town, const AssociationRecord& record,
                        std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(record.id);
    const std::int64_t enabled = record.enabled ? 1 : 0;
    const std::int64_t at = unix_seconds(now);
    soci::statement statement =
        (session.sql().prepare
             << "UPDATE associations SET name = :name, address = :address,"
                " declaration = :declaration, email = :email, phone = :phone, enabled = :enabled,"
                " edited_at = :at, version = version + 1"
                " WHERE town_id = :town AND id = :id AND version = :version",
         use(record.name), use(record.address), use(record.declaration), use(record.email),
         use(record.phone), use(enabled), use(at), use(town_id), use(id), use(record.version));
    statement.execute(true);
    if (statement.get_affected_rows() != 1) {
        return false;
    }
    write_groups(session, town, record.id, record.groups);
    return true;
}

std::vector<std::string> unknown_groups(store::Session& session, TownId town,
                                        const std::vector<std::string>& keys) {
    const std::int64_t town_id = raw(town);
    std::vector<std::string> unknown;
    for (const std::string& key : keys) {
        std::int64_t found = 0;
        session.sql() << "SELECT COUNT(*) FROM booker_groups WHERE town_id = :town AND key = :key",
            use(town_id), use(key), into(found);
        if (found == 0) {
            unknown.push_back(key);
        }
    }
    return unknown;
}

bool insert_manager(store::Session& session, TownId town, AssociationId association,
                    PersonId person) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(association);
    const std::int64_t person_id = raw(person);
    soci::statement statement =
        (session.sql().prepare << "INSERT INTO association_managers (town_id, association_id,"
                                  " person_id) VALUES (:town, :association, :person)"
                                  " ON CONFLICT DO NOTHING",
         use(town_id), use(id), use(person_id));
    statement.execute(true);
    const bool is_new = statement.get_affected_rows() == 1;
    if (is_new) {
        touch(session, town, association);
    }
    return is_new;
}

bool delete_manager(store::Session& session, TownId town, AssociationId association,
                    PersonId person) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(association);
    const std::int64_t person_id = raw(person);
    soci::statement statement =
        (session.sql().prepare << "DELETE FROM association_managers WHERE town_id = :town"
                                  " AND association_id = :association AND person_id = :person",
         use(town_id), use(id), use(person_id));
    statement.execute(true);
    const bool was_there = statement.get_affected_rows() == 1;
    if (was_there) {
        touch(session, town, association);
    }
    return was_there;
}

std::vector<Member> select_members(store::Session& session, TownId town, AssociationId association,
                                   const Page& page) {
    const std::int64_t town_id = raw(town);
    const std::int64_t association_id = raw(association);
    std::int64_t id = 0;
    Member member;
    soci::statement statement =
        (session.sql().prepare << "SELECT id, name, email FROM association_members"
                                  " WHERE town_id = :town AND association_id = :association"
                                  " AND id > :after ORDER BY id LIMIT :limit",
         use(town_id), use(association_id), use(page.after), use(page.limit), into(id),
         into(member.name), into(member.email));
    statement.execute();
    std::vector<Member> members;
    while (statement.fetch()) {
        member.id = MemberId{id};
        members.push_back(member);
    }
    return members;
}

std::int64_t count_members(store::Session& session, TownId town, AssociationId association) {
    const std::int64_t town_id = raw(town);
    const std::int64_t association_id = raw(association);
    std::int64_t count = 0;
    session.sql() << "SELECT COUNT(*) FROM association_members WHERE town_id = :town"
                     " AND association_id = :association",
        use(town_id), use(association_id), into(count);
    return count;
}

MemberId insert_member(store::Session& session, TownId town, AssociationId association,
                       const Member& member) {
    const std::int64_t town_id = raw(town);
    const std::int64_t association_id = raw(association);
    std::int64_t id = 0;
    session.sql() << "INSERT INTO association_members (town_id, association_id, name, email)"
                     " VALUES (:town, :association, :name, :email) RETURNING id",
        use(town_id), use(association_id), use(member.name), use(member.email), into(id);
    return MemberId{id};
}

bool delete_member(store::Session& session, TownId town, AssociationId association,
                   MemberId member) {
    const std::int64_t town_id = raw(town);
    const std::int64_t association_id = raw(association);
    const std::int64_t id = raw(member);
    soci::statement statement =
        (session.sql().prepare << "DELETE FROM association_members WHERE town_id = :town"
                                  " AND association_id = :association AND id = :id",
         use(town_id), use(association_id), use(id));
    statement.execute(true);
    return statement.get_affected_rows() == 1;
}

}  // namespace creneau::people
