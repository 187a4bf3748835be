#include "door-agent/journal/unsent.hpp"

#include "door-agent/journal/event.hpp"
#include "door-agent/journal/journal.hpp"
#include "tests/door-agent/journal/journal_fixture.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace creneau::door {
namespace {

using test::first_row;
using test::grant;
using test::JournalFile;
using test::purge_before;
using test::with;

/// What the town is to get.
class Unsent : public JournalFile {
  protected:
    static Batch taken(const Journal& journal, std::int64_t sequence) {
        Batch batch;
        batch.acknowledged = Acknowledged{journal.id(), sequence};
        return batch;
    }
    static void fill(Journal& journal, int from, int until) {
        for (int i = from; i < until; ++i) {
            journal.commit(with(grant(i)));
        }
    }
    [[nodiscard]] std::vector<std::int64_t> sequences(std::size_t most = 500) const {
        std::vector<std::int64_t> found;
        if (const auto unsent = read_unsent(settings().file, {}, most)) {
            for (const auto& [sequence, event] : unsent->rows) {
                found.push_back(sequence);
            }
        }
        return found;
    }
    [[nodiscard]] std::int64_t count(EventKind kind) const {
        std::int64_t rows = 0;
        for (const auto& [sequence, event] : read_events(settings().file)) {
            rows += event.kind == kind ? 1 : 0;
        }
        return rows;
    }
    [[nodiscard]] bool is_sound() const { return !check_journal(settings().file).fault; }
};

TEST_F(Unsent, IsWhatTheTownHasNotAcknowledged) {
    Journal journal(settings(), first_row());
    fill(journal, 1, 4);
    EXPECT_EQ(sequences(), (std::vector<std::int64_t>{1, 2, 3, 4}));
    EXPECT_EQ(sequences(2), (std::vector<std::int64_t>{1, 2}));
    journal.commit(taken(journal, 3));
    EXPECT_EQ(sequences(), std::vector<std::int64_t>{4});
    EXPECT_EQ(journal.level(), (JournalLevel{4, 1}));
    journal.commit(taken(journal, 2));
    EXPECT_EQ(sequences(), std::vector<std::int64_t>{4}) << "an answer that comes late";
    const auto rest = read_unsent(settings().file, Acknowledged{journal.id(), 4}, 500);
    EXPECT_FALSE(rest) << "known here, not written yet";
    const Journal again(settings(), first_row());
    EXPECT_EQ(again.level(), (JournalLevel{4, 1})) << "kept across a restart";
}

TEST_F(Unsent, BelongsToItsJournal) {
    Journal journal(settings(), first_row());
    Batch other;
    other.acknowledged = Acknowledged{{1, 2, 3}, 1};
    journal.commit(other);
    EXPECT_EQ(sequences(), std::vector<std::int64_t>{1}) << "of the card before";
    Batch ahead = taken(journal, 900);
    journal.commit(ahead);
    journal.commit(with(grant(1)));
    EXPECT_EQ(sequences(), std::vector<std::int64_t>{2}) << "nobody has what is not written";
}

TEST_F(Unsent, StaysWhenAFullJournalMakesRoom) {
    Journal journal(settings(100), first_row());
    fill(journal, 1, 80);
    journal.commit(taken(journal, 60));
    fill(journal, 80, 130);
    EXPECT_EQ(count(EventKind::gap), 0) << "nothing was lost";
    EXPECT_EQ(sequences().front(), 61);
    EXPECT_LE(check_journal(settings().file).rows, 100);
    EXPECT_TRUE(is_sound());
    fill(journal, 130, 300);
    EXPECT_EQ(count(EventKind::gap), 1) << "what the town lacks went, and is counted";
    EXPECT_TRUE(is_sound());
}

TEST_F(Unsent, StaysWhenWhatTheTownHasLeavesAfterItsTime) {
    Journal journal(settings(), first_row());
    fill(journal, 1, 10);
    journal.commit(taken(journal, 4));
    Batch batch;
    batch.purge = purge_before(grant(-900));
    batch.purge->acknowledged_before = grant(8).at;
    journal.commit(batch);
    EXPECT_EQ(read_events(settings().file).front().first, 5);
    EXPECT_EQ(sequences().front(), 5);
    EXPECT_EQ(read_events(settings().file).back().second.reason, "acknowledged");
    EXPECT_TRUE(is_sound());
}

TEST_F(Unsent, IsNothingWithoutAJournal) {
    EXPECT_FALSE(read_unsent(settings().file, {}, 500));
    const Journal journal(settings(), first_row());
    EXPECT_TRUE(read_unsent(settings().file, {}, 500));
}

}  // namespace
}  // namespace creneau::door
