#include "api/arrivals/movement_store.hpp"

#include "api/arrivals/movement_rules.hpp"
#include "api/arrivals/movement_types.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/people/person.hpp"
#include "api/store/column.hpp"
#include "api/store/insert_row.hpp"
#include "api/store/only_in.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::arrivals {

namespace {

using soci::into;
using soci::use;
using store::instant;
using store::Nullable;
using store::raw;
using store::unix_seconds;

/// No write waits for long; the others follow with the next tick.
constexpr std::int64_t kMostAtOnce = 50;

std::optional<std::chrono::sys_seconds> instant_or_none(std::int64_t seconds) {
    return seconds == 0 ? std::nullopt : std::optional(instant(seconds));
}

/// The columns of a movement. Ids and instants of ours are positive: 0 stands for NULL.
struct MovementColumns {
    static constexpr auto kSelect =
        "SELECT m.id, m.kind, m.person_id, p.name, COALESCE(d.name, ''),"
        " COALESCE(s.line_manager_id, 0), m.at, m.local_at, m.delay_h, m.corrected,"
        " COALESCE(m.done_at, 0), COALESCE(m.withdrawn_at, 0), m.version FROM staff_movements m"
        " JOIN people p ON p.id = m.person_id LEFT JOIN staff s ON s.person_id = m.person_id"
        " LEFT JOIN departments d ON d.id = s.department_id WHERE m.town_id = :town";

    std::int64_t id = 0, person = 0, manager = 0, at = 0, delay = 0, corrected = 0, done = 0;
    std::int64_t withdrawn = 0, version = 0;
    std::string kind, name, department, local;

    void bind(soci::statement& statement) {
        statement.exchange(into(id));
        statement.exchange(into(kind));
        statement.exchange(into(person));
        statement.exchange(into(name));
        statement.exchange(into(department));
        statement.exchange(into(manager));
        statement.exchange(into(at));
        statement.exchange(into(local));
        for (auto* column : {&delay, &corrected, &done, &withdrawn, &version}) {
            statement.exchange(into(*column));
        }
    }

    Movement movement() const {
        Movement read;
        read.id = MovementId{id};
        read.kind = store::present(movement_kind_of(kind), "kind of a movement");
        read.person = {PersonId{person}, name};
        read.department = department;
        if (manager != 0) {
            read.line_manager = PersonId{manager};
        }
        read.moment = {instant(at), local};
        read.delay = std::chrono::hours(delay);
        read.corrected = corrected == 1;
        read.done_at = instant_or_none(done);
        read.withdrawn_at = instant_or_none(withdrawn);
        read.version = version;
        return read;
    }
};

std::vector<Notice> notices_of(store::Session& session, TownId town, MovementId movement) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(movement);
    std::string step;
    std::string by_name;
    std::int64_t told = 0, reminded = 0, acknowledged = 0, by = 0;
    Notice notice;
    soci::statement statement =
        (session.sql().prepare
             << "SELECT n.step, COALESCE(n.told_at, 0), COALESCE(n.reminded_at, 0), n.reminders,"
                " COALESCE(n.acknowledged_at, 0), COALESCE(p.id, 0), COALESCE(p.name, '')"
                " FROM movement_notices n LEFT JOIN people p ON p.id = n.acknowledged_by_id"
                " WHERE n.town_id = :town AND n.movement_id = :movement ORDER BY n.id",
         use(town_id), use(id), into(step), into(told), into(reminded), into(notice.reminders),
         into(acknowledged), into(by), into(by_name));
    statement.execute();
    std::vector<Notice> notices;
    while (statement.fetch()) {
        notice.step = store::present(notice_step_of(step), "step of a notice");
        notice.told_at = instant_or_none(told);
        notice.reminded_at = instant_or_none(reminded);
        notice.acknowledged_at = instant_or_none(acknowledged);
        notice.acknowledged_by.reset();
        if (by != 0) {
            notice.acknowledged_by = people::NamedPerson{PersonId{by}, by_name};
        }
        notices.push_back(notice);
    }
    return notices;
}

