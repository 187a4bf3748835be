#include "policy/command.hpp"

#include "policy/envelope.hpp"
#include "tests/policy/sample_town.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace creneau::policy {
namespace {

Command wanted() {
    return {kTown, "danton", "boot-1", "street", 7, std::vector<std::uint8_t>(kNonceSize, 9), {}};
}

/// A town with a command key, and an agent that asked for wanted().
class Commands : public testing::Test {
  protected:
    [[nodiscard]] AskedCommand asked() const {
        return {town_.expectations().roots, wanted(), pass_start()};
    }
    [[nodiscard]] std::vector<std::uint8_t> signed_by(const TestKey& key, KeyUse use,
                                                      const Command& command = wanted()) const {
        return build_command(
                   command, town_.issue(town_.certificate(use), town_.root),
                   [&key](std::span<const std::uint8_t> bytes) { return key.sign(bytes); })
            .value();
    }
    [[nodiscard]] std::vector<std::uint8_t> sent(const Command& command = wanted()) const {
        return signed_by(town_.command_key, KeyUse::command, command);
    }
    [[nodiscard]] std::string fault(std::span<const std::uint8_t> bytes,
                                    const AskedCommand& asked) const {
        const auto opened = open_command(bytes, asked);
        return opened ? "" : std::string(word_for(opened.error().fault));
    }

    SampleTown town_;
};

TEST_F(Commands, AnswerTheirQuestion) {
    EXPECT_EQ(open_command(sent(), asked()).value(), wanted());
    auto until = wanted();
    until.end = pass_start() + std::chrono::hours{2};
    EXPECT_EQ(open_command(sent(until), asked()).value(), until);
    EXPECT_LT(sent().size(), kLargestCommand);
}

TEST_F(Commands, AnswerNoOtherQuestion) {
    struct Row {
        std::string name;
        std::function<void(AskedCommand&)> change;
        std::string fault;
    };
    const std::vector<Row> rows{
        {"another town", [](AskedCommand& a) { a.command.town = qr::TownId{1}; }, "bad_signature"},
        {"another agent", [](AskedCommand& a) { a.command.agent = "semanaz"; }, "bad_signature"},
        {"another start", [](AskedCommand& a) { a.command.boot = "boot-2"; }, "wrong_nonce"},
        {"no start", [](AskedCommand& a) { a.command.boot = ""; }, "wrong_nonce"},
        {"another door", [](AskedCommand& a) { a.command.door = "hall"; }, "unknown_door"},
        {"another command", [](AskedCommand& a) { a.command.id = 8; }, "wrong_nonce"},
        {"another nonce", [](AskedCommand& a) { a.command.nonce[15] = 8; }, "wrong_nonce"},
        {"no nonce", [](AskedCommand& a) { a.command.nonce.clear(); }, "wrong_nonce"},
        {"another root", [](AskedCommand& a) { a.roots = {Fingerprint{}}; }, "unknown_root"},
        {"a certificate that is over",
         [](AskedCommand& a) { a.trusted_now = pass_start() + kHalfWindow; },
         "outside_certificate"},
        {"a certificate to come",
         [](AskedCommand& a) {
             a.trusted_now = pass_start() - kHalfWindow - std::chrono::hours{1};
         },
         "outside_certificate"}};
    for (const Row& row : rows) {
        auto other = asked();
        row.change(other);
        EXPECT_EQ(fault(sent(), other), row.fault) << row.name;
    }
    auto unsure = asked();
    unsure.trusted_now.reset();
    EXPECT_EQ(fault(sent(), unsure), "") << "the nonce says how old it is, not the clock";
    EXPECT_EQ(fault(sent(), asked()), "");
}

TEST_F(Commands, AreSignedByACommandKeyAlone) {
    const auto certificate = town_.issue(town_.certificate(KeyUse::policy), town_.root);
    const auto by_policy_key = [this](std::span<const std::uint8_t> bytes) {
        return town_.policy_key.sign(bytes);
    };
    EXPECT_EQ(build_command(wanted(), certificate, by_policy_key).error().fault,
              PolicyFault::wrong_use);
    const auto commands = town_.issue(town_.certificate(KeyUse::command), town_.root);
    EXPECT_EQ(build_command(wanted(), commands, by_policy_key).error().fault,
              PolicyFault::bad_signature);
    EXPECT_EQ(fault(sent(), asked()), "");
}

TEST_F(Commands, AreRefusedWithAnyBitChangedOrAnyByteMissing) {
    const auto good = sent();
    for (std::size_t i = 0; i < good.size(); ++i) {
        auto bad = good;
        bad[i] ^= 1U;
        EXPECT_NE(fault(bad, asked()), "") << "byte " << i;
        EXPECT_NE(fault(std::span(good).first(i), asked()), "") << "cut at " << i;
    }
    auto longer = good;
    longer.push_back(0);
    EXPECT_NE(fault(longer, asked()), "");
    EXPECT_EQ(fault(good, asked()), "");
}

TEST_F(Commands, OfNoFormAreNotSigned) {
    const auto refused = [this](const std::function<void(Command&)>& change) {
        auto command = wanted();
        change(command);
        return !build_command(
            command, town_.issue(town_.certificate(KeyUse::command), town_.root),
            [this](std::span<const std::uint8_t> bytes) { return town_.command_key.sign(bytes); });
    };
    EXPECT_TRUE(refused([](Command& c) { c.id = 0; }));
    EXPECT_TRUE(refused([](Command& c) { c.boot = ""; }));
    EXPECT_TRUE(refused([](Command& c) { c.door = std::string(65, 'd'); }));
    EXPECT_TRUE(refused([](Command& c) { c.nonce.resize(15); }));
    EXPECT_FALSE(refused([](Command&) {}));
}

}  // namespace
}  // namespace creneau::policy
