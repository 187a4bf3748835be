#include "api/privacy/erasure_store.hpp"

#include "api/estate/erased_key.hpp"
#include "api/people/ids.hpp"
#include "api/privacy/erasure_types.hpp"
#include "api/store/column.hpp"
#include "api/store/insert_row.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>
#include <soci/soci.h>

namespace creneau::privacy {

namespace {

using soci::into;
using soci::use;
using store::raw;
using store::unix_seconds;

constexpr auto kName = "Personne effacée";

// Each of :town and :person, once and in this order.
constexpr const char* kByPerson[] = {
    "DELETE FROM sessions WHERE town_id = :town AND person_id = :person",
    "DELETE FROM account_codes WHERE town_id = :town AND person_id = :person",
    "DELETE FROM access_tokens WHERE town_id = :town AND person_id = :person",
    "DELETE FROM passwords WHERE town_id = :town AND person_id = :person",
    "DELETE FROM second_factors WHERE town_id = :town AND person_id = :person",
    "DELETE FROM recovery_codes WHERE town_id = :town AND person_id = :person",
    "DELETE FROM person_roles WHERE town_id = :town AND person_id = :person",
    "DELETE FROM person_groups WHERE town_id = :town AND person_id = :person",
    "DELETE FROM association_managers WHERE town_id = :town AND person_id = :person",
    "DELETE FROM idempotency_keys WHERE town_id = :town AND person_id = :person",
    "DELETE FROM feeds WHERE town_id = :town AND reader_id = :person",
    "DELETE FROM feeds WHERE town_id = :town AND kind = 'person' AND subject_id = :person",
    "DELETE FROM paper_alerts WHERE town_id = :town AND paper_id IN"
    " (SELECT id FROM papers WHERE holder_kind = 'person' AND holder_id = :person)",
    "DELETE FROM papers WHERE town_id = :town AND holder_kind = 'person' AND holder_id = :person",
    "DELETE FROM pass_holders WHERE town_id = :town AND pass_row_id IN"
    " (SELECT id FROM passes WHERE holder_kind = 'person' AND holder_id = :person)",
    // A member's pass that is on its way goes on: its address is deleted once it has left.
    "UPDATE pass_holders SET outbox_id = NULL WHERE town_id = :town AND outbox_id IN"
    " (SELECT id FROM outbox WHERE person_id = :person)"
    " AND outbox_id NOT IN (SELECT outbox_id FROM passing_addresses)",
    "DELETE FROM outbox WHERE town_id = :town AND person_id = :person"
    " AND subscription_id IS NULL AND association_id IS NULL"
    " AND id NOT IN (SELECT outbox_id FROM passing_addresses)",
    "UPDATE bookings SET purpose = '', ground_text = '' WHERE town_id = :town"
    " AND booker_id = :person AND association_id IS NULL",
    "UPDATE bookings SET sequence = sequence + 1 WHERE town_id = :town AND booker_id = :person",
    "UPDATE series SET purpose = '' WHERE town_id = :town AND booker_id = :person"
    " AND association_id IS NULL",
    "UPDATE holds SET purpose = '' WHERE town_id = :town AND booker_id = :person"
    " AND association_id IS NULL",
    "UPDATE waits SET purpose = '', status = CASE WHEN status IN ('waiting', 'offered')"
    " THEN 'left' ELSE status END WHERE town_id = :town AND booker_id = :person"
    " AND association_id IS NULL",
    "UPDATE reasons SET reason = '' WHERE town_id = :town AND subject_kind = 'booking'"
    " AND subject_id IN (SELECT id FROM bookings WHERE booker_id = :person"
    " AND association_id IS NULL)",
    "UPDATE imported_bookings SET reference = 'erased-' || booking_id, content = ''"
    " WHERE town_id = :town AND booking_id IN (SELECT id FROM bookings"
    " WHERE booker_id = :person AND association_id IS NULL)",
    "UPDATE duties SET word = '' WHERE town_id = :town AND person_id = :person",
    "UPDATE access_events SET badge_id = NULL, shown_salt = '' WHERE town_id = :town AND badge_id "
    "IN"
    " (SELECT id FROM badges WHERE holder_kind = 'person' AND holder_id = :person)",
    "UPDATE access_events SET pass_number = NULL, shown_salt = '' WHERE town_id = :town AND "
    "pass_number IN"
    " (SELECT p.number FROM passes p WHERE p.town_id = access_events.town_id"
    " AND p.holder_kind = 'person' AND p.holder_id = :person)",
    "UPDATE badges SET state = 'revoked' WHERE town_id = :town AND holder_kind = 'person'"
    " AND holder_id = :person AND state = 'issued'",
};

// Each of :town and of :email.
constexpr const char* kByEmail[] = {
    "DELETE FROM code_requests WHERE town_id = :town AND email = :email",
    "DELETE FROM association_members WHERE town_id = :town AND LOWER(email) = :email",
    // Of one that is at work this was in the way, unless a backup brought it back.
    "UPDATE associations SET email = '', version = version + 1 WHERE town_id = :town"
    " AND LOWER(email) = :email",
};

/// As text stands in a kept answer: a body of JSON, as a string of JSON.
std::string as_kept(const std::string& text) {
    std::string kept = text;
    for (int level = 0; level < 2; ++level) {
        kept = nlohmann::json(kept).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        kept = kept.substr(1, kept.size() - 2);
    }
    return kept;
}

/// Answers to others tell of a booking whose it is. Who repeats such a request does it anew.
void forget_answers_with(store::Session& session, std::int64_t town, const std::string& text) {
    const std::string kept = as_kept(text);
    if (!kept.empty()) {
        session.sql() << "DELETE FROM idempotency_keys WHERE town_id = :town"
                         " AND REPLACE(answer, :kept, '') <> answer",
            use(town), use(kept);
    }
}

/// Else a copy of a SQLite file holds in its unused places what was deleted. It stays on.
void overwrite_what_goes(store::Session& session) {
    if (session.engine() == store::Engine::sqlite) {
        session.execute("PRAGMA secure_delete = ON");
    }
}

void end_what_has_an_end(store::Session& session, std::int64_t town, std::int64_t person,
                         std::int64_t at, const std::string& email) {
    session.sql() << "UPDATE delegations SET ended_at = :at WHERE town_id = :town"
                     " AND (delegator_id = :person OR delegate_id = :same) AND ended_at IS NULL",
        use(at), use(town), use(person), use(person);
    // A backup that came back may hold what was cancelled since.
    session.sql() << "UPDATE credentials SET revoked_at = :at, revoked_why = 'other'"
                     " WHERE town_id = :town AND revoked_at IS NULL AND pass_row_id IN"
                     " (SELECT id FROM passes WHERE town_id = :same AND holder_kind = 'person'"
                     " AND holder_id = :person)",
        use(at), use(town), use(town), use(person);
    session.sql() << "UPDATE subscriptions SET email = '', ended_at = COALESCE(ended_at, :at)"
                     " WHERE town_id = :town AND LOWER(email) = :email",
        use(at), use(town), use(email);
}

}  // namespace

std::optional<PersonState> select_person_state(store::Session& session, people::PersonId person) {
    const std::int64_t id = raw(person);
    std::int64_t town = 0;
    std::int64_t erased_at = 0;
    session.sql() << "SELECT town_id, COALESCE(erased_at, 0) FROM people WHERE id = :id", use(id),
        into(town), into(erased_at);
    if (!session.sql().got_data()) {
        return std::nullopt;
    }
    PersonState state{people::TownId{town}, {}};
    if (erased_at != 0) {
        state.erased_at = store::instant(erased_at);
    }
    return state;
}

void erase_traces(store::Session& session, people::TownId town, people::PersonId person,
                  std::chrono::sys_seconds at) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(person);
    const std::int64_t when = unix_seconds(at);
    overwrite_what_goes(session);
    std::string key;
    std::string email;
    std::string former;
    session.sql() << "SELECT key, LOWER(email), name FROM people WHERE town_id = :town"
                     " AND id = :id",
        use(town_id), use(id), into(key), into(email), into(former);
    for (const std::string& text : {former, email}) {
        forget_answers_with(session, town_id, text);
    }
    for (const char* const statement : kByEmail) {
        session.sql() << statement, use(town_id), use(email);
    }
    for (const char* const statement : kByPerson) {
        session.sql() << statement, use(town_id), use(id);
    }
    end_what_has_an_end(session, town_id, id, when, email);
    const std::string erased = estate::erased_key(key);
    const std::string name = kName;
    session.sql()
        << "UPDATE people SET name = :name, key = :key, email = :email, has_email = 0,"
           " phone = '', postal_address = '', enabled = 0, erased_at = :at,"
           " restricted_at = NULL, let_in_at = 0, edited_at = :edited, version = version + 1"
           " WHERE town_id = :town AND id = :id",
        use(name), use(erased), use(erased), use(when), use(when), use(town_id), use(id);
}