/// Movements of a condition, whose numbers follow the town.
std::vector<Movement> movements_where(store::Session& session, TownId town, const std::string& tail,
                                      const std::vector<std::int64_t>& numbers) {
    const std::int64_t town_id = raw(town);
    MovementColumns columns;
    std::vector<Movement> movements;
    {
        soci::statement statement(session.sql());
        columns.bind(statement);
        statement.exchange(use(town_id));
        for (const std::int64_t& number : numbers) {
            statement.exchange(use(number));
        }
        statement.alloc();
        statement.prepare(MovementColumns::kSelect + tail);
        statement.define_and_bind();
        statement.execute();
        while (statement.fetch()) {
            movements.push_back(columns.movement());
        }
    }
    for (Movement& movement : movements) {
        movement.notices = notices_of(session, town, movement.id);
    }
    return movements;
}

std::optional<Movement> only_one(std::vector<Movement> movements) {
    return movements.empty() ? std::nullopt : std::optional(std::move(movements.front()));
}

/// Sets a column of a movement that is neither carried out nor withdrawn.
bool end_movement(store::Session& session, TownId town, MovementId id, const std::string& column,
                  std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t movement = raw(id);
    const std::int64_t at = unix_seconds(now);
    soci::statement statement =
        (session.sql().prepare << "UPDATE staff_movements SET " << column
                               << " = :now, version = version + 1 WHERE town_id = :town"
                                  " AND id = :id AND done_at IS NULL AND withdrawn_at IS NULL",
         use(at), use(town_id), use(movement));
    statement.execute(true);
    return statement.get_affected_rows() == 1;
}

}  // namespace

MovementId insert_movement(store::Session& session, TownId town, const NewMovement& movement) {
    const std::int64_t town_id = raw(town);
    const std::int64_t person = raw(movement.person);
    const std::string kind(word_of(movement.kind));
    const std::int64_t at = unix_seconds(movement.moment.at);
    const std::int64_t delay = movement.delay.count();
    const std::int64_t by = raw(movement.announced_by);
    const std::int64_t announced = unix_seconds(movement.announced_at);
    const std::int64_t id = store::insert_row(
        session,
        "INSERT INTO staff_movements (town_id, person_id, kind, at, local_at, delay_h,"
        " announced_by_id, announced_at) VALUES (:town, :person, :kind, :at, :local, :delay, :by,"
        " :announced)",
        use(town_id), use(person), use(kind), use(at), use(movement.moment.local), use(delay),
        use(by), use(announced));
    for (const NoticeStep one : movement.steps) {
        const std::string step(word_of(one));
        session.sql() << "INSERT INTO movement_notices (town_id, movement_id, step)"
                         " VALUES (:town, :movement, :step)",
            use(town_id), use(id), use(step);
    }
    return MovementId{id};
}

std::optional<Movement> select_movement(store::Session& session, TownId town, MovementId id) {
    return only_one(movements_where(session, town, " AND m.id = :id", {raw(id)}));
}

std::optional<Movement> select_open_movement(store::Session& session, TownId town, PersonId person,
                                             MovementKind kind) {
    auto open = movements_where(session, town,
                                " AND m.person_id = :person AND m.done_at IS NULL"
                                " AND m.withdrawn_at IS NULL ORDER BY m.id",
                                {raw(person)});
    std::erase_if(open, [kind](const Movement& movement) { return movement.kind != kind; });
    return only_one(std::move(open));
}

std::vector<Movement> select_movements(store::Session& session, TownId town,
                                       const std::optional<PersonId>& line_manager,
                                       const people::Page& page) {
    std::string tail = " AND m.id < :before";
    std::vector<std::int64_t> numbers{page.after == 0 ? std::numeric_limits<std::int64_t>::max()
                                                      : page.after};
    if (line_manager) {
        tail += " AND (s.line_manager_id = :manager";
        if (!page.departments.empty()) {
            tail += " OR (s.town_id = m.town_id";
            tail += store::only_in("s.department_id", page.departments);
            tail += ')';
        }
        tail += ')';
        numbers.push_back(raw(*line_manager));
    }
    numbers.push_back(page.limit);
    return movements_where(session, town, tail + " ORDER BY m.id DESC LIMIT :limit", numbers);
}

