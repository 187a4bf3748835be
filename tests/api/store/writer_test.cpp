#include "api/store/writer.hpp"

#include "tests/support/test_database.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <latch>
#include <string>
#include <thread>
#include <vector>

#include <soci/soci.h>
#include <tl/expected.hpp>

namespace creneau::store {
namespace {

enum class Refusal { rule };
using Written = tl::expected<int, Refusal>;
using Answered = tl::expected<Written, WriteFault>;

Written add_town(Session& session, const std::string& key) {
    session.sql() << "INSERT INTO towns (key, name, time_zone, service, email, phone) "
                     "VALUES (:key, 'n', 'UTC', 's', 'e', 'p')",
        soci::use(key);
    return 1;
}

class WriterOnEngine : public testing::TestWithParam<Engine> {
  protected:
    std::int64_t towns() {
        auto session = database.open(OpenMode::read_only);
        long long count = 0;
        session.sql() << "SELECT count(*) FROM towns", soci::into(count);
        return count;
    }

    /// A statement that only COMMIT finds wrong.
    void make_commit_fail(Session& session) {
        if (GetParam() == Engine::sqlite) {
            session.execute("PRAGMA defer_foreign_keys=ON");
            session.execute(
                "INSERT INTO sites (town_id, key, name, address, time_zone, help_contact, "
                "help_hours) VALUES (4711, 'k', 'n', 'a', 'UTC', 'c', 'h')");
        } else {
            session.execute("INSERT INTO later VALUES (4711)");
        }
    }
    void prepare_commit_failure() {
        if (GetParam() == Engine::postgresql) {
            database.open().execute(
                "CREATE TABLE later (town_id BIGINT REFERENCES towns(id) "
                "DEFERRABLE INITIALLY DEFERRED)");
        }
    }

    support::TestDatabase database{GetParam()};
};

// What the log may show of a failing statement: names, purposes and hashes are among its values.
TEST_P(WriterOnEngine, AFailingRequestIsToldWithoutItsValues) {
    std::string told;
    Writer writer(database.database(),
                  {.limits = {}, .town_id = {}, .report = [&](const std::string& t) { told = t; }});
    const auto answered = writer.run([](Session& session) {
        return add_town(session, "$argon2id$secret").and_then([&](int) {
            return add_town(session, "$argon2id$secret");
        });
    });
    ASSERT_FALSE(answered);
    EXPECT_EQ(answered.error(), WriteFault::failed);
    EXPECT_NE(told.find("INSERT INTO towns"), std::string::npos) << told;
    EXPECT_EQ(told.find("argon2id"), std::string::npos) << told;
    EXPECT_EQ(told.find('\n'), std::string::npos) << told;
}
CRENEAU_ON_BOTH_ENGINES(WriterOnEngine);

/// Holds the writer inside a request until it is opened, so that what follows makes one group.
class Gate {
  public:
    void hold(Writer& writer) {
        writer.submit(
            [this](Session&) -> Written {
                entered_.count_down();
                opened_.wait();
                return 0;
            },
            [](const Answered&) {});
        entered_.wait();
    }
    void open() { opened_.count_down(); }

