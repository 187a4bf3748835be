#include "api/access/access_types.hpp"
#include "api/access/closed/closed_ledger.hpp"
#include "api/access/closed/closed_rules.hpp"
#include "api/access/closed/closed_types.hpp"
#include "api/access/closed/keep_closed.hpp"
#include "api/store/column.hpp"
#include "api/store/durable_file.hpp"
#include "api/store/readers.hpp"
#include "api/store/writer.hpp"
#include "tests/api/access/doors_town.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

namespace creneau::access {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

TEST(ClosedLine, IsReadAsItWasWritten) {
    const Closed pass{TownId{1},
                      ClosedKind::pass,
                      72057594037927935,
                      3,
                      "lost",
                      store::instant(1'796'000'000),
                      store::instant(1'796'003'600)};
    EXPECT_EQ(line_of(pass),
              "creneau-closed-1 1 pass 72057594037927935 3 lost 1796000000 1796003600 .");
    for (const auto kind :
         {ClosedKind::pass, ClosedKind::badge, ClosedKind::agent, ClosedKind::lockdown,
          ClosedKind::lockdown_end, ClosedKind::door, ClosedKind::door_end, ClosedKind::scope}) {
        auto one = pass;
        one.kind = kind;
        EXPECT_EQ(closed_in(line_of(one)), one);
    }
}

TEST(ClosedLine, IsNothingElse) {
    for (const auto* const line :
         {"", "creneau-closed-1 1 pass 5 0 lost 1 2", "creneau-closed-1 1 pass 5 0 lost 1 2 . x",
          "creneau-closed-1 0 pass 5 0 lost 1 2 .", "creneau-closed-1 1 gate 5 0 lost 1 2 .",
          "creneau-closed-1 1 pass x 0 lost 1 2 .", "creneau-closed-2 1 pass 5 0 lost 1 2 .",
          "creneau-closed-1 1 pass 5 0 lost 1 ."}) {
        EXPECT_FALSE(closed_in(line)) << line;
    }
    EXPECT_TRUE(closed_in("creneau-closed-1 1 pass 5 0 lost 1 2 ."));
}

TEST(ClosedRules, ForgetWhatOpenedAgainAndPassesThatAreOver) {
    const auto at = store::instant(100);
    const Closed pass{TownId{1}, ClosedKind::pass, 5, 0, "lost", at, store::instant(200)};
    const Closed begun{TownId{1}, ClosedKind::lockdown, 1, 8, "threat", at, {}};
    auto ended = begun;
    ended.kind = ClosedKind::lockdown_end;
    auto elsewhere = begun;
    elsewhere.id = 2;
    EXPECT_EQ(in_force({pass, begun, elsewhere}, store::instant(199)),
              (std::vector<Closed>{pass, begun, elsewhere}));
    EXPECT_EQ(in_force({pass, begun, elsewhere, ended}, store::instant(200)),
              std::vector<Closed>{elsewhere});
    EXPECT_EQ(in_force({begun, ended, begun}, at), std::vector<Closed>{begun}) << "begun anew";
}

/// A ledger beside the town's database, written and read as processes that were just started do.
class ClosedTown : public DoorsTown {
  protected:
    ClosedTown() {
        session.execute("UPDATE credentials SET not_before = " + at(now_) + ", duration_min = 60");
        session.execute("UPDATE door_agents SET public_key = 'k' || id, confirmed_at = 1");
    }
    static std::string at(std::chrono::sys_seconds instant) {
        return std::to_string(store::unix_seconds(instant));
    }
    void note() {
        store::Readers readers(database.database(), 1);
        ClosedWatch(ledger_).tick(readers, TownId{1}, now_);
    }
    std::size_t replay() {
        store::Writer writer(database.database(), {.limits = {}, .town_id = 1, .report = {}});
        return replay_closed(writer, ledger_, TownId{1}, now_);
    }
    std::string written() const {
        std::ifstream file(ledger_.file());
        return {std::istreambuf_iterator<char>(file), {}};
    }
    void close_everything() {
        session.execute("UPDATE credentials SET revoked_at = " + at(now_) +
                        ", revoked_why = 'cancelled' WHERE pass_id = 1001");
        session.execute("UPDATE badges SET state = 'lost', changed_at = " + at(now_) +
                        " WHERE id = 1");
        session.execute("UPDATE door_agents SET public_key = NULL, revoked_at = " + at(now_) +
                        " WHERE id = 1");
        session.execute(
            "INSERT INTO lockdowns (town_id, site_id, ground, begun_at, begun_by_id)"
            " VALUES (1, 1, 'threat', " +
            at(now_) + ", 8)");
        session.execute("UPDATE doors SET disabled_at = " + at(now_) +
                        ", disabled_ground = 'works' WHERE id = 3");
        session.execute(
            "INSERT INTO scope_numbers (town_id, number, kind, key)"
            " VALUES (1, 40000, 'zone', 'annexe')");
    }
    /// As it was in a backup of before.
    void put_back() {
        session.execute(
            "UPDATE credentials SET revoked_at = NULL, revoked_why = '';"
            "UPDATE badges SET state = 'issued', changed_at = 1;"
            "UPDATE door_agents SET public_key = 'k' || id, revoked_at = NULL;"
            "DELETE FROM lockdowns;"
            "UPDATE doors SET disabled_at = NULL, disabled_ground = '';"
            "DELETE FROM scope_numbers");
    }

    ClosedLedger ledger_{std::filesystem::path(database.folder()) / "ledger"};
};
CRENEAU_ON_BOTH_ENGINES(ClosedTown);

TEST_P(ClosedTown, StaysClosedWhenAnOlderDatabaseIsPutBack) {
    close_everything();
    note();
    put_back();
    EXPECT_EQ(replay(), 7U);
    EXPECT_EQ(number("SELECT COUNT(*) FROM credentials WHERE pass_id = 1001"
                     " AND revoked_why = 'cancelled' AND revoked_at = " +
                     at(now_)),
              2);
    EXPECT_EQ(text("SELECT state FROM badges WHERE id = 1"), "lost");
    EXPECT_EQ(number("SELECT COUNT(*) FROM door_agents WHERE id = 1 AND public_key IS NULL"
                     " AND revoked_at IS NOT NULL"),
              1);
    EXPECT_EQ(number("SELECT COUNT(*) FROM lockdowns WHERE site_id = 1 AND ended_at IS NULL"
                     " AND ground = 'threat' AND begun_by_id = 8"),
              1);
    EXPECT_EQ(text("SELECT disabled_ground FROM doors WHERE id = 3"), "works");
    EXPECT_EQ(text("SELECT key FROM scope_numbers WHERE number = 40000"), "annexe");
    EXPECT_EQ(number("SELECT subject_id FROM audit WHERE log = 'security'"
                     " AND action = 'closed_again'"),
              7);
    EXPECT_EQ(replay(), 0U);
    EXPECT_EQ(number("SELECT COUNT(*) FROM credentials WHERE revoked_at IS NULL"), 1)
        << "the association's pass is good";
    EXPECT_EQ(text("SELECT state FROM badges WHERE id = 2"), "issued");
    EXPECT_EQ(number("SELECT COUNT(*) FROM door_agents WHERE public_key IS NOT NULL"), 2);
}

TEST_P(ClosedTown, OpensWhatTwoPeopleOpenedAgain) {
    close_everything();
    note();
    session.execute(
        "UPDATE lockdowns SET ended_at = 2000000000, ended_by_id = 8;"
        "UPDATE doors SET disabled_at = NULL, disabled_ground = ''");
    now_ += seconds{1};
    note();
    session.execute("DELETE FROM lockdowns");
    replay();
    EXPECT_EQ(number("SELECT COUNT(*) FROM lockdowns"), 0);
    EXPECT_EQ(number("SELECT COUNT(*) FROM doors WHERE disabled_at IS NOT NULL"), 0);
    session.execute(
        "INSERT INTO lockdowns (town_id, site_id, ground, begun_at, begun_by_id)"
        " VALUES (1, 1, 'drill', 3, 8)");
    now_ += seconds{1};
    note();
    session.execute("DELETE FROM lockdowns");
    replay();
    EXPECT_EQ(text("SELECT ground FROM lockdowns WHERE ended_at IS NULL"), "drill");
}

TEST_P(ClosedTown, LeavesAnAgentThatAPersonConfirmedSince) {
    close_everything();
    note();
    put_back();
    session.execute("UPDATE door_agents SET confirmed_at = " + at(now_ + hours{1}) +
                    " WHERE id = 1");
    EXPECT_EQ(replay(), 6U);
    EXPECT_EQ(number("SELECT COUNT(*) FROM door_agents WHERE public_key IS NOT NULL"), 3);
}

TEST_P(ClosedTown, LeavesACardThatWasGivenAgainSinceUntilItIsLostAgain) {
    const auto card = [&](const std::string& state) {
        session.execute("UPDATE badges SET state = '" + state + "', changed_at = " + at(now_) +
                        " WHERE id = 1");
    };
    card("lost");
    note();
    now_ += minutes{1};
    card("issued");
    EXPECT_EQ(replay(), 0U);
    EXPECT_EQ(text("SELECT state FROM badges WHERE id = 1"), "issued");
    const auto given = now_;
    now_ += minutes{1};
    card("lost");
    note();
    session.execute("UPDATE badges SET state = 'issued', changed_at = " + at(given));
    EXPECT_EQ(replay(), 1U);
    EXPECT_EQ(text("SELECT state FROM badges WHERE id = 1"), "lost");
}

TEST_P(ClosedTown, LosesACardThatAClockGaveThatWasAhead) {
    close_everything();
    note();
    put_back();
    session.execute("UPDATE badges SET changed_at = " + at(now_ + hours{1}) + " WHERE id = 1");
    EXPECT_EQ(replay(), 7U);
    EXPECT_EQ(text("SELECT state FROM badges WHERE id = 1"), "lost");
}

TEST_P(ClosedTown, EndsALockdownWhoseEndWasNotWrittenAnyMore) {
    close_everything();
    note();
    session.execute("UPDATE lockdowns SET ended_at = 2000000000, ended_by_id = 8");
    EXPECT_EQ(replay(), 0U) << "killed before it could say so";
    EXPECT_EQ(number("SELECT COUNT(*) FROM lockdowns WHERE ended_at IS NULL"), 0);
}

TEST_P(ClosedTown, IsLockedDownAgainThoughWhoBeganItIsNotInTheBackup) {
    const auto line = "creneau-closed-1 1 lockdown 1 99999 threat " + at(now_) + " 0 .\n";
    std::filesystem::create_directories(ledger_.file().parent_path());
    std::ofstream(ledger_.file()) << line;
    EXPECT_EQ(replay(), 1U);
    EXPECT_EQ(number("SELECT COUNT(*) FROM lockdowns WHERE site_id = 1 AND ended_at IS NULL"
                     " AND ground = 'threat' AND begun_at = " +
                     at(now_)),
              1);
    note();
    EXPECT_EQ(written(), line) << "it goes on, and began once";
}

TEST_P(ClosedTown, SaysEverythingOnceHoweverManyProcessesLook) {
    close_everything();
    note();
    const auto once = written();
    note();
    now_ += minutes{1};
    note();
    EXPECT_EQ(written(), once);
    session.execute("UPDATE badges SET state = 'revoked', changed_at = " + at(now_) +
                    " WHERE id = 2");
    note();
    EXPECT_EQ(written(), once + "creneau-closed-1 1 badge 2 0 b " + at(now_) + " 0 .\n");
}

/// Returns when somebody waits for a lock of a file, or after a while.
void wait_for_who_waits() {
    const auto deadline = std::chrono::steady_clock::now() + seconds{2};
    while (std::chrono::steady_clock::now() < deadline) {
        std::ifstream file("/proc/locks");
        const std::string locks{std::istreambuf_iterator<char>(file), {}};
        if (locks.find("-> FLOCK") != std::string::npos) {
            return;
        }
        std::this_thread::yield();
    }
}

TEST_P(ClosedTown, HoldsWhereAnotherProcessSaidSoWhileThisOneWaited) {
    store::Readers readers(database.database(), 1);
    ClosedWatch watch(ledger_);
    const auto folder = ledger_.file().parent_path();
    std::filesystem::create_directories(folder);
    std::jthread look;
    std::optional<store::DirectoryLock> other(folder);
    look = std::jthread([&] { watch.tick(readers, TownId{1}, now_); });
    wait_for_who_waits();
    session.execute(
        "INSERT INTO lockdowns (town_id, site_id, ground, begun_at, begun_by_id)"
        " VALUES (1, 1, 'threat', " +
        at(now_) + ", 8)");
    const auto line = "creneau-closed-1 1 lockdown 1 8 threat " + at(now_) + " 0 .\n";
    std::ofstream(ledger_.file()) << line;
    other.reset();
    look.join();
    EXPECT_EQ(written(), line);
}

TEST_P(ClosedTown, IsNotedWhenTheClockWasAheadAndIsPutRight) {
    store::Readers readers(database.database(), 1);
    ClosedWatch watch(ledger_);
    watch.tick(readers, TownId{1}, now_ + hours{24 * 3650});
    close_everything();
    watch.tick(readers, TownId{1}, now_);
    EXPECT_EQ(ledger_.read().said.size(), 7U);
}

TEST_P(ClosedTown, IsNotedHoweverFarAheadTheLastLineIs) {
    const auto right = now_;
    now_ += hours{24 * 3650};
    session.execute("UPDATE badges SET state = 'lost', changed_at = " + at(now_) + " WHERE id = 2");
    note();
    ASSERT_EQ(ledger_.read().said.size(), 1U);
    now_ = right;
    close_everything();
    note();
    EXPECT_EQ(ledger_.read().said.size(), 8U);
}

TEST_P(ClosedTown, IsSaidLaterWhereTheFolderCannotBeWritten) {
    close_everything();
    std::ofstream(ledger_.file().parent_path()) << "in the way";
    store::Readers readers(database.database(), 1);
    ClosedWatch watch(ledger_);
    EXPECT_THROW(watch.tick(readers, TownId{1}, now_), std::system_error);
    EXPECT_NO_THROW(watch.tick(readers, TownId{1}, now_ + seconds{9})) << "it waits";
    EXPECT_THROW(watch.tick(readers, TownId{1}, now_ + seconds{10}), std::system_error);
    std::filesystem::remove(ledger_.file().parent_path());
    watch.tick(readers, TownId{1}, now_ + seconds{20});
    EXPECT_EQ(ledger_.read().said.size(), 7U);
}

TEST_P(ClosedTown, IsNotServedFromALedgerThatCannotBeRead) {
    close_everything();
    note();
    const auto sound = written();
    std::ofstream(ledger_.file(), std::ios::app) << "creneau-closed-1 1 badge 2 0";
    EXPECT_NO_THROW(require_readable(ledger_)) << "cut short: the next look says it anew";
    session.execute("UPDATE badges SET state = 'lost', changed_at = " + at(now_) + " WHERE id = 2");
    note();
    EXPECT_EQ(written(), sound + "creneau-closed-1 1 badge 2 0 b " + at(now_) + " 0 .\n");
    std::ofstream(ledger_.file(), std::ios::app) << "somebody wrote this\n";
    EXPECT_THROW(require_readable(ledger_), std::runtime_error);
    std::ofstream(ledger_.file(), std::ios::trunc) << sound;
    EXPECT_NO_THROW(require_readable(ledger_));
}

}  // namespace
}  // namespace creneau::access
