#include "api/people/organisations/staff_store.hpp"

#include "api/people/organisations/organisation_types.hpp"
#include "api/store/column.hpp"
#include "api/store/only_in.hpp"
#include "api/store/session.hpp"

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

constexpr auto kSelect =
    "SELECT s.person_id, p.name, s.department_id, COALESCE(s.line_manager_id, 0), s.from_date,"
    " s.until_date, s.version FROM staff s JOIN people p ON p.id = s.person_id"
    " WHERE s.town_id = :town";

std::vector<StaffRecord> staff_where(store::Session& session, const std::string& condition,
                                     TownId town, std::int64_t number, std::int64_t limit) {
    const std::int64_t town_id = raw(town);
    StaffRecord record;
    std::int64_t person = 0;
    std::int64_t department = 0;
    std::int64_t manager = 0;
    soci::statement statement =
        (session.sql().prepare << kSelect + condition + " ORDER BY s.person_id LIMIT :limit",
         use(town_id), use(number), use(limit), into(person), into(record.name), into(department),
         into(manager), into(record.from_date), into(record.until_date), into(record.version));
    statement.execute();
    std::vector<StaffRecord> staff;
    while (statement.fetch()) {
        record.person = PersonId{person};
        record.department = DepartmentId{department};
        record.line_manager = manager == 0 ? std::nullopt : std::optional(PersonId{manager});
        staff.push_back(record);
    }
    return staff;
}

bool is_name_taken(store::Session& session, std::int64_t town, const std::string& name,
                   std::int64_t but) {
    std::int64_t count = 0;
    session.sql() << "SELECT COUNT(*) FROM departments WHERE town_id = :town AND name = :name"
                     " AND id <> :but",
        use(town), use(name), use(but), into(count);
    return count > 0;
}

}  // namespace

Scope place_of(DepartmentId department) {
    return {ScopeKind::department, raw(department)};
}

Scope place_of_staff(store::Session& session, TownId town, PersonId person) {
    const auto member = select_staff_member(session, town, person);
    return member ? place_of(member->department) : Scope{};
}

std::vector<Department> select_departments(store::Session& session, TownId town, const Page& page) {
    const std::int64_t town_id = raw(town);
    std::int64_t id = 0;
    std::string name;
    soci::statement statement =
        (session.sql().prepare << "SELECT id, name FROM departments WHERE town_id = :town"
                               << store::only_in("id", page.departments)
                               << " AND id > :after ORDER BY id LIMIT :limit",
         use(town_id), use(page.after), use(page.limit), into(id), into(name));
    statement.execute();
    std::vector<Department> departments;
    while (statement.fetch()) {
        departments.push_back({DepartmentId{id}, name});
    }
    return departments;
}

bool has_department(store::Session& session, TownId town, DepartmentId id) {
    const std::int64_t town_id = raw(town);
    const std::int64_t department = raw(id);
    std::int64_t count = 0;
    session.sql() << "SELECT COUNT(*) FROM departments WHERE town_id = :town AND id = :id",
        use(town_id), use(department), into(count);
    return count == 1;
}

std::optional<DepartmentId> insert_department(store::Session& session, TownId town,
                                              const std::string& name) {
    const std::int64_t town_id = raw(town);
    if (is_name_taken(session, town_id, name, 0)) {
        return std::nullopt;
    }
    std::int64_t id = 0;
    session.sql() << "INSERT INTO departments (town_id, name) VALUES (:town, :name) RETURNING id",
        use(town_id), use(name), into(id);
    return DepartmentId{id};
}

bool rename_department(store::Session& session, TownId town, const Department& department) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(department.id);
    if (is_name_taken(session, town_id, department.name, id)) {
        return false;
    }
    soci::statement statement = (session.sql().prepare << "UPDATE departments SET name = :name"
                                                          " WHERE town_id = :town AND id = :id",
                                 use(department.name), use(town_id), use(id));
    statement.execute(true);
    return statement.get_affected_rows() == 1;
}

std::vector<StaffRecord> select_staff(store::Session& session, TownId town, const Page& page) {
    std::string condition = page.restricted ? "" : " AND p.restricted_at IS NULL";
    condition += store::only_in("s.department_id", page.departments);
    return staff_where(session, condition + " AND s.person_id > :after", town, page.after,
                       page.limit);
}

