#include "api/people/sessions.hpp"
#include "api/privacy/erase_unused_accounts.hpp"
#include "api/privacy/keep_retention.hpp"
#include "api/privacy/retention_store.hpp"
#include "api/privacy/unused_store.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"
#include "tests/api/privacy/privacy_town.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace creneau::privacy {
namespace {

constexpr people::PersonId kIdle{60};

/// Somebody who made an account long ago and has not been heard of since.
class UnusedAccounts : public PrivacyTown {
  protected:
    UnusedAccounts() {
        session.execute("UPDATE people SET seen_at = " + std::to_string(seconds_of(kNow)));
        session.execute(
            "INSERT INTO people (id, town_id, key, name, email, locale, seen_at) VALUES"
            " (60, 1, 'idle', 'Ida Idle', 'ida@example.org', 'fr', 1),"
            " (61, 2, 'idle', 'Other Idle', 'other-idle@example.org', 'fr', 1);"
            "INSERT INTO person_roles (town_id, person_id, role) VALUES (1, 60, 'booker')");
        announced("sent", kNow - kAnnouncedAhead);
    }
    /// The mail that says so, as it was queued and came to its end.
    void announced(const std::string& state, std::chrono::sys_seconds at) {
        const auto when = std::to_string(seconds_of(at));
        session.execute(
            "INSERT INTO outbox (town_id, template, person_id, facts, created_at, state,"
            " next_try_at, done_at) VALUES (1, 'account_unused', 60, '{}', " +
            when + ", '" + state + "', 1, " + (state == "waiting" ? "NULL" : when) + ")");
    }
    void forget_announcements() {
        session.execute("DELETE FROM outbox WHERE template = 'account_unused'");
    }
    std::int64_t announcements() {
        return number("SELECT COUNT(*) FROM outbox WHERE template = 'account_unused'");
    }
    static std::int64_t seconds_of(std::chrono::sys_seconds at) {
        return at.time_since_epoch().count();
    }
    std::size_t erase_all(std::chrono::seconds later = {}) {
        return erase_unused_accounts(readers, writer, ledger, kTown, kNow + later);
    }
    std::int64_t erased(const std::string& who) {
        return number("SELECT COUNT(*) FROM people WHERE erased_at IS NOT NULL AND " + who);
    }

    store::Readers readers{database.database(), 1};
    store::Writer writer{database.database()};
};
CRENEAU_ON_BOTH_ENGINES(UnusedAccounts);

TEST_P(UnusedAccounts, AreErasedAndStandInTheLedger) {
    EXPECT_EQ(erase_all(), 1U);
    EXPECT_EQ(erased("id = 60"), 1);
    EXPECT_EQ(erased("id <> 60"), 0) << "nobody else, and nobody of another town";
    ASSERT_EQ(ledger.read().erasures.size(), 1U);
    EXPECT_EQ(ledger.read().erasures.front().person, kIdle);
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE action = 'person_erased'"
                     " AND subject_id = 60 AND ground = 'account_unused' AND actor_id IS NULL"
                     " AND log = 'security'"),
              1);
    EXPECT_EQ(erase_all(), 0U);
}

TEST_P(UnusedAccounts, AreNotThoseOfWhoIsHeardOfOrNeeded) {
    const auto since = std::to_string(seconds_of(kNow) - 86400);
    const auto stays_with = [&](const std::string& change, const std::string& undo) {
        session.execute(change);
        EXPECT_EQ(erase_all(), 0U) << change;
        session.execute(undo);
    };
    stays_with("UPDATE people SET seen_at = " + since + " WHERE id = 60",
               "UPDATE people SET seen_at = 1 WHERE id = 60");
    stays_with("UPDATE people SET restricted_at = 1 WHERE id = 60",
               "UPDATE people SET restricted_at = NULL WHERE id = 60");
    stays_with(
        "INSERT INTO person_roles (town_id, person_id, role) VALUES (1, 60, 'stage_manager')",
        "DELETE FROM person_roles WHERE person_id = 60 AND role = 'stage_manager'");
    stays_with(
        "INSERT INTO association_managers (town_id, association_id, person_id) VALUES (1, 300, 60)",
        "DELETE FROM association_managers WHERE person_id = 60");
    stays_with(
        "INSERT INTO staff (person_id, town_id, department_id, from_date) VALUES"
        " (60, 1, 1, '2020-01-01')",
        "DELETE FROM staff WHERE person_id = 60");
    stays_with(
        "INSERT INTO delegations (town_id, delegator_id, delegate_id, from_date, until_date,"
        " created_at) VALUES (1, 8, 60, '2020-01-01', '2999-01-01', 1)",
        "DELETE FROM delegations WHERE delegate_id = 60");
    stays_with(
        "INSERT INTO access_tokens (town_id, person_id, name, token_hash, scopes, created_at,"
        " expires_at) VALUES (1, 60, 'x', 'x', 'x', 1, 4000000000)",
        "DELETE FROM access_tokens WHERE person_id = 60");
    stays_with(
        "INSERT INTO badges (id, town_id, number_sealed, number_mark, holder_kind, holder_id, "
        "from_at,"
        " changed_at) VALUES (60, 1, 's60', 'm60', 'person', 60, 1, 1)",
        "DELETE FROM badges WHERE holder_id = 60");
    stays_with(
        "INSERT INTO association_members (town_id, association_id, name, email) VALUES"
        " (1, 300, 'Ida', 'Ida@Example.org')",
        "DELETE FROM association_members WHERE name = 'Ida'");
    stays_with(
        "INSERT INTO subscriptions (id, town_id, service, email, locale, rhythm, holders,"
        " created_by_id, created_at, told_until) VALUES (60, 1, 'Voirie', 'ida@example.org', 'fr',"
        " 'at_once', 'all', 8, 1, 0)",
        "DELETE FROM subscriptions WHERE email = 'ida@example.org'");
    stays_with("UPDATE people SET has_email = 0 WHERE id = 60",
               "UPDATE people SET has_email = 1 WHERE id = 60");
    stays_with("UPDATE staff SET until_date = '', line_manager_id = 60",
               "UPDATE staff SET until_date = '2021-01-01', line_manager_id = NULL");
    stays_with("UPDATE bookings SET booker_id = 60, requested_at = " + since + " WHERE id = 2",
               "UPDATE bookings SET booker_id = 7, requested_at = 1 WHERE id = 2");
    EXPECT_EQ(erase_all(), 1U);
}

