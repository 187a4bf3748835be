#include "door-agent/clock/clock.hpp"
#include "door-agent/door/time_keeper.hpp"
#include "door-agent/journal/chain.hpp"
#include "door-agent/journal/event.hpp"
#include "door-agent/journal/unsent.hpp"
#include "door-agent/sync/agent_identity.hpp"
#include "door-agent/sync/command_desk.hpp"
#include "door-agent/sync/policy_store.hpp"
#include "door-agent/sync/sync_message.hpp"
#include "link/key_change.hpp"
#include "link/text_forms.hpp"
#include "policy/badge.hpp"
#include "policy/certificate.hpp"
#include "policy/container.hpp"
#include "policy/fingerprint.hpp"
#include "tests/door-agent/support/door_town.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>
#include <sys/stat.h>

namespace creneau::door {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;

const auto kNow = std::chrono::sys_seconds{std::chrono::seconds{1'800'000'000}};

/// What a town would answer with this file, whose pages the agent has or has not.
json answer_with(const policy::Container& container, bool with_pages) {
    json policy{{"certificate", link::to_base64(policy::to_bytes(container.policy_certificate))},
                {"manifest", link::to_base64(container.manifest)},
                {"pages", json::array()},
                {"changed", json::array()}};
    for (const auto& page : container.pages) {
        policy["pages"].push_back(policy::to_hex(policy::blake2b_256(page)));
        if (with_pages) {
            policy["changed"].push_back(link::to_base64(page));
        }
    }
    return {{"serial", 4}, {"policy", std::move(policy)}};
}

class FromTheTown : public testing::Test {
  protected:
    [[nodiscard]] PolicyStore store() const {
        return PolicyStore({folder_.path() / "inbox.cose", folder_.path(),
                            town_.town.expectations().roots, policy::kTown, "danton"});
    }
    test::TempFolder folder_;
    test::DoorTown town_{kNow};
};

TEST_F(FromTheTown, APolicyIsPutTogetherFromWhatCameAndWhatIsHere) {
    const auto file = town_.policy_file(1);
    const auto container = policy::read_container(file).value();
    const auto whole = read_answer(answer_with(container, true).dump()).value();
    EXPECT_EQ(whole.serial, 4);
    EXPECT_EQ(assemble(whole.policy.value(), {}), file);
    const auto bare = read_answer(answer_with(container, false).dump()).value();
    EXPECT_EQ(assemble(bare.policy.value(), {}), std::nullopt) << "its pages are not here";
    EXPECT_EQ(assemble(bare.policy.value(), pages_of(file)), file);
}

TEST_F(FromTheTown, RowsGoAlongWithoutWhatIsForWhoeverStandsAtTheBoard) {
    Event granted;
    granted.kind = EventKind::granted;
    granted.at = kNow;
    granted.clock = "trusted";
    granted.door = "street";
    granted.reason = "granted_booking";
    granted.detail = "not for the town";
    granted.pass = PassMark{qr::PassId{77}, 2};
    Event refused = granted;
    refused.kind = EventKind::refused;
    refused.pass.reset();
    refused.badge = policy::BadgeRef{12};
    refused.at = std::chrono::sys_seconds{-5s};
    SyncAsk ask;
    ask.events = UnsentRows{JournalId{0xAB}, {{41, granted}, {42, refused}}, Hash{0xCD}};
    const auto body = json::parse(write_ask(ask));
    EXPECT_EQ(body["journal"], "ab" + std::string(30, '0'));
    EXPECT_EQ(body["events"][0], json({{"sequence", 41},
                                       {"kind", "granted"},
                                       {"at", 1'800'000'000},
                                       {"clock", "trusted"},
                                       {"door", "street"},
                                       {"reason", "granted_booking"},
                                       {"pass_id", 77},
                                       {"revision", 2},
                                       {"count", 1}}));
    EXPECT_EQ(body["events"][1]["badge"], 12);
    EXPECT_EQ(body["events"][1]["at"], 0) << "a clock before 1970";
    EXPECT_FALSE(json::parse(write_ask({})).contains("events"));
    EXPECT_EQ(read_answer(R"({"serial":1,"policy":null,"acknowledged":42})")->acknowledged, 42);
    EXPECT_FALSE(read_answer(R"({"serial":1,"policy":null,"acknowledged":-1})")->acknowledged);
}

TEST_F(FromTheTown, ACommandIsOfferedAskedForAndAnswered) {
    SyncAsk ask;
    EXPECT_FALSE(json::parse(write_ask(ask)).contains("command"));
    ask.question = CommandDesk::Question{7, "boot-1", std::vector<std::uint8_t>(16, 0xAB)};
    const auto body = json::parse(write_ask(ask));
    EXPECT_EQ(body["command"], 7);
    EXPECT_EQ(body["boot"], "boot-1");
    EXPECT_EQ(body["command_nonce"], "abababababababababababababababab");
    const auto offered = read_answer(R"({"serial":1,"policy":null,"offered":[{"command":7,"door":)"
                                     R"("street"},{"command":-1,"door":"a"},{"command":8},5]})");
    ASSERT_EQ(offered->offered.size(), 1U) << "those that make sense";
    EXPECT_EQ(offered->offered[0].command, 7U);
    EXPECT_EQ(offered->offered[0].door, "street");
    EXPECT_FALSE(offered->command);
    const auto answered = read_answer(R"({"serial":1,"policy":null,"signed_command":"AQID"})");
    EXPECT_EQ(answered->command, (std::vector<std::uint8_t>{1, 2, 3}));
    EXPECT_FALSE(read_answer(R"({"serial":1,"policy":null,"signed_command":null})")->command);
    EXPECT_TRUE(read_answer(R"({"serial":1,"policy":null,"offered":7})")->offered.empty());
}

TEST_F(FromTheTown, WhatIsNoAnswerIsNotRead) {
    auto answer = answer_with(policy::read_container(town_.policy_file(1)).value(), true);
    for (const char* wrong : {"", "[]", "{}", R"({"serial":1})", R"({"serial":-1,"policy":null})",
                              R"({"serial":1,"policy":{}})", R"({"serial":1,"policy":7})"}) {
        EXPECT_FALSE(read_answer(wrong)) << wrong;
    }
    auto other = answer;
    other["policy"]["changed"][0] = "not base64";
    EXPECT_FALSE(read_answer(other.dump()));
    other = answer;
    other["policy"]["pages"][0] = 5;
    EXPECT_FALSE(read_answer(other.dump()));
    EXPECT_TRUE(read_answer(answer.dump()));
    EXPECT_FALSE(read_answer(R"({"serial":1,"policy":null})")->policy);
}

TEST_F(FromTheTown, APolicyIsTakenWithItsNonceWhateverTheClockSays) {
    const std::vector<std::uint8_t> nonce(16, 7);
    const std::vector<std::uint8_t> other(16, 8);
    auto slots = store();
    const auto unasked = slots.offer(town_.policy_file(1), nonce, std::nullopt, 0ms);
    ASSERT_TRUE(unasked);
    EXPECT_FALSE(unasked->accepted) << "it echoes nothing";
    town_.town.facts.nonce = nonce;
    const auto file = town_.policy_file(2);
    EXPECT_FALSE(slots.offer(file, other, std::nullopt, 0ms)->accepted) << "of another question";
    EXPECT_FALSE(store().load());
    EXPECT_TRUE(slots.current_file().empty());
    const auto taken = slots.offer(file, nonce, std::nullopt, 0ms);
    EXPECT_TRUE(taken->accepted) << taken->detail;
    EXPECT_TRUE(std::filesystem::exists(slots.current_file()));
    EXPECT_TRUE(store().load());
    EXPECT_FALSE(slots.offer(town_.policy_file(1), nonce, std::nullopt, 0ms)->accepted) << "older";
}

TEST_F(FromTheTown, ABoardKeepsItsKeyAndNeverCountsTwice) {
    EXPECT_FALSE(AgentIdentity::load(folder_.path()));
    auto first = AgentIdentity::make(folder_.path());
    EXPECT_EQ(first.next_counter(), 1);
    EXPECT_EQ(first.next_counter(), 2);
    auto second = AgentIdentity::load(folder_.path()).value();
    EXPECT_EQ(second.public_key(), first.public_key());
    EXPECT_GT(second.next_counter().value(), 2) << "as after a power cut";
    EXPECT_EQ(AgentIdentity::make(folder_.path()).public_key(), first.public_key());
    struct stat status{};
    ASSERT_EQ(::stat((folder_.path() / "agent.key").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 077U, 0U);
    std::ofstream(folder_.path() / "agent.counter") << "-4\n";
    EXPECT_EQ(AgentIdentity::load(folder_.path())->next_counter(), std::nullopt)
        << "a damaged counter sends nothing";
    std::ofstream(folder_.path() / "agent.key") << "mine\n";
    EXPECT_THROW(static_cast<void>(AgentIdentity::load(folder_.path())), std::runtime_error);
}

TEST_F(FromTheTown, ABoardChangesItsKeyOnceTheTownHasIt) {
    auto board = AgentIdentity::make(folder_.path());
    const auto first = board.public_key();
    const auto next = board.next_key(policy::kTown, "danton").value();
    EXPECT_EQ(board.next_key(policy::kTown, "danton")->public_key, next.public_key) << "made once";
    EXPECT_TRUE(link::is_proved({policy::kTown, "danton", first, next.public_key}, next.proof));
    EXPECT_FALSE(board.settle(false));
    EXPECT_EQ(board.public_key(), first) << "the town did not take it";
    EXPECT_EQ(AgentIdentity::load(folder_.path())->public_key(), first);
    EXPECT_TRUE(board.settle(true));
    EXPECT_EQ(board.public_key(), next.public_key);
    EXPECT_EQ(AgentIdentity::load(folder_.path())->public_key(), next.public_key);
    EXPECT_FALSE(std::filesystem::exists(folder_.path() / "agent.key.next"));
    EXPECT_NE(board.next_key(policy::kTown, "danton")->public_key, next.public_key);
}

TEST_F(FromTheTown, ABoardFindsTheKeyThatTheTownHasWhoseWordWasLost) {
    {
        auto board = AgentIdentity::make(folder_.path());
        ASSERT_TRUE(board.next_key(policy::kTown, "danton"));
    }
    auto board = AgentIdentity::load(folder_.path()).value();
    const auto first = board.public_key();
    board.try_other_key();
    const auto other = board.public_key();
    EXPECT_NE(other, first);
    board.try_other_key();
    EXPECT_EQ(board.public_key(), first) << "neither is given up while the town refuses both";
    EXPECT_FALSE(board.settle(false));
    board.try_other_key();
    EXPECT_TRUE(board.settle(false)) << "the town took what it signed";
    EXPECT_EQ(AgentIdentity::load(folder_.path())->public_key(), other);
    board.try_other_key();
    EXPECT_EQ(board.public_key(), other) << "there is no other one";
}

TEST(TownTime, VouchesForAClockThatAgreesWithItAndForNoOther) {
    ClockSample sample{kNow, std::chrono::milliseconds{5'000}, false};
    TimeKeeper::Settings settings;
    settings.boot_id = "boot";
    settings.sample = [&sample] { return sample; };
    TimeKeeper time(settings, std::nullopt);
    EXPECT_EQ(time.look().verdict.state, ClockState::untrusted) << "never synchronised";
    EXPECT_FALSE(time.hear_town(kNow + 121s));
    EXPECT_FALSE(time.hear_town(kNow - 24h * 365));
    EXPECT_EQ(time.look().verdict.state, ClockState::untrusted);
    EXPECT_TRUE(time.hear_town(kNow + 2s));
    EXPECT_EQ(time.look().verdict.state, ClockState::holdover);
    sample.wall += 24h * 365;
    sample.boot += 1s;
    EXPECT_EQ(time.look().verdict.state, ClockState::untrusted) << "stepped";
    EXPECT_FALSE(time.hear_town(kNow + 3s));
    sample.wall -= 24h * 365;
    EXPECT_EQ(time.look().verdict.state, ClockState::holdover);
}

}  // namespace
}  // namespace creneau::door
