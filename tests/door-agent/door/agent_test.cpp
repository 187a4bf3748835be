#include "tests/door-agent/door/agent_at_a_door.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <optional>
#include <string>
#include <vector>

#include <sys/resource.h>

namespace creneau::door {
namespace {

TEST_F(AgentAtADoor, OpensForAValidPassForTheUnlockTimeOfThePolicy) {
    EXPECT_TRUE(read(town_.digits(wish(1))));
    EXPECT_EQ(lock_.pulses, std::vector{5000ms});
    EXPECT_TRUE(has(reasons(), "granted_booking"));
}

TEST_F(AgentAtADoor, RefusesWithTheReasonInTheJournalOnly) {
    auto late = wish(2);
    late.from = town_.now() - 5h;
    auto early = wish(3);
    early.from = town_.now() + 5h;
    auto elsewhere = wish(4);
    elsewhere.scope = policy::kOfficeDoor;
    for (const auto& refused : {late, early, elsewhere, wish(66)}) {
        EXPECT_FALSE(read(town_.digits(refused)));
    }
    EXPECT_FALSE(read(town_.digits_of_another_town(wish(5))));
    EXPECT_FALSE(read("12345"));
    EXPECT_TRUE(lock_.pulses.empty());
    EXPECT_TRUE(read(town_.digits(wish(1))));
    const auto words = reasons();
    for (const auto* word : {"expired", "not_yet_valid", "wrong_door", "revoked", "bad_signature",
                             "malformed", "granted_booking"}) {
        EXPECT_TRUE(has(words, word)) << word;
    }
}

TEST_F(AgentAtADoor, AnHourOfJunkDoesNotDelayAValidPass) {
    for (int i = 0; i < 5000; ++i) {
        EXPECT_FALSE(read(std::string(200, static_cast<char>('0' + i % 10))));
    }
    const auto before = boot_now();
    EXPECT_TRUE(read(town_.digits(wish(1))));
    EXPECT_LT(boot_now() - before, 1s);
    EXPECT_LE(reasons().size(), 10U);
}

TEST_F(AgentAtADoor, AReadThatCameTooLateIsNotDecided) {
    EXPECT_FALSE(read(town_.digits(wish(1)), boot_now() - 3s));
    EXPECT_TRUE(lock_.pulses.empty());
    EXPECT_TRUE(read(town_.digits(wish(1))));
}

TEST_F(AgentAtADoor, NothingOpensWhileTheLockIsNotReady) {
    tell(LockNotice::bus_lost);
    EXPECT_FALSE(read(town_.digits(once(7))));
    EXPECT_TRUE(lock_.pulses.empty());
    tell(LockNotice::ready);
    EXPECT_TRUE(lock_.pulses.empty()) << "a lock that comes back must not open";
    EXPECT_TRUE(read(town_.digits(once(7)))) << "a refusal by the lock uses nothing up";
    const auto words = reasons();
    EXPECT_TRUE(has(words, "lock_not_ready"));
    EXPECT_TRUE(has(words, "bus_lost"));
}

TEST_F(AgentAtADoor, ADoorThatNobodyMayOpenIsForcedInTheJournal) {
    const auto see = [this](std::optional<unsigned> levels) {
        agent_->handle(told::Inputs{InputLevels{"relays", 1, levels, boot_now()}});
    };
    see(1);
    EXPECT_TRUE(read(town_.digits(wish(1))));
    see(0);
    see(1);
    EXPECT_EQ(lock_.releases, 1) << "the policy's door relocks when it has closed";
    agent_->handle(told::Inputs{InputLevels{"relays", 2, 0, boot_now()}});
    see(std::nullopt);
    see(0);
    const auto words = reasons();
    EXPECT_TRUE(has(words, "found_open"));
    EXPECT_FALSE(has(words, "forced"));
}

TEST_F(AgentAtADoor, UnknownBadgesAreSlowedDownAndAValidPassNever) {
    const auto show = [this](BootTime at) {
        agent_->handle(told::Read{ReaderFrame{"plate", "04A1B2C3", at}});
    };
    for (int i = 0; i < 8; ++i) {
        show(boot_now());
    }
    EXPECT_TRUE(lock_.pulses.empty());
    agent_->handle(told::Read{ReaderFrame{"plate", town_.digits(wish(1)), boot_now()}});
    EXPECT_EQ(lock_.pulses.size(), 1U);
    agent_->stop();
    agent_.reset();
    journal_.reset();
    std::map<std::string, std::int64_t> counted;
    for (const auto& [sequence, event] : read_events(folder_.path() / "journal.db")) {
        counted[event.reason] += event.count;
        EXPECT_FALSE(event.badge) << "nothing is known of a number that the policy does not name";
    }
    EXPECT_EQ(counted["unknown_credential"], 5);
    EXPECT_EQ(counted["throttled"], 3);
    EXPECT_EQ(counted["granted_booking"], 1);
}

TEST_F(AgentAtADoor, AForeignWriteIsReleasedAndJournalled) {
    tell(LockNotice::foreign_write);
    EXPECT_EQ(lock_.releases, 1);
    EXPECT_TRUE(has(reasons(), "foreign_write"));
}

TEST_F(AgentAtADoor, AnUntrustedClockOpensForNobodyUntilItIsRight) {
    wall_ += 24h;
    agent_->tick();
    auto tomorrow = wish(8);
    tomorrow.from = wall_ - 1min;
    EXPECT_FALSE(read(town_.digits(tomorrow)));
    wall_ = today();
    agent_->tick();
    EXPECT_TRUE(read(town_.digits(wish(1))));
    const auto words = reasons();
    EXPECT_TRUE(has(words, "clock_untrusted"));
    EXPECT_TRUE(has(words, "stepped"));
}

TEST_F(AgentAtADoor, ACrashIsNobodysWordForASteppedClock) {
    agent_->tick();
    wall_ += 24h;
    agent_->tick();
    build();
    agent_->tick();
    EXPECT_FALSE(read(town_.digits(tomorrow())));
    build();
    EXPECT_FALSE(read(town_.digits(tomorrow())));
    wall_ -= 24h;
    agent_->tick();
    EXPECT_FALSE(read(town_.digits(tomorrow())));
    EXPECT_TRUE(read(town_.digits(wish(1))));
}

TEST_F(AgentAtADoor, ACleanRestartIsNobodysWordForASteppedClock) {
    agent_->tick();
    wall_ += 24h;
    agent_->tick();
    agent_->stop();
    build();
    EXPECT_FALSE(read(town_.digits(tomorrow())));
    wall_ -= 24h;
    EXPECT_TRUE(read(town_.digits(wish(1))));
}

TEST_F(AgentAtADoor, AnotherStartOfTheMachineBelievesItsDeclaredClock) {
    agent_->tick();
    wall_ += 24h;
    agent_->tick();
    boot_id_ = "next-boot";
    build();
    EXPECT_TRUE(read(town_.digits(tomorrow())));
}

TEST_F(AgentAtADoor, APersonsWordMakesASteppedClockBelievedAcrossACrash) {
    agent_->tick();
    wall_ += 24h;
    agent_->tick();
    EXPECT_FALSE(read(town_.digits(tomorrow())));
    confirm_clock();
    agent_->tick();
    EXPECT_TRUE(read(town_.digits(tomorrow())));
    build();
    EXPECT_TRUE(read(town_.digits(tomorrow())));
    EXPECT_TRUE(has(reasons(), "confirmed"));
}

TEST_F(AgentAtADoor, AWordIsNotTakenOnceTheClockHasMovedOrTheMachineRestarted) {
    agent_->tick();
    confirm_clock();
    wall_ += 24h;
    agent_->tick();
    EXPECT_FALSE(read(town_.digits(tomorrow())));
    boot_id_ = "next-boot";
    confirm_clock();
    boot_id_ = "this-boot";
    agent_->tick();
    EXPECT_FALSE(read(town_.digits(tomorrow())));
    confirm_clock();
    agent_->tick();
    EXPECT_TRUE(read(town_.digits(tomorrow())));
    EXPECT_TRUE(has(reasons(), "not_confirmed"));
}

TEST_F(AgentAtADoor, RowsPastTheirRetentionGoOnceTheClockHasBeenBelievedForAnHour) {
    EXPECT_FALSE(has(reasons(), "retention"));
    std::filesystem::remove(folder_.path() / "journal.db");
    first_row_.reason = "of_long_ago";
    first_row_.clock = "trusted";
    first_row_.at = town_.now() - std::chrono::days{91};
    build();
    agent_->tick();
    wall_ += 3599s;
    later_ = 3599s;
    agent_->tick();
    build();
    EXPECT_FALSE(has(reasons(), "retention"));
    build();
    agent_->tick();
    wall_ += 3600s;
    later_ += 3600s;
    agent_->tick();
    const auto words = reasons();
    EXPECT_TRUE(has(words, "retention"));
    EXPECT_FALSE(has(words, "of_long_ago"));
}

TEST_F(AgentAtADoor, AClockThatStartsTenYearsAheadTakesNoRow) {
    EXPECT_TRUE(read(town_.digits(wish(1))));
    boot_id_ = "next-boot";
    wall_ += std::chrono::days{3650};
    build();
    agent_->tick();
    wall_ += 7200s;
    later_ = 7200s;
    agent_->tick();
    const auto words = reasons();
    EXPECT_TRUE(has(words, "granted_booking"));
    EXPECT_FALSE(has(words, "retention"));
}

TEST_F(AgentAtADoor, OncePerDoorHoldsAcrossARestart) {
    EXPECT_TRUE(read(town_.digits(once(9))));
    EXPECT_FALSE(read(town_.digits(once(9))));
    build();
    EXPECT_FALSE(read(town_.digits(once(9))));
    EXPECT_EQ(lock_.pulses.size(), 1U);
}

TEST_F(AgentAtADoor, ARevocationIsKeptWhateverALaterPolicySays) {
    town_.town.facts.revocations.clear();
    test::write_file(folder_.path() / "policy.cose", town_.policy_file(2));
    agent_->tick();
    agent_->tick();
    ASSERT_EQ(policies_->current()->order.version, 2U);
    EXPECT_FALSE(read(town_.digits(wish(66))));
    build();
    EXPECT_FALSE(read(town_.digits(wish(66))));
    EXPECT_TRUE(read(town_.digits(wish(1))));
}

TEST_F(AgentAtADoor, FailingStorageRefusesOncePerDoorPassesAndOnlyThese) {
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    const rlimit full{4096, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &full);
    EXPECT_TRUE(read(town_.digits(wish(1))));
    EXPECT_FALSE(read(town_.digits(once(10))));
    EXPECT_TRUE(read(town_.digits(wish(2))));
    EXPECT_EQ(lock_.pulses.size(), 2U);
    setrlimit(RLIMIT_FSIZE, &before);
    EXPECT_TRUE(read(town_.digits(once(10))));
    const auto words = reasons();
    EXPECT_TRUE(has(words, "storage_failed"));
    EXPECT_EQ(std::ranges::count(words, "granted_booking"), 3);
    EXPECT_FALSE(check_journal(folder_.path() / "journal.db").fault);
}

}  // namespace
}  // namespace creneau::door
