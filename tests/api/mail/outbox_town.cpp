#include "tests/api/mail/outbox_town.hpp"

#include "api/mail/outbox_store.hpp"
#include "tests/api/mail/sample_facts.hpp"

#include <soci/soci.h>

namespace creneau::mail {

void fill_town(store::Session& session) {
    for (
        const char* statement :
        {"INSERT INTO towns (id, key, name, time_zone, service, email, phone) VALUES "
         "(1, 'le-pre', 'Le Pré', 'Europe/Paris', 'Vie associative', 'salles@le-pre.example.org', "
         "'01'), (2, 'autre', 'Autre', 'Europe/Paris', 'Salles', 'salles@autre.example.org', '02')",
         "INSERT INTO sites (id, town_id, key, name, address, time_zone, help_contact, help_hours) "
         "VALUES (1, 1, 'danton', 'LCR Danton', '3 rue Danton', 'Europe/Paris', '01', '8 h')",
         "INSERT INTO rooms (id, town_id, site_id, key, name, capacity) "
         "VALUES (1, 1, 1, 'rdc', 'Rez-de-chaussée', 50)",
         "INSERT INTO people (id, town_id, key, name, email, locale) VALUES "
         "(1, 1, 'camille', 'Camille Éluard', 'camille@example.org', 'fr'), "
         "(2, 1, 'robin', 'Robin', 'robin@example.org', 'en'), "
         "(3, 2, 'sacha', 'Sacha', 'sacha@example.org', 'fr')",
         "INSERT INTO bookings (id, town_id, room_id, booker_id, requested_by_id, status, "
         "local_start, local_end, start_at, end_at, attendees, purpose, requested_at) VALUES "
         "(1, 1, 1, 1, 1, 'approved', '2026-12-05T18:30', '2026-12-05T21:00', 1796491800, "
         "1796500800, 25, 'Chorale', 1795300000)",
         "INSERT INTO passes (id, town_id, number, booking_id, holder_kind, holder_id, created_at) "
         "VALUES (1, 1, 7, 1, 'person', 1, 1795300000)",
         "INSERT INTO credentials (id, town_id, pass_row_id, pass_id, revision, scope, not_before, "
         "duration_min) VALUES (1, 1, 1, 424242, 0, 32768, 1796491200, 170)"}) {
        session.execute(statement);
    }
}

std::int64_t queue(store::Session& session, Template name, bool with_pass,
                   std::chrono::sys_seconds now) {
    NewMail mail;
    mail.town_id = kTown;
    mail.template_word = word_of(name);
    mail.person_id = 1;
    mail.booking_id = 1;
    mail.credential_id = with_pass ? std::optional<std::int64_t>(1) : std::nullopt;
    mail.facts = to_json(sample_facts());
    mail.now = now;
    return add_to_outbox(session, mail);
}

void revoke_credential(store::Session& session) {
    session.execute("UPDATE credentials SET revoked_at = 1795300001");
}

OutboxRow row_of(store::Session& session, std::int64_t id) {
    const long long row = id;
    long long attempts = 0;
    long long next_try = 0;
    OutboxRow found;
    session.sql() << "SELECT state, attempts, next_try_at, last_error, facts FROM outbox "
                     "WHERE id = :id",
        soci::use(row, "id"), soci::into(found.state), soci::into(attempts), soci::into(next_try),
        soci::into(found.last_error), soci::into(found.facts);
    found.attempts = attempts;
    found.next_try_in = next_try - kNow.time_since_epoch().count();
    return found;
}

}  // namespace creneau::mail
