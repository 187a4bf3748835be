#include "api/store/savepoint.hpp"

#include "api/store/session.hpp"
#include "tests/support/test_database.hpp"

#include <gtest/gtest.h>

#include <exception>
#include <stdexcept>
#include <string>

#include <soci/soci.h>

namespace creneau::store {
namespace {

/// A table of words whose rows are kept or undone within one transaction.
class Savepoints : public testing::TestWithParam<Engine> {
  protected:
    Savepoints() {
        session_.execute("CREATE TABLE words (word TEXT PRIMARY KEY)");
        session_.execute("BEGIN");
        write("before");
    }
    void write(const std::string& word) {
        session_.sql() << "INSERT INTO words (word) VALUES (:word)", soci::use(word);
    }
    std::string words() {
        std::string all;
        std::string word;
        soci::statement statement =
            (session_.sql().prepare << "SELECT word FROM words ORDER BY word", soci::into(word));
        for (bool more = statement.execute(true); more; more = statement.fetch()) {
            all += (all.empty() ? "" : " ") + word;
        }
        return all;
    }

    support::TestDatabase database_{GetParam(), support::TestDatabase::Content::empty};
    Session session_{database_.open()};
};
CRENEAU_ON_BOTH_ENGINES(Savepoints);

TEST_P(Savepoints, KeepWhatIsKeptAndUndoTheRest) {
    {
        Savepoint kept(session_);
        write("kept");
        kept.keep();
    }
    {
        const Savepoint undone(session_);
        write("undone");
    }
    EXPECT_EQ(words(), "before kept");
    session_.execute("COMMIT");
    EXPECT_EQ(words(), "before kept");
}

TEST_P(Savepoints, AreUndoneByAnException) {
    try {
        const Savepoint undone(session_);
        write("undone");
        throw std::runtime_error("something");
    } catch (const std::runtime_error&) {
        write("after");
    }
    EXPECT_EQ(words(), "after before");
}

TEST_P(Savepoints, LeaveTheTransactionUsableAfterAnErrorOfTheDatabase) {
    {
        const Savepoint undone(session_);
        write("undone");
        EXPECT_THROW(write("before"), std::exception);
    }
    EXPECT_EQ(session_.transaction_state(), TransactionState::open);
    write("after");
    EXPECT_EQ(words(), "after before");
    {
        Savepoint undone(session_);
        EXPECT_THROW(write("before"), std::exception);
        undone.undo();
        EXPECT_EQ(words(), "after before") << "read before it dies";
        undone.undo();
    }
    session_.execute("COMMIT");
}

TEST_P(Savepoints, NestTheInnerOneUndoneAlone) {
    Savepoint outer(session_);
    write("outer");
    {
        const Savepoint inner(session_);
        write("inner");
    }
    EXPECT_EQ(words(), "before outer");
    {
        Savepoint inner(session_);
        write("inner");
        inner.keep();
    }
    EXPECT_EQ(words(), "before inner outer");
    outer.undo();
    EXPECT_EQ(words(), "before") << "what the inner one kept belongs to the outer one";
}

TEST_P(Savepoints, HaveNothingToUndoOnceTheTransactionIsOver) {
    {
        const Savepoint late(session_);
        session_.execute("ROLLBACK");
    }
    EXPECT_EQ(session_.transaction_state(), TransactionState::none);
    write("alone");
    EXPECT_EQ(words(), "alone");
}

}  // namespace
}  // namespace creneau::store