std::optional<StaffRecord> select_staff_member(store::Session& session, TownId town,
                                               PersonId person) {
    auto found = staff_where(session, " AND s.person_id = :person", town, raw(person), 1);
    return found.empty() ? std::nullopt : std::optional(found.front());
}

bool write_staff(store::Session& session, TownId town, const StaffRecord& record) {
    const std::int64_t town_id = raw(town);
    const std::int64_t person = raw(record.person);
    const std::int64_t department = raw(record.department);
    std::int64_t manager = record.line_manager ? raw(*record.line_manager) : 0;
    soci::indicator has_manager = record.line_manager ? soci::i_ok : soci::i_null;
    if (record.version == 0) {
        session.sql() << "INSERT INTO staff (person_id, town_id, department_id, line_manager_id,"
                         " from_date, until_date) VALUES (:person, :town, :department, :manager,"
                         " :from, :until)",
            use(person), use(town_id), use(department), use(manager, has_manager),
            use(record.from_date), use(record.until_date);
        return true;
    }
    soci::statement statement =
        (session.sql().prepare
             << "UPDATE staff SET department_id = :department, line_manager_id = :manager,"
                " from_date = :from, until_date = :until, version = version + 1"
                " WHERE town_id = :town AND person_id = :person AND version = :version",
         use(department), use(manager, has_manager), use(record.from_date), use(record.until_date),
         use(town_id), use(person), use(record.version));
    statement.execute(true);
    return statement.get_affected_rows() == 1;
}

std::vector<Duty> select_duties(store::Session& session, TownId town,
                                std::optional<PersonId> person, const Page& page) {
    const std::int64_t town_id = raw(town);
    const std::int64_t of = person ? raw(*person) : 0;
    std::int64_t id = 0;
    std::int64_t whose = 0;
    Duty duty;
    std::string condition =
        page.restricted ? ""
                        : " AND NOT EXISTS (SELECT 1 FROM people p WHERE p.id = duties.person_id"
                          " AND p.restricted_at IS NOT NULL)";
    if (!page.departments.empty()) {
        condition += " AND EXISTS (SELECT 1 FROM staff s WHERE s.person_id = duties.person_id";
        condition += store::only_in("s.department_id", page.departments);
        condition += ')';
    }
    soci::statement statement =
        (session.sql().prepare << "SELECT id, person_id, word, from_date, until_date FROM duties"
                                  " WHERE town_id = :town AND id > :after"
                                  " AND (CAST(:any AS BIGINT) = 0 OR person_id = :person)"
                               << condition << " ORDER BY id LIMIT :limit",
         use(town_id), use(page.after), use(of), use(of), use(page.limit), into(id), into(whose),
         into(duty.word), into(duty.from_date), into(duty.until_date));
    statement.execute();
    std::vector<Duty> duties;
    while (statement.fetch()) {
        duty.id = DutyId{id};
        duty.person = PersonId{whose};
        duties.push_back(duty);
    }
    return duties;
}

DutyId insert_duty(store::Session& session, TownId town, const Duty& duty) {
    const std::int64_t town_id = raw(town);
    const std::int64_t person = raw(duty.person);
    std::int64_t id = 0;
    session.sql() << "INSERT INTO duties (town_id, person_id, word, from_date, until_date)"
                     " VALUES (:town, :person, :word, :from, :until) RETURNING id",
        use(town_id), use(person), use(duty.word), use(duty.from_date), use(duty.until_date),
        into(id);
    return DutyId{id};
}

std::optional<PersonId> select_duty_person(store::Session& session, TownId town, DutyId id) {
    const std::int64_t town_id = raw(town);
    const std::int64_t duty = raw(id);
    std::int64_t person = 0;
    session.sql() << "SELECT person_id FROM duties WHERE town_id = :town AND id = :id",
        use(town_id), use(duty), into(person);
    return session.sql().got_data() ? std::optional(PersonId{person}) : std::nullopt;
}

std::optional<PersonId> delete_duty(store::Session& session, TownId town, DutyId id) {
    const std::int64_t town_id = raw(town);
    const std::int64_t duty = raw(id);
    std::int64_t person = 0;
    session.sql() << "DELETE FROM duties WHERE town_id = :town AND id = :id RETURNING person_id",
        use(town_id), use(duty), into(person);
    return session.sql().got_data() ? std::optional(PersonId{person}) : std::nullopt;
}

}  // namespace creneau::people
