// What the town orders from afar, verified.
#include "door-agent/sync/command_desk.hpp"
#include "policy/door.hpp"
#include "tests/door-agent/door/agent_at_a_door.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace creneau::door {
namespace {

class CommandedAgent : public AgentAtADoor {
  protected:
    void command(std::optional<std::chrono::sys_seconds> end = {}, BootTime asked_at = boot_now(),
                 const std::string& door = "danton-rue") {
        agent_->handle(told::Commanded{ArrivedCommand{door, end, asked_at}});
        for (auto& answer : std::exchange(answers_, {})) {
            agent_->handle(answer);
        }
    }
    [[nodiscard]] bool is_free() const {
        return agent_->status().find("free_access") != std::string::npos;
    }
    /// A policy in which the door is so.
    void take_policy_with(policy::ServiceState state, std::uint64_t version = 2) {
        for (auto& door : town_.town.facts.doors) {
            door.state = state;
        }
        test::write_file(folder_.path() / "policy.cose", town_.policy_file(version));
        agent_->tick();
        agent_->tick();
        ASSERT_EQ(policies_->current()->order.version, version);
    }
};

TEST_F(CommandedAgent, OpensOnceForTheUnlockTime) {
    command();
    EXPECT_EQ(lock_.pulses, std::vector{5000ms});
    EXPECT_FALSE(is_free());
    EXPECT_TRUE(has(reasons(), "granted_command"));
}

TEST_F(CommandedAgent, ObeysNothingThatWaitedForTenSecondsOrIsForAnotherDoor) {
    command({}, boot_now() - 10001ms);
    command(wall_ + 1h, boot_now() - 10001ms);
    command({}, boot_now(), "semanaz");
    EXPECT_TRUE(lock_.pulses.empty());
    EXPECT_FALSE(is_free());
    command();
    EXPECT_EQ(lock_.pulses.size(), 1U);
}

TEST_F(CommandedAgent, OpensNoDoorThatIsLockedDownOrDisabled) {
    take_policy_with(policy::ServiceState::lockdown);
    command();
    command(wall_ + 1h);
    EXPECT_TRUE(lock_.pulses.empty());
    EXPECT_FALSE(is_free());
    EXPECT_TRUE(has(reasons(), "lock_not_ready"));
}

TEST_F(CommandedAgent, LeavesADoorOpenUntilItsEndOnTheBootClock) {
    command(wall_ + 1h);
    EXPECT_TRUE(is_free());
    later_ += 3590s;
    wall_ += 3590s;
    agent_->tick();
    EXPECT_TRUE(is_free());
    later_ += 20s;
    wall_ += 20s;
    agent_->tick();
    EXPECT_FALSE(is_free());
    EXPECT_TRUE(lock_.pulses.empty());
}

TEST_F(CommandedAgent, TakesTheLaterOrderForTheEarlierOne) {
    command(wall_ + 5h);
    command(wall_ + 60s);
    later_ += 61s;
    wall_ += 61s;
    agent_->tick();
    EXPECT_FALSE(is_free());
}

TEST_F(CommandedAgent, BeginsNoFreeAccessByAnUntrustedClockNorOneThatIsOver) {
    command(wall_ - 1s);
    EXPECT_FALSE(is_free());
    wall_ += 24h;
    agent_->tick();
    command(wall_ + 1h);
    EXPECT_FALSE(is_free());
    command();
    EXPECT_EQ(lock_.pulses.size(), 1U) << "opening once needs no clock but the boot clock";
    const auto words = reasons();
    EXPECT_TRUE(has(words, "expired"));
    EXPECT_TRUE(has(words, "clock_untrusted"));
}

TEST_F(CommandedAgent, IsLockedAgainOnceALockdownOrADisablingIsOver) {
    std::uint64_t version = 2;
    for (const auto state : {policy::ServiceState::lockdown, policy::ServiceState::disabled}) {
        command(wall_ + 12h);
        ASSERT_TRUE(is_free());
        take_policy_with(state, version++);
        EXPECT_FALSE(is_free());
        take_policy_with(policy::ServiceState::in_service, version++);
        agent_->tick();
        EXPECT_FALSE(is_free()) << "what ended it ended it for good";
    }
    command(wall_ + 1h);
    EXPECT_TRUE(is_free());
}

TEST_F(CommandedAgent, ForgetsTheOrderAlsoWhileItsLockIsOutOfUse) {
    command(wall_ + 12h);
    tell(LockNotice::bus_lost);
    take_policy_with(policy::ServiceState::lockdown, 2);
    take_policy_with(policy::ServiceState::in_service, 3);
    tell(LockNotice::ready);
    agent_->tick();
    EXPECT_FALSE(is_free());
    command(wall_ + 1h);
    EXPECT_TRUE(is_free());
}

TEST_F(CommandedAgent, IsLockedAgainAfterARestart) {
    command(wall_ + 1h);
    EXPECT_TRUE(is_free());
    build();
    EXPECT_FALSE(is_free());
}

}  // namespace
}  // namespace creneau::door
