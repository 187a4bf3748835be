#include "door-agent/sync/policy_store.hpp"

#include "tests/door-agent/support/door_town.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace creneau::door {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

const auto kNow = std::chrono::sys_seconds{std::chrono::seconds{1'800'000'000}};

class Slots : public testing::Test {
  protected:
    [[nodiscard]] PolicyStore store() const {
        return PolicyStore(
            {watched_, folder_.path(), town_.town.expectations().roots, policy::kTown, "danton"});
    }
    void put(std::uint64_t version) const {
        test::write_file(watched_, town_.policy_file(version));
    }
    /// Two looks: the first sees the file, the second finds it unchanged.
    static std::optional<PolicyNews> look(PolicyStore& store, BootTime now = 0ms) {
        auto news = store.look(kNow, now);
        return news ? news : store.look(kNow, now);
    }
    static void damage(const fs::path& file) {
        std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
        stream.seekp(100);
        stream << "damage";
    }

    test::TempFolder folder_;
    fs::path watched_ = folder_.path() / "inbox.cose";
    test::DoorTown town_{kNow};
};

TEST_F(Slots, TakeANewFileAndKeepItAcrossARestart) {
    auto first = store();
    EXPECT_FALSE(first.load());
    put(1);
    const auto news = look(first);
    ASSERT_TRUE(news);
    EXPECT_TRUE(news->accepted) << news->detail;
    fs::remove(watched_);
    auto second = store();
    EXPECT_TRUE(second.load());
    EXPECT_EQ(second.current()->order.version, 1U);
    EXPECT_FALSE(look(second));
}

TEST_F(Slots, TellNothingTwiceOfTheSameFile) {
    auto one = store();
    put(1);
    EXPECT_TRUE(look(one));
    EXPECT_FALSE(look(one));
    put(1);
    EXPECT_FALSE(look(one));
}

TEST_F(Slots, LeaveANewFileUnjudgedUntilTheTimeIsTrusted) {
    auto one = store();
    put(1);
    EXPECT_FALSE(one.look(std::nullopt, 0ms));
    EXPECT_FALSE(one.look(std::nullopt, 0ms));
    EXPECT_EQ(one.current(), nullptr);
    const auto news = look(one);
    ASSERT_TRUE(news);
    EXPECT_TRUE(news->accepted) << news->detail;
}

TEST_F(Slots, TakeNothingOlderThanTheJournalRemembersWhenBothSlotsAreGone) {
    auto first = store();
    put(1);
    ASSERT_TRUE(look(first)->accepted);
    const auto order = first.current()->order;
    PolicyStore later({watched_, folder_.path(), town_.town.expectations().roots, policy::kTown,
                       "danton", policy::Order{order.generation, order.version + 1}});
    EXPECT_FALSE(later.load());
    EXPECT_FALSE(look(later)->accepted);
    put(order.version + 1);
    EXPECT_TRUE(look(later)->accepted);
}

TEST_F(Slots, RefuseAnOlderADamagedAndAForeignFile) {
    auto one = store();
    put(5);
    ASSERT_TRUE(look(one));
    put(4);
    EXPECT_NE(look(one).value().detail.find("older"), std::string::npos);
    put(6);
    damage(watched_);
    EXPECT_FALSE(look(one).value().accepted);
    auto facts = town_;
    facts.town.facts.agent = "semanaz";
    test::write_file(watched_, facts.policy_file(9));
    EXPECT_FALSE(look(one).value().accepted);
    EXPECT_EQ(one.current()->order.version, 5U);
    put(6);
    EXPECT_TRUE(look(one).value().accepted);
}

TEST_F(Slots, RefuseAFileIssuedMoreThanADayAfterTrustedTime) {
    const test::DoorTown later(kNow + 30h);
    auto one = store();
    test::write_file(watched_, later.policy_file(3));
    EXPECT_FALSE(look(one).value().accepted);
    put(4);
    EXPECT_TRUE(look(one).value().accepted);
}

TEST_F(Slots, TakeAFileRefusedForItsDateOnceItsTimeHasCome) {
    const test::DoorTown later(kNow + 30h);
    auto one = store();
    test::write_file(watched_, later.policy_file(3));
    EXPECT_FALSE(look(one).value().accepted);
    EXPECT_FALSE(one.look(kNow, 601s)) << "refused again, but told once";
    EXPECT_FALSE(one.look(kNow + 8h, 602s)) << "looked at every ten minutes";
    const auto news = one.look(kNow + 8h, 1201s);
    ASSERT_TRUE(news);
    EXPECT_TRUE(news->accepted) << news->detail;
    EXPECT_FALSE(one.look(kNow + 8h, 1900s));
}

/// Whoever is root reads everything: the look is made by a child of another user.
TEST_F(Slots, TakeAnUnreadableFileAfterAChmod) {
    put(1);
    fs::permissions(watched_, fs::perms::none);
    fs::permissions(folder_.path(), fs::perms::all);
    const pid_t child = fork();
    if (child == 0) {
        if (getuid() == 0 && (setgid(65'534) != 0 || setuid(65'534) != 0)) {
            _exit(3);
        }
        auto one = store();
        const auto closed = look(one);
        if (!closed || closed->accepted) {
            _exit(1);
        }
        std::ofstream(folder_.path() / "refused") << "x";
        for (;;) {
            if (const auto news = look(one); news) {
                _exit(news->accepted ? 0 : 2);
            }
        }
    }
    const auto deadline = std::chrono::steady_clock::now() + 60s;
    while (!fs::exists(folder_.path() / "refused") && waitpid(child, nullptr, WNOHANG) == 0 &&
           std::chrono::steady_clock::now() < deadline) {
    }
    fs::permissions(watched_, fs::perms::owner_read | fs::perms::others_read);
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST_F(Slots, FallBackToTheOlderSlotWhenTheNewerIsDamaged) {
    {
        auto one = store();
        put(1);
        look(one);
        put(2);
        look(one);
    }
    auto both = store();
    ASSERT_TRUE(both.load());
    ASSERT_EQ(both.current()->order.version, 2U);
    for (const auto* slot : {"policy-0.cose", "policy-1.cose"}) {
        auto now = store();
        now.load();
        const auto copy = folder_.path() / "copy";
        fs::copy_file(folder_.path() / slot, copy, fs::copy_options::overwrite_existing);
        damage(folder_.path() / slot);
        auto other = store();
        EXPECT_TRUE(other.load()) << slot;
        fs::rename(copy, folder_.path() / slot);
    }
}

TEST_F(Slots, WithoutStorageAFileIsInForceAndSavedLater) {
    const auto missing = folder_.path() / "later";
    PolicyStore one({watched_, missing, town_.town.expectations().roots, policy::kTown, "danton"});
    put(1);
    const auto news = look(one);
    ASSERT_TRUE(news);
    EXPECT_TRUE(news->accepted);
    EXPECT_FALSE(news->saved);
    ASSERT_NE(one.current(), nullptr);
    EXPECT_FALSE(look(one, 59s));
    fs::create_directories(missing);
    const auto saved = look(one, 61s);
    ASSERT_TRUE(saved);
    EXPECT_TRUE(saved->saved);
    PolicyStore again(
        {watched_, missing, town_.town.expectations().roots, policy::kTown, "danton"});
    EXPECT_TRUE(again.load());
}

TEST_F(Slots, APipeInThePlaceOfTheFileDoesNotStopTheLook) {
    auto one = store();
    ASSERT_EQ(mkfifo(watched_.c_str(), 0600), 0);
    EXPECT_FALSE(look(one).value().accepted);
    fs::remove(watched_);
    put(1);
    EXPECT_TRUE(look(one).value().accepted);
}

}  // namespace
}  // namespace creneau::door