std::vector<Movement> select_to_carry_out(store::Session& session, TownId town,
                                          std::chrono::sys_seconds now) {
    return movements_where(session, town,
                           " AND m.at <= :now AND m.done_at IS NULL AND m.withdrawn_at IS NULL"
                           " ORDER BY m.at, m.id LIMIT :most",
                           {unix_seconds(now), kMostAtOnce});
}

std::vector<Movement> select_to_tell(store::Session& session, TownId town) {
    return movements_where(session, town,
                           " AND m.withdrawn_at IS NULL AND m.id IN (SELECT n.movement_id"
                           " FROM movement_notices n WHERE n.town_id = :same"
                           " AND n.acknowledged_at IS NULL AND n.reminders < :most)"
                           " ORDER BY m.id",
                           {raw(town), kMostReminders});
}

std::vector<Movement> select_to_invite(store::Session& session, TownId town,
                                       std::chrono::sys_seconds before) {
    return movements_where(session, town,
                           " AND m.kind = 'arrival' AND m.invited_at IS NULL AND m.at <= :before"
                           " AND m.withdrawn_at IS NULL ORDER BY m.id LIMIT :most",
                           {unix_seconds(before), kMostAtOnce});
}

bool correct_moment(store::Session& session, TownId town, const Movement& movement) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(movement.id);
    const std::int64_t at = unix_seconds(movement.moment.at);
    soci::statement statement =
        (session.sql().prepare
             << "UPDATE staff_movements SET at = :at, local_at = :local, invited_at = NULL,"
                " corrected = 1, version = version + 1 WHERE town_id = :town"
                " AND id = :id AND version = :version AND done_at IS NULL"
                " AND withdrawn_at IS NULL",
         use(at), use(movement.moment.local), use(town_id), use(id), use(movement.version));
    statement.execute(true);
    if (statement.get_affected_rows() != 1) {
        return false;
    }
    session.sql() << "UPDATE movement_notices SET told_at = NULL, reminded_at = NULL,"
                     " reminders = 0, acknowledged_at = NULL, acknowledged_by_id = NULL"
                     " WHERE town_id = :town AND movement_id = :id",
        use(town_id), use(id);
    return true;
}

bool mark_done(store::Session& session, TownId town, MovementId id, std::chrono::sys_seconds now) {
    return end_movement(session, town, id, "done_at", now);
}

bool mark_withdrawn(store::Session& session, TownId town, MovementId id,
                    std::chrono::sys_seconds now) {
    return end_movement(session, town, id, "withdrawn_at", now);
}

void mark_invited(store::Session& session, TownId town, MovementId id,
                  std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t movement = raw(id);
    const std::int64_t at = unix_seconds(now);
    session.sql() << "UPDATE staff_movements SET invited_at = :now WHERE town_id = :town"
                     " AND id = :id",
        use(at), use(town_id), use(movement);
}

void keep_notice(store::Session& session, TownId town, MovementId movement, const Notice& notice) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(movement);
    const std::string step(word_of(notice.step));
    auto told = Nullable::at(notice.told_at);
    auto reminded = Nullable::at(notice.reminded_at);
    auto acknowledged = Nullable::at(notice.acknowledged_at);
    auto by = Nullable::of(notice.acknowledged_by ? std::optional(notice.acknowledged_by->id)
                                                  : std::nullopt);
    session.sql() << "UPDATE movement_notices SET told_at = :told, reminded_at = :reminded,"
                     " reminders = :reminders, acknowledged_at = :acknowledged,"
                     " acknowledged_by_id = :by WHERE town_id = :town AND movement_id = :movement"
                     " AND step = :step",
        use(told.value, told.there), use(reminded.value, reminded.there), use(notice.reminders),
        use(acknowledged.value, acknowledged.there), use(by.value, by.there), use(town_id), use(id),
        use(step);
}

}  // namespace creneau::arrivals
