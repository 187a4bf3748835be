#include "api/store/db_error.hpp"
#include "tests/api/store/rows.hpp"
#include "tests/support/test_database.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace creneau::store {
namespace {

/// What became of an occupancy inside a transaction: kept, or why not.
enum class Fate { kept, overlap, other };

Fate try_to_occupy(Session& session, const Interval& interval) {
    session.execute("SAVEPOINT attempt");
    try {
        occupy(session, interval);
        session.execute("RELEASE SAVEPOINT attempt");
        return Fate::kept;
    } catch (const std::exception& error) {
        session.execute("ROLLBACK TO SAVEPOINT attempt; RELEASE SAVEPOINT attempt");
        return fault_of(error) == DbFault::overlap ? Fate::overlap : Fate::other;
    }
}

class Overlap : public testing::TestWithParam<Engine> {
  protected:
    void SetUp() override { add_small_town(session); }

    support::TestDatabase database{GetParam()};
    Session session = database.open();
};
CRENEAU_ON_BOTH_ENGINES(Overlap);

TEST_P(Overlap, IsRefusedByTheDatabase) {
    constexpr std::int64_t kMidnight = 1'796'425'200;  // 2026-12-05T00:00 in Paris
    const struct {
        const char* name;
        Interval interval;
        Fate fate;
    } rows[] = {
        {"identical", {1, kMidnight - 100, kMidnight + 100}, Fate::overlap},
        {"the same start, shorter", {1, kMidnight - 100, kMidnight}, Fate::overlap},
        {"the same start, longer", {1, kMidnight - 100, kMidnight + 200}, Fate::overlap},
        {"the same end", {1, kMidnight, kMidnight + 100}, Fate::overlap},
        {"nested", {1, kMidnight - 1, kMidnight + 1}, Fate::overlap},
        {"enclosing", {1, kMidnight - 900, kMidnight + 900}, Fate::overlap},
        {"one second into its start", {1, kMidnight - 200, kMidnight - 99}, Fate::overlap},
        {"one second into its end", {1, kMidnight + 99, kMidnight + 200}, Fate::overlap},
        {"empty", {1, kMidnight + 900, kMidnight + 900}, Fate::other},
        {"reversed", {1, kMidnight + 900, kMidnight + 800}, Fate::other},
        {"adjacent before", {1, kMidnight - 200, kMidnight - 100}, Fate::kept},
        {"adjacent after", {1, kMidnight + 100, kMidnight + 200}, Fate::kept},
        {"another space", {2, kMidnight - 100, kMidnight + 100}, Fate::kept},
    };
    occupy(session, {1, kMidnight - 100, kMidnight + 100});
    session.execute("BEGIN");
    for (const auto& row : rows) {
        EXPECT_EQ(try_to_occupy(session, row.interval), row.fate) << row.name;
    }
    session.execute("COMMIT");
    EXPECT_EQ(number_of(session, "SELECT count(*) FROM occupancies"), 4);
}

TEST_P(Overlap, IsNotReachedByMovingARow) {
    occupy(session, {1, 100, 200});
    occupy(session, {1, 300, 400});
    EXPECT_ANY_THROW(session.execute("UPDATE occupancies SET start_at = 150 WHERE start_at = 300"));
    session.execute("BEGIN; DELETE FROM occupancies WHERE start_at = 300");
    EXPECT_EQ(try_to_occupy(session, {1, 200, 300}), Fate::kept);
}

TEST_P(Overlap, IsWhatABruteForceOracleSays) {
    session.execute("BEGIN");
    const bool held = rc::check([&] {
        session.execute("DELETE FROM occupancies");
        std::vector<Interval> kept;
        for (int step = *rc::gen::inRange(1, 40); step > 0; --step) {
            if (!kept.empty() && *rc::gen::inRange(0, 4) == 0) {
                const auto gone = kept.begin() + *rc::gen::inRange<std::ptrdiff_t>(
                                                     0, static_cast<std::ptrdiff_t>(kept.size()));
                session.execute(
                    "DELETE FROM occupancies WHERE space_id = " + std::to_string(gone->space) +
                    " AND start_at = " + std::to_string(gone->start_at));
                kept.erase(gone);
                continue;
            }
            Interval wanted;
            wanted.space = *rc::gen::inRange(1, 3);
            wanted.start_at = *rc::gen::inRange<std::int64_t>(-50, 150);
            wanted.end_at = wanted.start_at + *rc::gen::inRange<std::int64_t>(1, 40);
            const bool clash = std::any_of(kept.begin(), kept.end(), [&](const Interval& other) {
                return other.space == wanted.space && other.start_at < wanted.end_at &&
                       wanted.start_at < other.end_at;
            });
            RC_ASSERT(try_to_occupy(session, wanted) == (clash ? Fate::overlap : Fate::kept));
            if (!clash) {
                kept.push_back(wanted);
            }
        }
    });
    EXPECT_TRUE(held);
    session.execute("ROLLBACK");
}

TEST_P(Overlap, IsRefusedAcrossConnectionsWithoutTheWriter) {
    constexpr int kThreads = 8;
    std::atomic<int> kept{0};
    std::atomic<int> overlapping{0};
    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < kThreads; ++thread) {
            threads.emplace_back([&, thread] {
                auto own = database.open();
                try {
                    occupy(own, {1, 1000 + thread, 2000 + thread});
                    ++kept;
                } catch (const std::exception& error) {
                    overlapping += fault_of(error) == DbFault::overlap ? 1 : 0;
                }
            });
        }
    }
    EXPECT_EQ(kept, 1);
    EXPECT_EQ(overlapping, kThreads - 1);
}

}  // namespace
}  // namespace creneau::store
