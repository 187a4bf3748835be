// Commands are signed as their rows say, once an agent asked for them.
#include "api/signer/signer_protocol.hpp"
#include "api/signer/signing_desk.hpp"
#include "policy/command.hpp"
#include "tests/api/signer/signing_desk_town.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace creneau::signer {
namespace {

/// The town has a command key, and agent "danton" asked at kNow for command 5: open door "a".
class SigningCommands : public SigningDeskTest {
  protected:
    SigningCommands() {
        certify(policy::KeyUse::command);
        session_.execute("UPDATE door_agents SET public_key = 'k' WHERE id = 1");
        session_.execute(
            "INSERT INTO door_commands (id, town_id, agent_id, door_id, ground, asked_by_id,"
            " asked_at, offered_to, taken_at, boot, nonce) VALUES (5, 7, 1, 1, 'delivery', 1,"
            " 1799999990, 1800000020, 1800000000, 'boot-1', '" +
            std::string(32, 'a') + "')");
    }
    [[nodiscard]] policy::AskedCommand asked() const {
        policy::Command command{
            kTown, "danton", "boot-1", "a", 5, std::vector<std::uint8_t>(policy::kNonceSize, 0xAA),
            {}};
        return {{policy::fingerprint_of(root_.public_key())}, command, kNow};
    }
};
CRENEAU_ON_BOTH_ENGINES(SigningCommands);

TEST_P(SigningCommands, SaysWhatTheRowSays) {
    const auto first = desk_->answer(AskCommand{5}, at(kNow));
    ASSERT_TRUE(first) << word_of(first.error());
    EXPECT_FALSE(policy::open_command(*first, asked()).value().end);
    session_.execute("UPDATE door_commands SET end_at = 1800003600");
    const auto second = desk_->answer(AskCommand{5}, at(kNow));
    EXPECT_EQ(policy::open_command(*second, asked()).value().end, kNow + std::chrono::hours{1});
}

TEST_P(SigningCommands, SignsNothingThatNoAgentAskedForJustNow) {
    EXPECT_EQ(word(AskCommand{6}), "unknown_row");
    session_.execute("UPDATE door_commands SET taken_at = 1799999989");
    EXPECT_EQ(word(AskCommand{5}), "ended") << "eleven seconds ago";
    session_.execute("UPDATE door_commands SET taken_at = NULL, nonce = ''");
    EXPECT_EQ(word(AskCommand{5}), "unknown_row") << "nobody asked yet";
    session_.execute("UPDATE door_commands SET taken_at = 1799999990, nonce = '" +
                     std::string(32, 'a') + "', town_id = 8");
    EXPECT_EQ(word(AskCommand{5}), "unknown_row") << "another town's";
    session_.execute("UPDATE door_commands SET town_id = 7, agent_id = 2");
    EXPECT_EQ(word(AskCommand{5}), "unknown_agent") << "another agent's door";
    session_.execute("UPDATE door_commands SET agent_id = 1");
    session_.execute("UPDATE door_agents SET public_key = NULL");
    EXPECT_EQ(word(AskCommand{5}), "unknown_agent") << "revoked";
    session_.execute("UPDATE door_agents SET public_key = 'k' WHERE id = 1");
    session_.execute("UPDATE doors SET disabled_at = 1 WHERE id = 1");
    EXPECT_EQ(word(AskCommand{5}), "unknown_agent") << "disabled since it was asked for";
    session_.execute("UPDATE doors SET disabled_at = NULL WHERE id = 1");
    session_.execute(
        "INSERT INTO lockdowns (town_id, site_id, ground, begun_at, begun_by_id)"
        " VALUES (7, 1, 'threat', 1, 1)");
    EXPECT_EQ(word(AskCommand{5}), "unknown_agent") << "locked down since";
    session_.execute("UPDATE lockdowns SET ended_at = 2, ended_by_id = 1");
    EXPECT_EQ(word(AskCommand{5}), "ok");
}

TEST_P(SigningCommands, NeedsACommandKey) {
    EXPECT_EQ(word(AskCommand{5}), "ok");
    const auto late = desk_->answer(AskCommand{5}, at(kNow + std::chrono::days{101}));
    EXPECT_FALSE(late);
    session_.execute("UPDATE door_commands SET taken_at = 1808726400");
    const auto over = desk_->answer(AskCommand{5}, at(kNow + std::chrono::days{101}));
    ASSERT_FALSE(over);
    EXPECT_EQ(word_of(over.error()), "no_key") << "its certificate is over";
}

}  // namespace
}  // namespace creneau::signer
