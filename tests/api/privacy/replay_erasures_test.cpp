#include "api/privacy/replay_erasures.hpp"

#include "api/people/ids.hpp"
#include "api/store/readers.hpp"
#include "api/store/writer.hpp"
#include "tests/api/privacy/privacy_town.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <ios>
#include <stdexcept>
#include <string>
#include <vector>

namespace creneau::privacy {
namespace {

class ReplayErasures : public PrivacyTown {
  protected:
    std::size_t replay() { return replay_erasures(readers, writer, ledger, {}, kNow); }

    store::Readers readers{database.database(), 1};
    store::Writer writer{database.database()};
};
CRENEAU_ON_BOTH_ENGINES(ReplayErasures);

TEST_P(ReplayErasures, EraseWhoABackupBroughtBack) {
    ledger.add({kTown, kPerle, kNow});
    EXPECT_EQ(compare_erasures(session, ledger).not_erased.size(), 1U);
    EXPECT_EQ(replay(), 1U);
    EXPECT_EQ(traces(), std::vector<std::string>{});
    EXPECT_TRUE(compare_erasures(session, ledger).agrees());
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE action = 'person_erased'"
                     " AND subject_id = 7 AND actor_id IS NULL AND ground = 'replayed'"),
              1);
    EXPECT_EQ(replay(), 0U) << "the second time there is nothing to do";
}

TEST_P(ReplayErasures, DoNotAskAgainWhatStoodInTheWay) {
    session.execute("UPDATE bookings SET status = 'approved' WHERE id = 2");
    ledger.add({kTown, kPerle, kNow});
    EXPECT_EQ(replay(), 1U);
    EXPECT_EQ(traces(), std::vector<std::string>{});
    EXPECT_EQ(text("SELECT status FROM bookings WHERE id = 2"), "approved");
}

TEST_P(ReplayErasures, ClosePassesThatTheBackupBroughtBack) {
    session.execute(
        "UPDATE bookings SET status = 'approved' WHERE id = 2;"
        "INSERT INTO passes (id, town_id, number, booking_id, holder_kind, holder_id, created_at)"
        " VALUES (20, 1, 20, 2, 'person', 7, 1), (21, 1, 21, 7, 'association', 7, 1);"
        "INSERT INTO credentials (town_id, pass_row_id, pass_id, revision, scope, not_before,"
        " duration_min) VALUES (1, 20, 5001, 0, 1, 1820000000, 120),"
        " (1, 21, 5002, 0, 1, 1820000000, 120)");
    ledger.add({kTown, kPerle, kNow});
    EXPECT_EQ(replay(), 1U);
    EXPECT_GT(number("SELECT COALESCE(revoked_at, 0) FROM credentials WHERE pass_id = 5001"), 0);
    EXPECT_EQ(number("SELECT COALESCE(revoked_at, 0) FROM credentials WHERE pass_id = 5002"), 0)
        << "of an association that has their number";
}

TEST_P(ReplayErasures, KeepTheIdOfWhoTheBackupNeverHadFromBeingAnybodys) {
    ledger.add({kTown, people::PersonId{120}, kNow});
    EXPECT_EQ(replay(), 1U);
    session.execute(
        "INSERT INTO people (town_id, key, name, email, locale) VALUES"
        " (1, 'new', 'Nouvelle Venue', 'new@example.org', 'fr')");
    EXPECT_EQ(number("SELECT id FROM people WHERE key = 'new'"), 121);
    EXPECT_EQ(replay(), 0U);
    EXPECT_EQ(text("SELECT name FROM people WHERE key = 'new'"), "Nouvelle Venue");
}

TEST_P(ReplayErasures, LeaveAloneWhatIsOfAnotherTown) {
    ledger.add({kTown, people::PersonId{20}, kNow});
    ledger.add({people::TownId{9}, people::PersonId{8}, kNow});
    EXPECT_EQ(replay(), 0U);
    EXPECT_EQ(compare_erasures(session, ledger).foreign.size(), 2U);
    EXPECT_FALSE(compare_erasures(session, ledger).agrees());
    EXPECT_EQ(text("SELECT name FROM people WHERE id = 20"), "Another");
}

TEST_P(ReplayErasures, AreMissedWhereTheLedgerLacksThem) {
    EXPECT_TRUE(compare_erasures(session, ledger).agrees());
    ASSERT_TRUE(erase());
    EXPECT_TRUE(compare_erasures(session, ledger).agrees());
    const ErasureLedger other(database.folder() + "/other");
    EXPECT_EQ(compare_erasures(session, other).not_in_ledger,
              std::vector<people::PersonId>{kPerle});
}

TEST_P(ReplayErasures, AreNotSaidToBeDoneWhereALineCannotBeRead) {
    require_readable(ledger);
    ledger.add({kTown, kPerle, kNow});
    require_readable(ledger);
    std::ofstream(ledger.folder() / "erasures", std::ios::app) << "creneau-erasures-1 1 ?\n";
    EXPECT_THROW(require_readable(ledger), std::runtime_error);
    EXPECT_FALSE(compare_erasures(session, ledger).agrees());
    EXPECT_EQ(replay(), 1U) << "what can be read is done all the same";
}

}  // namespace
}  // namespace creneau::privacy
