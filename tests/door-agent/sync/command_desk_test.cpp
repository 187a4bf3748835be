#include "door-agent/sync/command_desk.hpp"

#include "policy/command.hpp"
#include "tests/policy/sample_town.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace creneau::door {
namespace {

using namespace std::chrono_literals;

/// An agent and the town that answers it.
class TheCommandDesk : public testing::Test {
  protected:
    static CommandDeskSettings settings(const std::string& boot = "boot-1") {
        return {policy::SampleTown{}.expectations().roots, policy::kTown, "danton", boot};
    }
    /// What the town signs for that question.
    [[nodiscard]] std::vector<std::uint8_t> answer(
        const CommandDesk::Question& question, const std::string& door = "street",
        const std::string& agent = "danton",
        std::optional<std::chrono::sys_seconds> end = {}) const {
        const policy::Command command{policy::kTown,  agent, question.boot, door, question.command,
                                      question.nonce, end};
        return policy::build_command(
                   command, town_.issue(town_.certificate(policy::KeyUse::command), town_.root),
                   [this](std::span<const std::uint8_t> bytes) {
                       return town_.command_key.sign(bytes);
                   })
            .value();
    }
    std::optional<ArrivedCommand> take(const std::vector<std::uint8_t>& bytes, BootTime now) {
        return desk_.take(bytes, now, policy::pass_start()).command;
    }

    policy::SampleTown town_;
    CommandDesk desk_{settings()};
};

TEST_F(TheCommandDesk, ObeysTheAnswerToItsQuestionOnce) {
    const auto question = desk_.ask(7, "street", 1000ms).value();
    const auto bytes = answer(question, "street", "danton", policy::pass_start() + 1h);
    const auto taken = take(bytes, 11000ms);
    ASSERT_TRUE(taken);
    EXPECT_EQ(taken->door, "street");
    EXPECT_EQ(taken->end, policy::pass_start() + 1h);
    EXPECT_EQ(taken->asked_at, 1000ms);
    EXPECT_FALSE(take(bytes, 11000ms)) << "duplicated";
    EXPECT_FALSE(desk_.ask(7, "street", 12000ms).value().nonce == question.nonce);
    EXPECT_FALSE(take(bytes, 12000ms)) << "of the question before";
}

TEST_F(TheCommandDesk, ObeysNothingThatIsOlderThanTenSeconds) {
    const auto late = desk_.ask(7, "street", 1000ms).value();
    EXPECT_FALSE(take(answer(late), 11001ms));
    EXPECT_FALSE(take(answer(late), 2000ms)) << "the question is closed";
    const auto backwards = desk_.ask(7, "street", 1000ms).value();
    EXPECT_FALSE(take(answer(backwards), 999ms));
    const auto good = desk_.ask(7, "street", 1000ms).value();
    EXPECT_TRUE(take(answer(good), 2000ms));
}

TEST_F(TheCommandDesk, ObeysNothingForAnotherAgentDoorOrStart) {
    EXPECT_FALSE(take(answer({7, "boot-1", std::vector<std::uint8_t>(16, 1)}), 0ms))
        << "nobody asked";
    EXPECT_FALSE(take(answer(desk_.ask(7, "street", 0ms).value(), "street", "semanaz"), 1ms));
    EXPECT_FALSE(take(answer(desk_.ask(7, "street", 0ms).value(), "hall"), 1ms));
    auto other_start = desk_.ask(7, "street", 0ms).value();
    other_start.boot = "boot-2";
    EXPECT_FALSE(take(answer(other_start), 1ms));
    auto other_command = desk_.ask(7, "street", 0ms).value();
    other_command.command = 8;
    EXPECT_FALSE(take(answer(other_command), 1ms));
    EXPECT_TRUE(take(answer(desk_.ask(7, "street", 0ms).value()), 1ms));
}

TEST_F(TheCommandDesk, CountsByTheBootClockWhateverTheWallClockSays) {
    const auto bytes = answer(desk_.ask(7, "street", 0ms).value());
    EXPECT_TRUE(desk_.take(bytes, 1ms, std::nullopt).command) << "untrusted";
    for (const auto step : {24h, -24h}) {
        const auto again = answer(desk_.ask(7, "street", 0ms).value());
        EXPECT_FALSE(desk_.take(again, 10001ms, policy::pass_start() + step).command);
        const auto young = answer(desk_.ask(7, "street", 0ms).value());
        EXPECT_TRUE(desk_.take(young, 1ms, policy::pass_start() + step).command);
    }
}

TEST_F(TheCommandDesk, AsksForNothingWhereTheStartHasNoName) {
    CommandDesk nameless(settings(""));
    EXPECT_FALSE(nameless.ask(7, "street", 0ms));
    EXPECT_TRUE(desk_.ask(7, "street", 0ms));
}

}  // namespace
}  // namespace creneau::door
