#include "api/people/four_eyes/confirmation_store.hpp"

#include "api/people/four_eyes/confirmation_types.hpp"
#include "api/people/ids.hpp"
#include "api/people/organisations/person_record_store.hpp"
#include "api/people/person.hpp"
#include "api/store/column.hpp"
#include "api/store/insert_row.hpp"
#include "api/store/only_in.hpp"
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

using soci::into;
using soci::use;
using store::instant;
using store::raw;
using store::unix_seconds;

/// A key's number is a byte of its pass; 0 is none.
constexpr std::int64_t kLastKeyNumber = 255;

constexpr auto kSelect =
    "SELECT id, kind, subject_id, asked_by_id, asked_at, ends_at, COALESCE(confirmed_by_id, 0),"
    " COALESCE(confirmed_at, 0), COALESCE(used_at, 0) FROM confirmations WHERE town_id = :town";

struct Columns {
    std::int64_t id = 0, subject = 0, asked_by = 0, asked_at = 0, ends_at = 0;
    std::int64_t confirmed_by = 0, confirmed_at = 0, used_at = 0;
    std::string kind;

    void bind(soci::statement& statement) {
        statement.exchange(into(id));
        statement.exchange(into(kind));
        for (auto* column :
             {&subject, &asked_by, &asked_at, &ends_at, &confirmed_by, &confirmed_at, &used_at}) {
            statement.exchange(into(*column));
        }
    }

    [[nodiscard]] Confirmation read() const {
        Confirmation one;
        one.id = ConfirmationId{id};
        one.kind = store::present(confirmed_kind_of(kind), "kind of a confirmation");
        one.asked_by = PersonId{asked_by};
        one.asked_at = instant(asked_at);
        one.ends_at = instant(ends_at);
        one.subject = subject;
        if (confirmed_by != 0) {
            one.confirmed_by = PersonId{confirmed_by};
            one.confirmed_at = instant(confirmed_at);
        }
        if (used_at != 0) {
            one.used_at = instant(used_at);
        }
        return one;
    }
};

std::vector<Confirmation> read_where(store::Session& session, TownId town, const std::string& tail,
                                     const std::vector<std::int64_t>& numbers) {
    const std::int64_t town_id = raw(town);
    Columns columns;
    soci::statement statement(session.sql());
    columns.bind(statement);
    statement.exchange(use(town_id));
    for (const std::int64_t& number : numbers) {
        statement.exchange(use(number));
    }
    statement.alloc();
    statement.prepare(kSelect + tail);
    statement.define_and_bind();
    statement.execute();
    std::vector<Confirmation> found;
    while (statement.fetch()) {
        found.push_back(columns.read());
    }
    return found;
}

std::optional<Scope> select_lockdown_site(store::Session& session, TownId town,
                                          std::int64_t lockdown) {
    const std::int64_t town_id = raw(town);
    std::int64_t site = 0;
    session.sql() << "SELECT site_id FROM lockdowns WHERE town_id = :town AND id = :id"
                     " AND ended_at IS NULL",
        use(town_id), use(lockdown), into(site);
    return session.sql().got_data() ? std::optional(Scope{ScopeKind::site, site}) : std::nullopt;
}

}  // namespace

ConfirmationId insert_confirmation(store::Session& session, TownId town,
                                   const Confirmation& asked) {
    const std::int64_t town_id = raw(town);
    const std::string kind(word_of(asked.kind));
    const std::int64_t by = raw(asked.asked_by);
    const std::int64_t asked_at = unix_seconds(asked.asked_at);
    const std::int64_t ends_at = unix_seconds(asked.ends_at);
    return ConfirmationId{store::insert_row(
        session,
        "INSERT INTO confirmations (town_id, kind, subject_id, asked_by_id, asked_at, ends_at)"
        " VALUES (:town, :kind, :subject, :by, :at, :ends)",
        use(town_id), use(kind), use(asked.subject), use(by), use(asked_at), use(ends_at))};
}

std::optional<Confirmation> select_confirmation(store::Session& session, TownId town,
                                                ConfirmationId id) {
    const auto found = read_where(session, town, " AND id = :id", {raw(id)});
    return found.empty() ? std::nullopt : std::optional(found.front());
}

