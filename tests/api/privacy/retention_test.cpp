#include "api/audit/keep_days.hpp"
#include "api/people/ids.hpp"
#include "api/privacy/keep_retention.hpp"
#include "api/privacy/nightly_purge.hpp"
#include "api/privacy/retention_rules.hpp"
#include "api/store/readers.hpp"
#include "api/store/writer.hpp"
#include "tests/api/privacy/privacy_town.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>

namespace creneau::privacy {
namespace {

using std::chrono::days;
using std::chrono::hours;

class Retention : public PrivacyTown {
  protected:
    /// So many days after kNow (30 November 2026).
    std::int64_t purge_after(int count) {
        NightlyPurge night;
        while (night.tick(readers, writer, kTown, kNow + days{count})) {
        }
        return number(
            "SELECT subject_id FROM audit WHERE action = 'purge_done'"
            " ORDER BY id DESC LIMIT 1");
    }
    RetentionFault fault(const std::string& kind, std::int64_t months,
                         people::PersonId actor = kDana) {
        const auto set = set_retention(session, {kTown, actor, kind, months, "2026-41", kNow});
        EXPECT_FALSE(set);
        return set ? RetentionFault{} : set.error();
    }

    store::Readers readers{database.database(), 1};
    store::Writer writer{database.database()};
};
CRENEAU_ON_BOTH_ENGINES(Retention);

TEST_P(Retention, PurgesEachKindWhenItsPeriodIsOver) {
    session.execute(
        "INSERT INTO outbox (id, town_id, template, person_id, facts, created_at, state,"
        " next_try_at) VALUES (8, 1, 'x', 8, '{}', 1795000000, 'sent', 1),"
        " (9, 1, 'x', 8, '{}', 1, 'waiting', 1);"
        "UPDATE bookings SET decided_at = 1795000000 WHERE id = 2;"
        "UPDATE papers SET valid_until = '2026-11-01';"
        "UPDATE reasons SET at = 1795000000;"
        "UPDATE outbox SET created_at = 1795000000 WHERE id = 1;"
        "UPDATE associations SET enabled = 0, edited_at = 1795000000");
    purge_after(0);
    const auto rows = [&](const std::string& what) {
        return number("SELECT COUNT(*) FROM " + what);
    };
    EXPECT_EQ(rows("outbox"), 4) << "a letter of 1970 that nobody printed is over";
    EXPECT_EQ(rows("papers"), 2);
    EXPECT_EQ(rows("association_members"), 1);
    purge_after(40);
    EXPECT_EQ(rows("association_members"), 0);
    EXPECT_EQ(rows("papers"), 2);
    purge_after(400);
    EXPECT_EQ(rows("papers"), 0);
    EXPECT_EQ(rows("outbox"), 2) << "a mail not sent is not over";
    EXPECT_EQ(text("SELECT ground_text FROM bookings WHERE id = 2"), "");
    EXPECT_EQ(text("SELECT purpose FROM bookings WHERE id = 1"), "Baptême Zurbriggen");
    EXPECT_EQ(rows("reasons"), 1);
    purge_after(800);
    EXPECT_EQ(text("SELECT purpose FROM bookings WHERE id = 1"), "");
    EXPECT_EQ(rows("bookings"), 4) << "bookings stay, for statistics";
    EXPECT_EQ(rows("reasons"), 0);
    EXPECT_EQ(number("SELECT SUM(subject_id) FROM audit WHERE action = 'data_purged'"
                     " AND log = 'security' AND subject_kind = 'papers'"),
              2);
    EXPECT_EQ(purge_after(802), 0);
}

TEST_P(Retention, EndsWithWhatIsOver) {
    session.execute(
        "UPDATE outbox SET created_at = 1795000000 WHERE id = 2;"
        "INSERT INTO staff_movements (id, town_id, person_id, kind, at, local_at, delay_h,"
        " announced_by_id, announced_at, done_at, withdrawn_at) VALUES"
        " (1, 1, 8, 'arrival', 1700000000, 'x', 24, 10, 1, 1, NULL),"
        " (2, 1, 8, 'departure', 1700000000, 'x', 24, 10, 1, NULL, 1),"
        " (3, 1, 8, 'departure', 1700000000, 'x', 24, 10, 1, 1, NULL),"
        " (4, 1, 12, 'arrival', 1900000000, 'x', 24, 10, 1, NULL, NULL);"
        "INSERT INTO movement_notices (town_id, movement_id, step) VALUES (1, 1, 'it');"
        "INSERT INTO duties (id, town_id, person_id, word, from_date) VALUES"
        " (50, 1, 7, 'Accueil', '2020-01-01');"
        "INSERT INTO badges (id, town_id, number_sealed, number_mark, holder_kind, holder_id,"
        " state, from_at, changed_at) VALUES (50, 1, 's50', 'm50', 'person', 7, 'revoked', 1, 1),"
        " (51, 1, 's51', 'm51', 'person', 7, 'lost', 1, 1);"
        "INSERT INTO sessions (id, town_id, person_id, token_hash, device, created_at, seen_at,"
        " ends_at, proved_at) VALUES (50, 1, 8, 'h', 'unknown', 1, 1, 2, 1);"
        "INSERT INTO access_tokens (id, town_id, person_id, name, token_hash, scopes, created_at,"
        " expires_at) VALUES (50, 1, 8, 'x', 'h50', 'rooms:read', 1, 2);"
        "INSERT INTO papers (id, town_id, holder_kind, holder_id, kind, reference, valid_from,"
        " recorded_at, recorded_by_id, accepted_at, accepted_by_id) VALUES"
        " (50, 1, 'association', 300, 'statutes', '', '2020-01-01', 1, 8, 1, 8),"
        " (51, 1, 'association', 300, 'statutes', '', '2021-01-01', 2, 8, 2, 8)");
    purge_after(0);
    const auto left = [&](const std::string& what) {
        return number("SELECT COUNT(*) FROM " + what);
    };
    EXPECT_EQ(left("staff_movements WHERE id IN (1, 2)"), 0);
    EXPECT_EQ(left("movement_notices"), 0);
    EXPECT_EQ(left("staff_movements WHERE id IN (3, 4)"), 2) << "everybody's last one stays";
    EXPECT_EQ(left("duties WHERE until_date <> ''"), 0);
    EXPECT_EQ(left("duties WHERE id = 50"), 1);
    EXPECT_EQ(left("badges WHERE id = 50"), 0);
    EXPECT_EQ(left("badges WHERE id = 51"), 1) << "a lost card's number stays taken";
    EXPECT_EQ(left("sessions WHERE id = 50"), 0);
    EXPECT_EQ(left("sessions WHERE ends_at = 2000000000"), 1);
    EXPECT_EQ(left("access_tokens WHERE id = 50"), 0);
    EXPECT_EQ(left("papers WHERE id = 50"), 0);
    EXPECT_EQ(left("papers WHERE id = 51"), 1);
    EXPECT_EQ(left("outbox WHERE id = 2"), 1) << "a letter that nobody printed is not old yet";
    purge_after(400);
    EXPECT_EQ(left("outbox WHERE id = 2"), 0);
}

TEST_P(Retention, SweepsInAQuietTownWhatLivesForADay) {
    const auto at = [](int hours_ago) {
        return std::to_string((kNow - hours{hours_ago}).time_since_epoch().count());
    };
    session.execute(
        "DELETE FROM idempotency_keys; DELETE FROM sign_in_failures;"
        "INSERT INTO idempotency_keys (town_id, person_id, key, request, status, answer,"
        " created_at) VALUES (1, 8, 'old', 'x', 201, '{}', " +
        at(24) + "), (1, 8, 'new', 'x', 201, '{}', " + at(23) +
        "), (2, 20, 'old', 'x', 201, '{}', " + at(24) +
        ");"
        "INSERT INTO sign_in_failures (town_id, subject, count, blocked_until, last_at) VALUES"
        " (1, 'old', 1, 1, " +
        at(24) + "), (1, 'new', 1, 1, " + at(23) + "), (2, 'old', 1, 1, " + at(24) + ")");
    EXPECT_GE(purge_after(0), 2);
    EXPECT_EQ(number("SELECT COUNT(*) FROM idempotency_keys"), 2);
    EXPECT_EQ(number("SELECT COUNT(*) FROM idempotency_keys WHERE town_id = 1 AND key = 'new'"), 1);
    EXPECT_EQ(number("SELECT COUNT(*) FROM sign_in_failures"), 2);
    EXPECT_EQ(number("SELECT COUNT(*) FROM sign_in_failures WHERE town_id = 1 AND subject = 'new'"),
              1);
    EXPECT_EQ(number("SELECT subject_id FROM audit WHERE action = 'data_purged'"
                     " AND subject_kind = 'day_old' AND log = 'security'"),
              2);
}

TEST_P(Retention, GoesOnInSeveralWritesWhereThereIsMuch) {
    for (int i = 0; i < 450; ++i) {
        session.execute(
            "INSERT INTO reasons (town_id, subject_kind, subject_id, action, at, reason)"
            " VALUES (1, 'booking', 3, 'x', 1, 'why'), (2, 'booking', 3, 'x', 1, 'why')");
    }
    purge_after(0);
    EXPECT_EQ(number("SELECT COUNT(*) FROM reasons WHERE town_id = 1"), 0);
    EXPECT_EQ(number("SELECT COUNT(*) FROM reasons WHERE town_id = 2"), 450);
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE subject_kind = 'reasons'"), 3);
}

TEST_P(Retention, IsWhatTheTownSaysWithinTheLaw) {
    ASSERT_TRUE(set_retention(session, {kTown, kDana, "messages", 1, "2026-41", kNow}));
    const auto periods = list_periods(session, kTown);
    ASSERT_EQ(periods.size(), data_kinds().size());
    EXPECT_EQ(periods[3].kind->word, "messages");
    EXPECT_EQ(periods[3].months, 1);
    EXPECT_EQ(periods[3].decision, "2026-41");
    EXPECT_EQ(list_periods(session, people::TownId{2})[3].months, 12);
    session.execute("UPDATE outbox SET created_at = 1790000000 WHERE id = 1");
    purge_after(0);
    EXPECT_EQ(number("SELECT COUNT(*) FROM outbox WHERE id = 1"), 0);
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE action = 'retention_set'"
                     " AND actor_id = 10 AND subject_id = 1"),
              1);
}

