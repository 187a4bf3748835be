#include "api/mail/outbox_store.hpp"

#include "api/mail/later_changes.hpp"
#include "api/mail/lost_codes.hpp"
#include "api/mail/message_token.hpp"
#include "api/store/insert_row.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include <soci/soci.h>

namespace creneau::mail {
namespace {

// While a worker holds a row; a row that still says so when a program starts was cut by its end.
constexpr const char* kSending = "sending";

// A mail that ended the process this often waits for its lease like any other.
constexpr long long kPromptRestarts = 10;

long long seconds(std::chrono::sys_seconds at) {
    return at.time_since_epoch().count();
}

const char* word_of(MailEnd end) {
    switch (end) {
        case MailEnd::sent:
            return "sent";
        case MailEnd::dead:
            return "dead";
        case MailEnd::superseded:
            return "superseded";
        case MailEnd::letter:
            return "letter";
    }
    return "";
}

std::optional<std::int64_t> optional_id(long long value, soci::indicator indicator) {
    return indicator == soci::i_ok ? std::optional<std::int64_t>(value) : std::nullopt;
}

soci::indicator indicator_of(const std::optional<std::int64_t>& id) {
    return id ? soci::i_ok : soci::i_null;
}

/// Counts the attempt and takes the lease; answers the row's id.
std::optional<long long> take_oldest(soci::session& sql, long long town, long long now,
                                     long long lease_end) {
    long long id = 0;
    const std::string sending = kSending;
    sql << "UPDATE outbox SET attempts = attempts + 1, next_try_at = :lease, last_error = :sending "
           "WHERE id = (SELECT id FROM outbox WHERE town_id = :town AND state = 'waiting' "
           "            AND next_try_at <= :now ORDER BY next_try_at, id LIMIT 1) "
           "AND state = 'waiting' AND next_try_at <= :due RETURNING id",
        soci::use(lease_end, "lease"), soci::use(sending, "sending"), soci::use(town, "town"),
        soci::use(now, "now"), soci::use(now, "due"), soci::into(id);
    return sql.got_data() ? std::optional(id) : std::nullopt;
}

ClaimedMail read_claimed(soci::session& sql, long long id) {
    ClaimedMail mail;
    long long booking = 0;
    long long credential = 0;
    long long series = 0;
    long long created = 0;
    long long attempts = 0;
    long long revoked = 0;
    long long ended = 0;
    long long overtaken = 0;
    long long pass_ahead_min = 0;
    long long has_email = 0;
    soci::indicator has_booking = soci::i_null;
    soci::indicator has_credential = soci::i_null;
    sql << std::string(
               "SELECT o.template, o.booking_id, o.credential_id, o.facts, o.created_at, "
               "o.attempts, "
               // A mail whose passing address is gone must not reach whoever had it sent.
               "CASE WHEN o.template IN ('pass_handed', 'account_address_changed') "
               "    THEN COALESCE(h.address, '') "
               "    ELSE COALESCE(s.email, a.email, p.email) END, "
               "CASE WHEN o.template = 'pass_handed' THEN '' "
               "    ELSE COALESCE(s.service, a.name, p.name) END, "
               "CASE WHEN a.id IS NULL THEN COALESCE(s.locale, p.locale) ELSE 'fr' END, t.key, "
               "o.token, t.pass_ahead_min "
               "    + CASE WHEN p.has_email = 0 AND a.id IS NULL THEN t.letter_ahead_min ELSE 0 "
               "END, "
               "CASE WHEN s.id IS NOT NULL "
               "    OR o.template IN ('pass_handed', 'account_address_changed') THEN 1 "
               "    WHEN a.id IS NULL THEN p.has_email "
               "    WHEN a.email = '' THEN 0 ELSE 1 END, "
               "COALESCE(o.series_id, b.series_id, 0), "
               "CASE WHEN c.revoked_at IS NULL THEN 0 ELSE 1 END, "
               // A mail stands for all subscriptions of its address and rhythm.
               "CASE WHEN s.ended_at IS NULL OR EXISTS (SELECT 1 FROM subscriptions v "
               "    WHERE v.town_id = s.town_id AND LOWER(v.email) = LOWER(s.email) "
               "    AND v.rhythm = s.rhythm AND v.ended_at IS NULL) THEN 0 ELSE 1 END, "
               "CASE WHEN EXISTS (SELECT 1 FROM outbox l WHERE l.booking_id = o.booking_id "
               "    AND l.id > o.id AND l.template IN ('booking_cancelled', 'booking_moved', "
               "    'booking_retimed', 'booking_released')) "
               // A date of a series is given up without a mail of its own.
               "OR (o.template IN ('booking_approved', 'booking_moved', 'booking_retimed', "
               "'pass_ready') "
               "    AND b.status IN ('refused', 'cancelled')) "
               "OR (o.template = 'booking_reminder' "
               "    AND (b.status <> 'approved' OR b.reminded_for <> b.start_at)) OR ")
               .append(kCodeIsNoLongerTheirs)
               .append(" OR ")
               .append(kIsMovedSince)
               .append(" OR ")
               .append(kIsOfEndedSeries)
               .append(
                   " THEN 1 ELSE 0 END "
                   "FROM outbox o JOIN people p ON p.id = o.person_id JOIN towns t ON t.id = "
                   "o.town_id "
                   "LEFT JOIN credentials c ON c.id = o.credential_id "
                   "LEFT JOIN bookings b ON b.id = o.booking_id "
                   "LEFT JOIN subscriptions s ON s.id = o.subscription_id "
                   "LEFT JOIN associations a ON a.id = o.association_id "
                   "LEFT JOIN passing_addresses h ON h.outbox_id = o.id WHERE o.id = :id"),
        soci::use(id, "id"), soci::into(mail.template_word), soci::into(booking, has_booking),
        soci::into(credential, has_credential), soci::into(mail.facts), soci::into(created),
        soci::into(attempts), soci::into(mail.to_address), soci::into(mail.to_name),
        soci::into(mail.locale), soci::into(mail.town_key), soci::into(mail.token),
        soci::into(pass_ahead_min), soci::into(has_email), soci::into(series), soci::into(revoked),
        soci::into(ended), soci::into(overtaken);
    mail.id = id;
    mail.booking_id = optional_id(booking, has_booking);
    mail.credential_id = optional_id(credential, has_credential);
    if (series != 0) {
        mail.series_id = series;
    }
    mail.created_at = std::chrono::sys_seconds(std::chrono::seconds(created));
    mail.attempts = attempts;
    mail.pass_ahead = std::chrono::minutes(pass_ahead_min);
    mail.has_email = has_email != 0;
    mail.credential_revoked = revoked != 0;
    mail.unsubscribed = ended != 0;
    mail.overtaken = overtaken != 0;
    return mail;
}

}  // namespace

std::int64_t add_to_outbox(store::Session& session, const NewMail& mail) {
    const long long town = mail.town_id;
    const long long person = mail.person_id;
    const long long booking = mail.booking_id.value_or(0);
    const long long credential = mail.credential_id.value_or(0);
    soci::indicator has_booking = indicator_of(mail.booking_id);
    soci::indicator has_credential = indicator_of(mail.credential_id);
    const long long subscription = mail.subscription_id.value_or(0);
    soci::indicator has_subscription = indicator_of(mail.subscription_id);
    const long long association = mail.association_id.value_or(0);
    soci::indicator has_association = indicator_of(mail.association_id);
    const long long series = mail.series_id.value_or(0);
    soci::indicator has_series = indicator_of(mail.series_id);
    const long long round = mail.round_id.value_or(0);
    soci::indicator has_round = indicator_of(mail.round_id);
    const long long room = mail.room_id.value_or(0);
    soci::indicator has_room = indicator_of(mail.room_id);
    const std::string token = new_message_token();
    const long long now = seconds(mail.due.value_or(mail.now));
    const long long needed_by = mail.needed_by ? seconds(*mail.needed_by) : 0;
    soci::indicator has_needed_by = mail.needed_by ? soci::i_ok : soci::i_null;
    const std::int64_t row = store::insert_row(
        session,
        "INSERT INTO outbox (town_id, template, person_id, booking_id, credential_id, "
        "facts, created_at, next_try_at, subscription_id, association_id, series_id, round_id, "
        "token, needed_by, room_id) VALUES (:town, :template, :person, :booking, :credential, "
        ":facts, :created, :due, :subscription, :association, :series, :round, :token, :needed, "
        ":room)",
        soci::use(town, "town"), soci::use(mail.template_word, "template"),
        soci::use(person, "person"), soci::use(booking, has_booking, "booking"),
        soci::use(credential, has_credential, "credential"), soci::use(mail.facts, "facts"),
        soci::use(now, "created"), soci::use(now, "due"),
        soci::use(subscription, has_subscription, "subscription"),
        soci::use(association, has_association, "association"),
        soci::use(series, has_series, "series"), soci::use(round, has_round, "round"),
        soci::use(token, "token"), soci::use(needed_by, has_needed_by, "needed"),
        soci::use(room, has_room, "room"));
    if (mail.passing_address) {
        session.sql() << "INSERT INTO passing_addresses (outbox_id, town_id, address)"
                         " VALUES (:id, :town, :address)",
            soci::use(row, "id"), soci::use(town, "town"),
            soci::use(*mail.passing_address, "address");
    }
    return row;
}

bool has_due_mail(store::Session& session, std::int64_t town_id, std::chrono::sys_seconds now) {
    const long long town = town_id;
    const long long due = seconds(now);
    long long id = 0;
    session.sql() << "SELECT id FROM outbox WHERE town_id = :town AND state = 'waiting' "
                     "AND next_try_at <= :now LIMIT 1",
        soci::use(town, "town"), soci::use(due, "now"), soci::into(id);
    return session.sql().got_data();
}

std::optional<ClaimedMail> claim_due_mail(store::Session& session, std::int64_t town_id,
                                          std::chrono::sys_seconds now,
                                          std::chrono::sys_seconds lease_end) {
    const auto id = take_oldest(session.sql(), town_id, seconds(now), seconds(lease_end));
    return id ? std::optional(read_claimed(session.sql(), *id)) : std::nullopt;
}

void release_interrupted(store::Session& session, std::int64_t town_id,
                         std::chrono::sys_seconds now) {
    const long long town = town_id;
    const long long due = seconds(now);
    const std::string sending = kSending;
    session.sql() << "UPDATE outbox SET next_try_at = :now WHERE town_id = :town "
                     "AND state = 'waiting' AND last_error = :sending AND attempts < :limit",
        soci::use(due, "now"), soci::use(town, "town"), soci::use(sending, "sending"),
        soci::use(kPromptRestarts, "limit");
}

bool close_mail(store::Session& session, std::int64_t id, MailEnd end, std::chrono::sys_seconds now,
                const std::string& error) {
    const long long row = id;
    const long long at = seconds(now);
    const std::string state = word_of(end);
    long long closed = 0;
    session.sql() << "UPDATE outbox SET state = :state, done_at = :now, last_error = :error "
                     "WHERE id = :id AND state = 'waiting' RETURNING id",
        soci::use(state, "state"), soci::use(at, "now"), soci::use(error, "error"),
        soci::use(row, "id"), soci::into(closed);
    const bool was_open = session.sql().got_data();
    session.sql() << "DELETE FROM passing_addresses WHERE outbox_id = :id", soci::use(row, "id");
    return was_open;
}

void add_pass_mail(store::Session& session, std::int64_t id, std::chrono::sys_seconds due) {
    const long long row = id;
    const long long at = seconds(due);
    const std::string token = new_message_token();
    session.sql()
        << "INSERT INTO outbox (town_id, template, person_id, booking_id, credential_id, "
           "facts, created_at, next_try_at, token, needed_by) SELECT town_id, 'pass_ready', "
           "person_id, booking_id, credential_id, facts, CAST(:created AS BIGINT), "
           "CAST(:due AS BIGINT), CAST(:token AS TEXT), needed_by FROM outbox o WHERE id = :id "
           "AND NOT EXISTS (SELECT 1 FROM outbox w WHERE w.booking_id = o.booking_id "
           "    AND w.credential_id = o.credential_id AND w.template = 'pass_ready' "
           "    AND w.state = 'waiting')",
        soci::use(at, "created"), soci::use(at, "due"), soci::use(token, "token"),
        soci::use(row, "id");
}

void postpone_mail(store::Session& session, std::int64_t id, std::chrono::sys_seconds next_try,
                   const std::string& error) {
    const long long row = id;
    const long long at = seconds(next_try);
    session.sql() << "UPDATE outbox SET next_try_at = :next, last_error = :error "
                     "WHERE id = :id AND state = 'waiting'",
        soci::use(at, "next"), soci::use(error, "error"), soci::use(row, "id");
}

}  // namespace creneau::mail