TEST_P(UnusedAccounts, AreNotThoseThatAreClosed) {
    session.execute("UPDATE people SET enabled = 0 WHERE id = 60");
    EXPECT_EQ(erase_all(), 0U);
    forget_announcements();
    EXPECT_EQ(erase_all(), 0U);
    EXPECT_EQ(announcements(), 0) << "nobody reads mails of theirs";
}

TEST_P(UnusedAccounts, AreToldWhereItFailedOfOneBefore) {
    forget_announcements();
    announced("sent", kNow - kAnnouncementServes);
    session.execute(
        "INSERT INTO people (id, town_id, key, name, email, locale, seen_at) VALUES"
        " (62, 1, 'idle-too', 'Ivo Idle', 'ivo@example.org', 'fr', 1);"
        "CREATE UNIQUE INDEX told_once ON outbox(person_id) WHERE template = 'account_unused'");
    EXPECT_THROW(erase_all(), store::StoreError);
    EXPECT_EQ(number("SELECT COUNT(*) FROM outbox WHERE template = 'account_unused'"
                     " AND person_id = 62"),
              1);
}

TEST_P(UnusedAccounts, AreAnnouncedFirst) {
    forget_announcements();
    EXPECT_EQ(erase_all(), 0U);
    EXPECT_EQ(announcements(), 1);
    EXPECT_NE(text("SELECT facts FROM outbox WHERE template = 'account_unused'").find("2026-12-30"),
              std::string::npos)
        << text("SELECT facts FROM outbox WHERE template = 'account_unused'");
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE action = 'account_end_announced'"
                     " AND subject_id = 60 AND log = 'security'"),
              1);
    EXPECT_EQ(erase_all(kAnnouncedAhead), 0U) << "the mail has not left";
    EXPECT_EQ(announcements(), 1);
    session.execute("UPDATE outbox SET state = 'sent', done_at = " +
                    std::to_string(seconds_of(kNow) + 60) + " WHERE template = 'account_unused'");
    EXPECT_EQ(erase_all(kAnnouncedAhead), 0U);
    EXPECT_EQ(erase_all(kAnnouncedAhead + std::chrono::minutes{1}), 1U);
    EXPECT_EQ(announcements(), 0) << "what told of them is gone with them";
}

TEST_P(UnusedAccounts, AreNotErasedByAClockThatJumps) {
    forget_announcements();
    constexpr std::chrono::days kTenYears{3650};
    EXPECT_EQ(erase_all(kTenYears), 0U);
    EXPECT_EQ(announcements(), 1);
    session.execute(
        "UPDATE outbox SET state = 'sent', done_at = created_at"
        " WHERE template = 'account_unused'");
    EXPECT_EQ(erase_all(kTenYears + std::chrono::days{29}), 0U);
    EXPECT_EQ(erase_all(kTenYears + kTenYears), 0U) << "it was announced too long ago";
    EXPECT_EQ(erased("id > 0"), 0);
    EXPECT_EQ(erase_all(kAnnouncedAhead), 0U) << "the clock is right again";
}

TEST_P(UnusedAccounts, StayWhereNoMailArrives) {
    for (const std::string state : {"waiting", "dead", "bounced", "superseded"}) {
        forget_announcements();
        announced(state, kNow - kAnnouncedAhead);
        EXPECT_EQ(erase_all(), 0U) << state;
        EXPECT_EQ(announcements(), 1) << state;
        EXPECT_EQ(erase_all(kAnnouncementServes), 0U) << state;
        EXPECT_EQ(announcements(), 2) << state << ": they are told once more";
    }
}

TEST_P(UnusedAccounts, AreRememberedAsToldWhileOtherMailsGo) {
    const auto due = [this](const char* kind) {
        const DueRows rows{kind, kNow, 0};
        return select_due_rows(session, kTown, rows, 200).size();
    };
    const auto told = due("messages");
    forget_announcements();
    EXPECT_EQ(due("messages"), told);
    announced("sent", kNow - kAnnouncedAhead);
    EXPECT_EQ(due("unused_accounts"), 1U);
}

TEST_P(UnusedAccounts, AreThoseAfterThePeriodThatTheTownSays) {
    constexpr std::chrono::days kTwoYears{730};
    session.execute("UPDATE people SET seen_at = " + std::to_string(seconds_of(kNow - kTwoYears)) +
                    " WHERE id = 60");
    EXPECT_EQ(erase_all(), 0U);
    ASSERT_TRUE(set_retention(session, {kTown, kDana, "unused_accounts", 12, "2026-41", kNow}));
    EXPECT_EQ(erase_all(), 1U);
}

TEST_P(UnusedAccounts, AreUsedByEachSignIn) {
    people::open_session(session, kTown, kIdle, {.token = people::new_session_token()}, kNow);
    EXPECT_EQ(number("SELECT seen_at FROM people WHERE id = 60"), seconds_of(kNow));
    EXPECT_EQ(erase_all(), 0U);
}

}  // namespace
}  // namespace creneau::privacy
