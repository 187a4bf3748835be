#include "api/audit/chain.hpp"
#include "api/audit/line_store.hpp"
#include "api/audit/seal_store.hpp"
#include "tests/api/audit/audit_town.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace creneau::audit {
namespace {

/// What somebody who can write the database, and not the seals file, tries.
class AuditTampering : public AuditTown {
  protected:
    void SetUp() override {
        fill();
        ASSERT_FALSE(first_broken());
        take_over();
    }
    void expect_found(const std::string& statements) {
        session_.execute("BEGIN;" + statements);
        EXPECT_TRUE(first_broken()) << statements;
        session_.execute("ROLLBACK");
    }
    /// Makes the hashes of a chain right again after a change, as our programs would.
    void compute_anew(const ChainOf& chain) {
        auto previous = select_beginning(session_, chain);
        std::string statements;
        for (const auto& line : select_lines(session_, chain, 0, INT64_MAX, 1000)) {
            previous = hash_of_line(previous, chain.town, line.id, line_of(line, chain.log));
            statements += "UPDATE audit SET hash = '" + previous +
                          "' WHERE id = " + std::to_string(line.id) + ";";
        }
        session_.execute(statements);
    }
    void seal_anew(const ChainOf& chain) {
        auto previous = select_beginning(session_, chain);
        std::string statements;
        for (auto seal : select_seals(session_, chain, 1, 100)) {
            const auto last = select_lines(session_, chain, seal.text.span.last_id - 1,
                                           seal.text.span.last_id, 1);
            seal.text.last_hash = last.front().hash;
            seal.text.previous_hash = previous;
            previous = hash_of_seal(chain, seal.text);
            statements += "UPDATE audit_seals SET last_hash = '" + seal.text.last_hash +
                          "', previous_hash = '" + seal.text.previous_hash + "', hash = '" +
                          previous + "' WHERE log = 'activity' AND town_id = 1 AND number = " +
                          std::to_string(seal.text.number) + ";";
        }
        session_.execute(statements);
    }
};
CRENEAU_ON_BOTH_ENGINES(AuditTampering);

// Every bit of every part is AuditChain's to try (audit_store_test.cpp); here some of them, in the
// database.
TEST_P(AuditTampering, BitsOfTheNumbersOfALineAreMissed) {
    for (const std::int64_t id : {4, 25}) {  // of a sealed day, and of the last one
        const std::string where = " WHERE id = " + std::to_string(id);
        for (const std::string name : {"at", "actor_id", "subject_id", "town_id", "id"}) {
            const auto value = number("SELECT " + name + " FROM audit" + where);
            for (int bit = 0; bit < 63; bit += 6) {
                const auto other = std::to_string(value ^ (std::int64_t{1} << bit));
                const bool is_taken =
                    name == "id" && number("SELECT COUNT(*) FROM audit WHERE id = " + other) != 0;
                if (!is_taken) {
                    expect_found("UPDATE audit SET " + name + " = " + other + where);
                }
            }
        }
    }
}

TEST_P(AuditTampering, BitsOfTheWordsOfALineAreMissed) {
    for (const std::int64_t id : {4, 25}) {
        const std::string where = " WHERE id = " + std::to_string(id);
        for (const std::string name : {"action", "subject_kind", "ground", "hash", "log"}) {
            const auto value = text("SELECT " + name + " FROM audit" + where);
            for (std::size_t bit = 0; bit < 7 * value.size(); bit += 11) {
                std::string other = value;
                char& letter = other[bit / 7];
                letter = static_cast<char>(letter ^ (1 << (bit % 7)));
                if (letter != '\0' && letter != '\'') {
                    expect_found("UPDATE audit SET " + name + " = '" + other + "'" + where);
                }
            }
        }
    }
}

TEST_P(AuditTampering, NobodyIsNotSomebody) {
    expect_found("UPDATE audit SET for_id = 1 WHERE id = 4");
    expect_found("UPDATE audit SET actor_id = NULL WHERE id = 4");
    expect_found("UPDATE audit SET for_id = 0 WHERE id = 4");
}

TEST_P(AuditTampering, NamesTheFirstLineThatIsNotAsItWasWritten) {
    session_.execute("UPDATE audit SET subject_id = 8 WHERE id IN (13, 16)");
    const auto found = verify(kActivity);
    ASSERT_TRUE(found.broken);
    EXPECT_EQ(found.broken->line, 13);
    EXPECT_EQ(found.broken->day, "2026-11-02");
    EXPECT_FALSE(verify(kSecurity).broken);
    EXPECT_FALSE(verify(kActivity, "2026-11-01").broken);
    EXPECT_TRUE(verify(kActivity, "2026-11-02").broken);
}

TEST_P(AuditTampering, ARemovedAnInsertedAndSwappedLinesAreMissed) {
    const std::string columns =
        "(id, town_id, at, log, actor_id, action, subject_kind, subject_id, ground, hash)";
    const auto again = [&](int id, int of) {
        return "INSERT INTO audit " + columns + " SELECT " + std::to_string(id) +
               ", town_id, at, log, actor_id, action, subject_kind, subject_id, ground, hash"
               " FROM audit WHERE id = " +
               std::to_string(of);
    };
    session_.execute(again(500, 4));  // a copy, to put back
    session_.execute("DELETE FROM audit WHERE id = 500");
    EXPECT_FALSE(first_broken());
    session_.execute("UPDATE audit SET id = 501 WHERE id = 4");  // removed from the middle of a day
    EXPECT_TRUE(first_broken());
    session_.execute("UPDATE audit SET id = 4 WHERE id = 501");
    session_.execute("DELETE FROM audit WHERE id = 7");  // the last of a sealed day
    const auto found = verify(kActivity);
    ASSERT_TRUE(found.broken);
    EXPECT_EQ(found.broken->day, "2026-11-01");
    EXPECT_NE(found.broken->what.find("missing"), std::string::npos);
}

TEST_P(AuditTampering, LinesInEachOthersPlaceAreMissed) {
    const auto swap = [&](const std::string& a, const std::string& b) {
        session_.execute("UPDATE audit SET id = 900 WHERE id = " + a +
                         ";UPDATE audit SET id = " + a + " WHERE id = " + b +
                         ";UPDATE audit SET id = " + b + " WHERE id = 900");
    };
    swap("4", "7");
    EXPECT_TRUE(first_broken());
    swap("4", "7");
    EXPECT_FALSE(first_broken());
    session_.execute(
        "INSERT INTO audit (id, town_id, at, log, action, subject_kind, subject_id, hash)"
        " SELECT 5000, 1, at, log, action, subject_kind, subject_id, hash FROM audit WHERE id = "
        "27");
    EXPECT_TRUE(first_broken());  // another town's line
}

TEST_P(AuditTampering, AChainComputedAnewIsNotTheOneThatTheFileHas) {
    session_.execute("UPDATE audit SET actor_id = 1 WHERE id = 4");
    compute_anew(kActivity);
    EXPECT_NE(first_broken()->what.find("end of the day"), std::string::npos);
    seal_anew(kActivity);
    const auto found = verify(kActivity);
    ASSERT_TRUE(found.broken);
    EXPECT_NE(found.broken->what.find("not the one that the seals file has"), std::string::npos);
    session_.execute("UPDATE audit SET actor_id = 2 WHERE id = 4");
    compute_anew(kActivity);
    seal_anew(kActivity);
    EXPECT_FALSE(first_broken());
}

TEST_P(AuditTampering, AnyChangeOfASealIsMissed) {
    for (const std::string& change :
         {std::string("day = '2026-11-09'"), std::string("first_id = first_id - 1"),
          std::string("last_id = last_id + 1"), std::string("line_count = line_count + 1"),
          std::string("last_hash = hash"), std::string("previous_hash = hash"),
          std::string("hash = last_hash"), std::string("sealed_at = sealed_at + 1"),
          std::string("number = 7"), std::string("purged_at = 5"),
          std::string("log = 'security', number = 8")}) {
        const std::string where = " WHERE town_id = 1 AND log = 'activity' AND number = 1";
        expect_found("UPDATE audit_seals SET " + change + where);
    }
    EXPECT_FALSE(first_broken());
}

TEST_P(AuditTampering, ADayIsNotPurgedByWhoeverSaysSo) {
    session_.execute(
        "UPDATE audit_seals SET purged_at = 1795000000, emptied = 1"
        " WHERE town_id = 1 AND log = 'activity' AND number = 1;"
        "DELETE FROM audit WHERE town_id = 1 AND log = 'activity' AND at < 1793577600");
    tick(noon_of(3));  // the keeper does not witness it either
    const auto found = verify(kActivity);
    ASSERT_TRUE(found.broken);
    EXPECT_NE(found.broken->what.find("marked as purged"), std::string::npos);
}

TEST_P(AuditTampering, SealsThatAreCutOffAreMissed) {
    session_.execute(
        "DELETE FROM audit WHERE town_id = 1 AND log = 'activity' AND at >= 1793577600;"
        "DELETE FROM audit_seals WHERE town_id = 1 AND log = 'activity' AND number = 2");
    const auto found = verify(kActivity);
    ASSERT_TRUE(found.broken);
    EXPECT_NE(found.broken->what.find("is not in the database"), std::string::npos);
}

}  // namespace
}  // namespace creneau::audit