TEST_P(Retention, IsRefusedBeyondItsBoundsAndToOthers) {
    EXPECT_EQ(fault("messages", 61), RetentionFault::out_of_bounds);
    EXPECT_EQ(fault("security_log", 5), RetentionFault::out_of_bounds);
    EXPECT_EQ(fault("security_log", 13), RetentionFault::out_of_bounds);
    EXPECT_EQ(fault("weather", 6), RetentionFault::unknown_kind);
    for (const auto actor : {kDenis, kBruno, kPerle, people::PersonId{20}}) {
        EXPECT_EQ(fault("messages", 6, actor), RetentionFault::not_allowed);
    }
    EXPECT_TRUE(set_retention(session, {kTown, kDana, "messages", 60, "2026-41", kNow}));
}

TEST_P(Retention, OfTheSecurityLogIsWhatTheAuditPurgesBy) {
    const audit::ChainOf security{kTown, audit::Log::security};
    EXPECT_EQ(audit::kept_from(session, security, kNow), "2025-11-30");
    ASSERT_TRUE(set_retention(session, {kTown, kDana, "security_log", 6, "2026-41", kNow}));
    EXPECT_EQ(audit::kept_from(session, security, kNow), "2026-05-30");
}

TEST_P(Retention, IsLookedAfterOnceANightWhateverStarts) {
    const auto midnight = std::chrono::floor<days>(kNow) + days{1};
    const auto works = [this](NightlyPurge& night, std::chrono::sys_seconds at) {
        const std::string nights = "SELECT COUNT(*) FROM audit WHERE action = 'purge_done'";
        const auto before = number(nights);
        while (night.tick(readers, writer, kTown, at)) {
        }
        return number(nights) > before;
    };
    NightlyPurge first;
    EXPECT_TRUE(works(first, midnight + hours{12})) << "there was none before";
    EXPECT_FALSE(works(first, midnight + hours{12}));
    NightlyPurge after_a_start;
    EXPECT_FALSE(works(after_a_start, midnight + hours{13}));
    EXPECT_FALSE(works(after_a_start, midnight + hours{24}));
    EXPECT_TRUE(works(after_a_start, midnight + hours{25}));
    NightlyPurge in_the_same_night;
    EXPECT_FALSE(works(in_the_same_night, midnight + hours{26}));
    EXPECT_FALSE(works(in_the_same_night, midnight + hours{25 + 24 + 4})) << "not by day";
    EXPECT_TRUE(works(in_the_same_night, midnight + hours{25 + 48})) << "two nights were missed";
}

TEST_P(Retention, LeavesTimeForOthersBetweenItsWrites) {
    for (int i = 0; i < 450; ++i) {
        session.execute(
            "INSERT INTO reasons (town_id, subject_kind, subject_id, action, at, reason)"
            " VALUES (1, 'booking', 3, 'x', 1, 'why')");
    }
    NightlyPurge night;
    std::int64_t most = 0;
    for (bool goes_on = true; goes_on;) {
        const auto before = number("SELECT COUNT(*) FROM reasons");
        goes_on = night.tick(readers, writer, kTown, kNow);
        most = std::max(most, before - number("SELECT COUNT(*) FROM reasons"));
    }
    EXPECT_EQ(most, kMostInAWrite);
    EXPECT_EQ(number("SELECT COUNT(*) FROM reasons WHERE at = 1"), 0);
}

}  // namespace
}  // namespace creneau::privacy