  private:
    std::latch entered_{1};
    std::latch opened_{1};
};

std::future<Answered> submit(Writer& writer, std::function<Written(Session&)> work) {
    auto promise = std::make_shared<std::promise<Answered>>();
    auto answered = promise->get_future();
    writer.submit(std::move(work),
                  [promise](Answered result) { promise->set_value(std::move(result)); });
    return answered;
}

TEST_P(WriterOnEngine, AnswersWithWhatTheWorkReturned) {
    Writer writer(database.database());
    const auto answer = writer.run([](Session& session) { return add_town(session, "a"); });
    ASSERT_TRUE(answer.has_value());
    EXPECT_EQ(answer->value(), 1);
    EXPECT_EQ(towns(), 1);
}

TEST_P(WriterOnEngine, KeepsTheNeighboursOfAFailingRequest) {
    Writer writer(database.database());
    Gate gate;
    gate.hold(writer);
    auto first = submit(writer, [](Session& s) { return add_town(s, "a"); });
    auto refused = submit(writer, [](Session& s) -> Written {
        add_town(s, "b");
        return tl::unexpected(Refusal::rule);
    });
    auto thrown = submit(writer, [](Session& s) -> Written {
        add_town(s, "c");
        throw std::runtime_error("bug");
    });
    auto broken = submit(writer, [](Session& s) { return add_town(s, "a"); });  // a duplicate
    auto last = submit(writer, [](Session& s) { return add_town(s, "d"); });
    gate.open();
    EXPECT_EQ(first.get().value().value(), 1);
    EXPECT_EQ(refused.get().value().error(), Refusal::rule);
    EXPECT_EQ(thrown.get().error(), WriteFault::failed);
    EXPECT_EQ(broken.get().error(), WriteFault::failed);
    EXPECT_EQ(last.get().value().value(), 1);
    EXPECT_EQ(towns(), 2);
}

TEST_P(WriterOnEngine, RollsBackARequestThatGoesOnAfterADatabaseError) {
    Writer writer(database.database());
    const auto answer = writer.run([](Session& session) -> Written {
        add_town(session, "a");
        try {
            session.execute("SELECT nothing FROM nowhere");
        } catch (const std::exception&) {
            return 5;
        }
        return 6;
    });
    if (GetParam() == Engine::postgresql) {
        EXPECT_EQ(answer.error(), WriteFault::failed);
        EXPECT_EQ(towns(), 0);
    } else {
        EXPECT_EQ(answer.value().value(), 5);
        EXPECT_EQ(towns(), 1);
    }
}

TEST_P(WriterOnEngine, LosesTheWholeGroupWhenCommitFails) {
    prepare_commit_failure();
    Writer writer(database.database());
    Gate gate;
    gate.hold(writer);
    auto first = submit(writer, [](Session& s) { return add_town(s, "a"); });
    auto second = submit(writer, [this](Session& s) -> Written {
        make_commit_fail(s);
        return 1;
    });
    auto third = submit(writer, [](Session& s) { return add_town(s, "b"); });
    gate.open();
    EXPECT_EQ(first.get().error(), WriteFault::lost);
    EXPECT_EQ(second.get().error(), WriteFault::lost);
    EXPECT_EQ(third.get().error(), WriteFault::lost);
    EXPECT_EQ(towns(), 0);
    const auto after = writer.run([](Session& session) { return add_town(session, "c"); });
    EXPECT_EQ(after.value().value(), 1);
    EXPECT_EQ(towns(), 1);
}

TEST_P(WriterOnEngine, LosesTheGroupWhenARequestEndsTheTransaction) {
    Writer writer(database.database());
    Gate gate;
    gate.hold(writer);
    auto first = submit(writer, [](Session& s) { return add_town(s, "a"); });
    auto second = submit(writer, [](Session& s) -> Written {
        s.execute("ROLLBACK");
        return 1;
    });
    gate.open();
    EXPECT_EQ(first.get().error(), WriteFault::lost);
    EXPECT_EQ(second.get().error(), WriteFault::lost);
    EXPECT_EQ(writer.run([](Session& s) { return add_town(s, "b"); }).value().value(), 1);
    EXPECT_EQ(towns(), 1);
}

TEST_P(WriterOnEngine, RefusesAtOnceWhenTheQueueIsFull) {
    WriterOptions options;
    options.limits.queued = 2;
    Writer writer(database.database(), options);
    Gate gate;
    gate.hold(writer);
    auto first = submit(writer, [](Session& s) { return add_town(s, "a"); });
    auto second = submit(writer, [](Session& s) { return add_town(s, "b"); });
    const auto here = std::this_thread::get_id();
    std::thread::id answered_on;
    writer.submit([](Session& s) { return add_town(s, "c"); },
                  [&](const Answered& answer) {
                      EXPECT_EQ(answer.error(), WriteFault::queue_full);
                      answered_on = std::this_thread::get_id();
                  });
    EXPECT_EQ(answered_on, here);
    gate.open();
    EXPECT_TRUE(first.get().has_value());
    EXPECT_TRUE(second.get().has_value());
    EXPECT_EQ(towns(), 2);
}

TEST_P(WriterOnEngine, AnswersOnlyWhatOthersCanAlreadyRead) {
    Writer writer(database.database());
    std::promise<std::int64_t> seen;
    writer.submit([](Session& s) { return add_town(s, "a"); },
                  [&](const Answered&) { seen.set_value(towns()); });
    EXPECT_EQ(seen.get_future().get(), 1);
}

/// Queues `count` requests at once; how many rows others could read when each was answered.
std::vector<std::int64_t> rows_at_each_answer(Writer& writer, Session& reader, std::int64_t count) {
    std::vector<std::int64_t> seen;
    Gate gate;
    gate.hold(writer);
    for (std::int64_t i = 0; i < count; ++i) {
        writer.submit([i](Session& s) { return add_town(s, std::to_string(i)); },
                      [&](const Answered&) {
                          long long rows = 0;
                          reader.sql() << "SELECT count(*) FROM towns", soci::into(rows);
                          seen.push_back(rows);
                      });
    }
    gate.open();
    EXPECT_TRUE(writer.run([](Session&) -> Written { return 0; }).has_value());
    return seen;
}

TEST_P(WriterOnEngine, CommitsNoMoreRequestsAtOnceThanItsLimit) {
    WriterOptions options;
    options.limits.per_transaction = 3;
    Writer writer(database.database(), options);
    auto reader = database.open(OpenMode::read_only);
    EXPECT_EQ(rows_at_each_answer(writer, reader, 7),
              (std::vector<std::int64_t>{3, 3, 3, 6, 6, 6, 7}));
}

TEST_P(WriterOnEngine, Commits64RequestsAtOnceUnlessToldOtherwise) {
    EXPECT_EQ(WriterLimits{}.per_transaction, 64U);
    Writer writer(database.database());
    auto reader = database.open(OpenMode::read_only);
    std::vector<std::int64_t> expected(64, 64);
    expected.insert(expected.end(), 64, 128);
    expected.insert(expected.end(), 2, 130);
    EXPECT_EQ(rows_at_each_answer(writer, reader, 130), expected);
}

TEST_P(WriterOnEngine, FinishesWhatIsQueuedBeforeItStops) {
    std::atomic<int> answered{0};
    {
        Writer writer(database.database());
        Gate gate;
        gate.hold(writer);
        for (int i = 0; i < 100; ++i) {
            writer.submit([i](Session& s) { return add_town(s, std::to_string(i)); },
                          [&](const Answered& answer) { answered += answer.has_value() ? 1 : 0; });
        }
        gate.open();
    }
    EXPECT_EQ(answered, 100);
    EXPECT_EQ(towns(), 100);
}

TEST_P(WriterOnEngine, ServesEightThreadsAndLosesNothing) {
    constexpr int kThreads = 8;
    constexpr int kEach = 40;
    std::atomic<int> kept{0};
    {
        Writer writer(database.database());
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < kThreads; ++thread) {
            threads.emplace_back([&, thread] {
                for (int i = 0; i < kEach; ++i) {
                    // Every key is wanted twice: one of the two is a duplicate.
                    const auto key = std::to_string(thread / 2) + "-" + std::to_string(i);
                    kept += writer.run([&](Session& s) { return add_town(s, key); }).has_value()
                                ? 1
                                : 0;
                }
            });
        }
    }
    EXPECT_EQ(kept, kThreads * kEach / 2);
    EXPECT_EQ(towns(), kThreads * kEach / 2);
}

TEST_P(WriterOnEngine, SurvivesAnAnswerThatThrows) {
    std::vector<std::string> reports;
    {
        WriterOptions options;
        options.report = [&](const std::string& text) { reports.push_back(text); };
        Writer writer(database.database(), options);
        writer.submit([](Session& s) { return add_town(s, "a"); },
                      [](const Answered&) { throw std::runtime_error("deaf"); });
        EXPECT_TRUE(writer.run([](Session& s) { return add_town(s, "b"); }).has_value());
    }
    ASSERT_EQ(reports.size(), 1U);
    EXPECT_NE(reports[0].find("deaf"), std::string::npos);
}

TEST(SqliteWriter, LosesTheGroupOnAFullDiskAndRecovers) {
    const support::TestDatabase database(Engine::sqlite);
    // Without a trigger: where there is one, SQLite undoes the statement alone.
    database.open().execute("CREATE TABLE filling (text TEXT)");
    Writer writer(database.database());
    Gate gate;
    gate.hold(writer);
    auto small = submit(writer, [](Session& s) { return add_town(s, "a"); });
    auto large = submit(writer, [](Session& s) -> Written {
        s.execute("PRAGMA max_page_count=1");  // SQLite reads it as "no page more than now"
        s.execute("INSERT INTO filling VALUES (zeroblob(1000000))");
        return 1;
    });
    gate.open();
    const auto of_small = small.get();
    ASSERT_FALSE(of_small.has_value());
    EXPECT_EQ(of_small.error(), WriteFault::lost);
    const auto of_large = large.get();
    ASSERT_FALSE(of_large.has_value());
    EXPECT_EQ(of_large.error(), WriteFault::lost);
    const auto after = writer.run([](Session& session) -> Written {
        session.execute("PRAGMA max_page_count=1073741823");
        return add_town(session, "b");
    });
    EXPECT_EQ(after.value().value(), 1);
    auto reader = database.open(OpenMode::read_only);
    std::string key;
    reader.sql() << "SELECT key FROM towns", soci::into(key);
    EXPECT_EQ(key, "b");
}

}  // namespace
}  // namespace creneau::store
