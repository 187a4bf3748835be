#include "tests/api/privacy/privacy_town.hpp"

#include "api/privacy/erase_person.hpp"

#include <utility>

#include <soci/soci.h>

namespace creneau::privacy {

namespace {

constexpr auto kTownRows =
    "INSERT INTO towns (id, key, name, time_zone, service, email, phone) VALUES"
    " (1, 'a', 'A', 'Europe/Paris', 'S', 'a@example.org', '0'),"
    " (2, 'b', 'B', 'Europe/Paris', 'S', 'b@example.org', '0');"
    "INSERT INTO people (id, town_id, key, name, email, locale, phone, postal_address) VALUES"
    " (7, 1, 'perle-zurbriggen', 'Perle Zurbriggen', 'perle@zurbriggen.example', 'fr',"
    " '0699887766', '9 rue Zurbriggen'),"
    " (8, 1, 'bruno', 'Bruno Petit', 'bruno@example.org', 'fr', '', ''),"
    " (10, 1, 'dana', 'Dana Admin', 'dana@example.org', 'fr', '', ''),"
    " (11, 1, 'denis', 'Denis Dpo', 'denis@example.org', 'fr', '', ''),"
    " (12, 1, 'mila', 'Mila Pons', 'mila@example.org', 'fr', '', ''),"
    " (20, 2, 'autre', 'Another', 'other@example.org', 'fr', '', '');"
    "INSERT INTO person_roles (town_id, person_id, role) VALUES (1, 7, 'booker'),"
    " (1, 8, 'office'), (1, 10, 'administrator'), (1, 11, 'data_protection'), (1, 12, 'booker');"
    "INSERT INTO associations (id, town_id, key, name, email) VALUES"
    " (300, 1, 'jeu', 'Les Amis du Jeu', 'jeu@example.org');"
    "INSERT INTO association_managers (town_id, association_id, person_id)"
    " VALUES (1, 300, 7), (1, 300, 12);"
    "INSERT INTO sites (id, town_id, key, name, address, time_zone, help_contact, help_hours)"
    " VALUES (1, 1, 's', 'S', 'x', 'Europe/Paris', '', '');"
    "INSERT INTO rooms (id, town_id, site_id, key, name, capacity) VALUES (1, 1, 1, 'r', 'R', 9);";

constexpr auto kPastRows =
    "INSERT INTO bookings (id, town_id, room_id, association_id, booker_id, requested_by_id,"
    " status, local_start, local_end, start_at, end_at, attendees, purpose, ground_text,"
    " requested_at) VALUES"
    " (1, 1, 1, NULL, 7, 7, 'approved', '2026-10-01T10:00', '2026-10-01T12:00', 1790000000,"
    " 1790007200, 9, 'Baptême Zurbriggen', '', 1780000000),"
    " (2, 1, 1, NULL, 7, 8, 'refused', '2027-10-01T10:00', '2027-10-01T12:00', 1820000000,"
    " 1820007200, 9, 'Noces', 'Mme Zurbriggen a mal compris', 1780000000),"
    " (3, 1, 1, 300, 7, 7, 'approved', '2027-10-02T10:00', '2027-10-02T12:00', 1820080000,"
    " 1820087200, 9, 'Tournoi', '', 1780000000);"
    "INSERT INTO series (id, town_id, room_id, booker_id, requested_by_id, pattern, every,"
    " first_date, until_date, start_time, end_time, end_day_offset, time_zone, attendees, purpose,"
    " conflict_policy, requested_at) VALUES (1, 1, 1, 7, 7, 'daily', 1, '2025-01-01',"
    " '2025-01-02', '10:00', '11:00', 0, 'Europe/Paris', 9, 'Yoga Zurbriggen', 'fail', 1);"
    "INSERT INTO waits (id, town_id, room_id, booker_id, requested_by_id, local_start, local_end,"
    " start_at, end_at, attendees, purpose, layout, asked_at) VALUES (1, 1, 1, 7, 7, 'x', 'y',"
    " 1820000000, 1820007200, 9, 'Fête Zurbriggen', '', 1);"
    "INSERT INTO holds (id, town_id, room_id, booker_id, requested_by_id, status, local_start,"
    " local_end, start_at, end_at, attendees, purpose, layout, expires_at, placed_at) VALUES"
    " (1, 1, 1, 7, 7, 'expired', 'x', 'y', 1790000000, 1790007200, 9, 'Fête Zurbriggen', '', 2, 1);"
    "INSERT INTO reasons (town_id, subject_kind, subject_id, action, at, by_id, reason) VALUES"
    " (1, 'booking', 1, 'buffers_overridden', 1, 8, 'Mme Zurbriggen vient tôt');"
    "INSERT INTO imported_bookings (town_id, reference, content, booking_id, imported_at) VALUES"
    " (1, 'Zurbriggen-2026', 'abc', 1, 1);";

constexpr auto kAccountRows =
    "INSERT INTO passwords (person_id, town_id, hash, set_at) VALUES (7, 1, 'zurbriggen', 1);"
    "INSERT INTO second_factors (person_id, town_id, sealed_secret, switched_on_at) VALUES"
    " (7, 1, 'zurbriggen', 1);"
    "INSERT INTO recovery_codes (town_id, person_id, code_hash) VALUES (1, 7, 'zurbriggen');"
    "INSERT INTO badges (id, town_id, number_sealed, number_mark, holder_kind, holder_id, from_at,"
    " changed_at) VALUES (1, 1, 's', 'm', 'person', 7, 1, 1);"
    "INSERT INTO sessions (town_id, person_id, token_hash, device, created_at, seen_at, ends_at,"
    " proved_at) VALUES (1, 7, 'zurbriggen', 'unknown', 1, 1, 2000000000, 1);"
    "INSERT INTO account_codes (town_id, person_id, kind, salt, created_at, ends_at) VALUES"
    " (1, 7, 'sign_in', 'zurbriggen', 1, 2);"
    "INSERT INTO code_requests (town_id, kind, email, requested_at) VALUES"
    " (1, 'sign_in', 'perle@zurbriggen.example', 1);"
    "INSERT INTO access_tokens (town_id, person_id, name, token_hash, scopes, created_at,"
    " expires_at) VALUES (1, 7, 'Agenda Zurbriggen', 'zurbriggen', 'x', 1, 2);"
    "INSERT INTO idempotency_keys (town_id, person_id, key, request, status, answer, created_at)"
    " VALUES (1, 7, 'k', 'r', 201, 'Perle Zurbriggen', 1), (1, 8, 'k', 'r', 201,"
    R"( '{"body":"{\"booker\":\"Perle Zurbriggen\"}"}', 1), (1, 11, 'k', 'r', 201,)"
    R"( '{"body":"{\"email\":\"perle@zurbriggen.example\"}"}', 1), (1, 10, 'k', 'r', 201,)"
    R"( '{"body":"{\"booker\":\"Mila Pons\"}"}', 1);)"
    "INSERT INTO feeds (town_id, reader_id, token_hash, kind, subject_id, created_at) VALUES"
    " (1, 7, 'zurbriggen', 'person', 7, 1);"
    "INSERT INTO papers (id, town_id, holder_kind, holder_id, kind, reference, valid_from,"
    " recorded_at, recorded_by_id, file_digest, file_size, file_type, file_name) VALUES"
    " (1, 1, 'person', 7, 'insurance', 'Zurbriggen 12', '2026-01-01', 1, 8, 'd', 1,"
    " 'application/pdf', 'zurbriggen.pdf');"
    "INSERT INTO paper_alerts (town_id, paper_id, days, told_at) VALUES (1, 1, 7, 1);"
    "INSERT INTO outbox (id, town_id, template, person_id, booking_id, facts, created_at, state,"
    " next_try_at, last_error) VALUES"
    " (1, 1, 'approved', 7, 1, '{\"booker\":\"Perle Zurbriggen\"}', 1, 'sent', 1, ''),"
    " (2, 1, 'approved', 7, 1, '{\"booker\":\"Perle Zurbriggen\"}', 1, 'letter', 1, ''),"
    " (3, 1, 'pass_ready', 7, 3, '{\"booker\":\"Perle Zurbriggen\"}', 1, 'waiting', 1, '');"
    "INSERT INTO passes (id, town_id, number, booking_id, holder_kind, holder_id, created_at)"
    " VALUES (1, 1, 1, 1, 'person', 7, 1), (2, 1, 2, 3, 'association', 300, 1);"
    "INSERT INTO pass_holders (pass_row_id, town_id, name, outbox_id) VALUES"
    " (1, 1, 'Perle Zurbriggen', 1), (2, 1, 'Un ténor', 2);"
    "INSERT INTO association_members (town_id, association_id, name, email) VALUES"
    " (1, 300, 'Perle Zurbriggen', 'Perle@Zurbriggen.example');"
    "INSERT INTO subscriptions (id, town_id, service, email, locale, rhythm, holders,"
    " created_by_id, created_at, told_until) VALUES"
    " (1, 1, 'Voirie', 'perle@zurbriggen.example', 'fr', 'at_once', 'all', 7, 1, 0);"
    "INSERT INTO delegations (town_id, delegator_id, delegate_id, from_date, until_date,"
    " created_at) VALUES (1, 8, 7, '2026-01-01', '2027-01-01', 1);"
    "INSERT INTO departments (id, town_id, name) VALUES (1, 1, 'Voirie');"
    "INSERT INTO staff (person_id, town_id, department_id, from_date, until_date) VALUES"
    " (7, 1, 1, '2020-01-01', '2021-01-01');"
    "INSERT INTO duties (town_id, person_id, word, from_date, until_date) VALUES"
    " (1, 7, 'Remplace M. Zurbriggen', '2020-01-01', '2021-01-01')";

/// An association with the number of a person.
constexpr auto kNamesakeRows =
    "INSERT INTO associations (id, town_id, key, name, email) VALUES"
    " (7, 1, 'echo', 'Echo', 'echo@example.org');"
    "INSERT INTO association_managers (town_id, association_id, person_id) VALUES (1, 7, 12);"
    "INSERT INTO papers (id, town_id, holder_kind, holder_id, kind, reference, valid_from,"
    " recorded_at, recorded_by_id) VALUES"
    " (7, 1, 'association', 7, 'insurance', 'Echo 12', '2026-01-01', 1, 8);"
    "INSERT INTO paper_alerts (town_id, paper_id, days, told_at) VALUES (1, 7, 7, 1);"
    "INSERT INTO badges (id, town_id, number_sealed, number_mark, holder_kind, holder_id, from_at,"
    " changed_at) VALUES (7, 1, 's7', 'm7', 'association', 7, 1, 1);"
    "INSERT INTO bookings (id, town_id, room_id, association_id, booker_id, requested_by_id,"
    " status, local_start, local_end, start_at, end_at, attendees, purpose, ground_text,"
    " requested_at) VALUES (7, 1, 1, 7, 12, 12, 'approved', '2026-10-03T10:00',"
    " '2026-10-03T12:00', 1790180000, 1790187200, 9, 'Chants', '', 1780000000);"
    "INSERT INTO passes (id, town_id, number, booking_id, holder_kind, holder_id, created_at)"
    " VALUES (7, 1, 7, 7, 'association', 7, 1);"
    "INSERT INTO pass_holders (pass_row_id, town_id, name) VALUES (7, 1, 'Une alto');"
    "INSERT INTO feeds (town_id, reader_id, token_hash, kind, subject_id, created_at) VALUES"
    " (1, 12, 'echo', 'association', 7, 1);";

constexpr auto kColumnsOfSqlite =
    "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c"
    " WHERE m.type = 'table' ORDER BY 1, 2";
constexpr auto kColumnsOfPostgresql =
    "SELECT table_name::text, column_name::text FROM information_schema.columns"
    " WHERE table_schema = 'public' ORDER BY 1, 2";

}  // namespace

PrivacyTown::PrivacyTown() {
    session.execute(std::string(kTownRows) + kPastRows + kAccountRows + ";" + kNamesakeRows);
    if (GetParam() == store::Engine::postgresql) {
        session.execute(
            "ALTER TABLE people ALTER COLUMN id RESTART WITH 100;"
            "ALTER TABLE outbox ALTER COLUMN id RESTART WITH 100");
    }
}

tl::expected<ErasedPerson, EraseRefusal> PrivacyTown::erase(people::PersonId person,
                                                            people::PersonId actor) {
    return erase_person(session, ledger, {kTown, actor, person, "person_request", kNow});
}

std::vector<std::pair<std::string, std::string>> PrivacyTown::columns() {
    std::vector<std::pair<std::string, std::string>> columns;
    std::string table;
    std::string column;
    const std::string query =
        GetParam() == store::Engine::sqlite ? kColumnsOfSqlite : kColumnsOfPostgresql;
    soci::statement statement =
        (session.sql().prepare << query, soci::into(table), soci::into(column));
    statement.execute();
    while (statement.fetch()) {
        columns.emplace_back(table, column);
    }
    return columns;
}

std::vector<std::string> PrivacyTown::traces() {
    std::vector<std::string> found;
    for (const auto& [of, name] : columns()) {
        const auto told = "LOWER(CAST(" + name + " AS TEXT))";
        if (number("SELECT COUNT(*) FROM " + of + " WHERE " + told + " LIKE '%zurbriggen%' OR " +
                   told + " LIKE '%0699887766%'") > 0) {
            found.push_back(of + "." + name);
        }
    }
    return found;
}

std::int64_t PrivacyTown::number(const std::string& query) {
    std::int64_t value = 0;
    session.sql() << query, soci::into(value);
    return value;
}

std::string PrivacyTown::text(const std::string& query) {
    std::string value;
    session.sql() << query, soci::into(value);
    return value;
}

}  // namespace creneau::privacy