std::vector<Confirmation> select_confirmations(store::Session& session, TownId town,
                                               const ConfirmationPage& page) {
    std::string tail = " AND (kind IN ('none'";
    for (const ConfirmedKind kind : page.kinds) {
        tail += ", '";
        tail += word_of(kind);
        tail += '\'';
    }
    tail += ')';
    if (!page.sites.empty()) {
        tail +=
            " OR (kind = 'lockdown_end' AND EXISTS (SELECT 1 FROM lockdowns l"
            " WHERE l.town_id = confirmations.town_id AND l.id = confirmations.subject_id";
        tail += store::only_in("l.site_id", page.sites);
        tail += "))";
    }
    tail += ") AND id < :before ORDER BY id DESC LIMIT :limit";
    return read_where(session, town, tail,
                      {page.before ? raw(*page.before) : INT64_MAX, page.limit});
}

bool mark_confirmed(store::Session& session, TownId town, ConfirmationId id, PersonId by,
                    std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t row = raw(id);
    const std::int64_t person = raw(by);
    const std::int64_t at = unix_seconds(now);
    soci::statement statement =
        (session.sql().prepare << "UPDATE confirmations SET confirmed_by_id = :by, confirmed_at ="
                                  " :at WHERE town_id = :town AND id = :id AND used_at IS NULL"
                                  " AND confirmed_at IS NULL",
         use(person), use(at), use(town_id), use(row));
    statement.execute(true);
    return statement.get_affected_rows() == 1;
}

bool mark_used(store::Session& session, TownId town, ConfirmationId id,
               std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t row = raw(id);
    const std::int64_t at = unix_seconds(now);
    soci::statement statement =
        (session.sql().prepare << "UPDATE confirmations SET used_at = :at WHERE town_id = :town"
                                  " AND id = :id AND used_at IS NULL AND confirmed_at IS NOT NULL",
         use(at), use(town_id), use(row));
    statement.execute(true);
    return statement.get_affected_rows() == 1;
}

bool is_settled(store::Session& session, TownId town, PersonId person,
                std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t person_id = raw(person);
    const std::int64_t at = unix_seconds(now);
    std::int64_t count = 0;
    session.sql() << "SELECT COUNT(*) FROM people p JOIN towns t ON t.id = p.town_id"
                     " WHERE p.town_id = :town AND p.id = :person"
                     " AND p.let_in_at + t.settle_days * 86400 <= :now AND NOT EXISTS"
                     " (SELECT 1 FROM person_roles r WHERE r.town_id = p.town_id"
                     " AND r.person_id = p.id AND r.given_by_id IS NOT NULL"
                     " AND r.given_at + t.settle_days * 86400 > :same_now)",
        use(town_id), use(person_id), use(at), use(at), into(count);
    return count > 0;
}

bool is_way_in_settled(store::Session& session, TownId town, PersonId person,
                       std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t person_id = raw(person);
    const std::int64_t at = unix_seconds(now);
    std::int64_t count = 0;
    session.sql() << "SELECT COUNT(*) FROM people p JOIN towns t ON t.id = p.town_id"
                     " WHERE p.town_id = :town AND p.id = :person"
                     " AND p.let_in_at + t.settle_days * 86400 <= :now",
        use(town_id), use(person_id), use(at), into(count);
    return count > 0;
}

void mark_settled(store::Session& session, TownId town, PersonId person) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(person);
    session.sql() << "UPDATE people SET let_in_at = 0 WHERE town_id = :town AND id = :id",
        use(town_id), use(id);
    session.sql() << "UPDATE person_roles SET given_at = 0 WHERE town_id = :town"
                     " AND person_id = :id",
        use(town_id), use(id);
}

std::optional<Scope> select_place(store::Session& session, TownId town, ConfirmedKind kind,
                                  std::int64_t subject) {
    switch (kind) {
        case ConfirmedKind::person_export:
            return is_known_person(session, town, PersonId{subject}) ? std::optional(Scope{})
                                                                     : std::nullopt;
        case ConfirmedKind::lockdown_end:
            return select_lockdown_site(session, town, subject);
        case ConfirmedKind::key_import:
        case ConfirmedKind::key_retire:
        case ConfirmedKind::key_withdraw:
            return subject >= 1 && subject <= kLastKeyNumber ? std::optional(Scope{})
                                                             : std::nullopt;
    }
    return std::nullopt;
}

}  // namespace creneau::people