void mark_restricted(store::Session& session, people::TownId town, people::PersonId person,
                     std::optional<std::chrono::sys_seconds> since) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(person);
    auto at = store::Nullable::at(since);
    session.sql() << "UPDATE people SET restricted_at = :at, version = version + 1"
                     " WHERE town_id = :town AND id = :id",
        use(at.value, at.there), use(town_id), use(id);
}

void insert_erased_person(store::Session& session, people::TownId town, people::PersonId person,
                          std::chrono::sys_seconds at) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(person);
    const std::int64_t when = unix_seconds(at);
    const std::string key = "erased-" + std::to_string(id);
    const std::string name = kName;
    session.sql()
        << "INSERT INTO people (id, town_id, key, name, email, has_email, locale, enabled,"
           " erased_at, edited_at)"
           " VALUES (:id, :town, :key, :name, :email, 0, 'fr', 0, :at, :edited)",
        use(id), use(town_id), use(key), use(name), use(key), use(when), use(when);
    if (session.engine() == store::Engine::postgresql) {
        session.execute(
            "SELECT setval(pg_get_serial_sequence('people', 'id'), (SELECT MAX(id) FROM people))");
    }
}

bool town_exists(store::Session& session, people::TownId town) {
    const std::int64_t id = raw(town);
    std::int64_t count = 0;
    session.sql() << "SELECT COUNT(*) FROM towns WHERE id = :id", use(id), into(count);
    return count > 0;
}

std::map<people::PersonId, people::TownId> select_erased(store::Session& session) {
    std::int64_t id = 0;
    std::int64_t town = 0;
    soci::statement statement =
        (session.sql().prepare << "SELECT id, town_id FROM people WHERE erased_at IS NOT NULL",
         into(id), into(town));
    statement.execute();
    std::map<people::PersonId, people::TownId> erased;
    while (statement.fetch()) {
        erased.emplace(people::PersonId{id}, people::TownId{town});
    }
    return erased;
}

}  // namespace creneau::privacy
