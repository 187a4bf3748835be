// Requests answered from a real database, on both engines.
#include "api/signer/signing_desk.hpp"

#include "api/signer/key_directory.hpp"
#include "api/signer/key_log.hpp"
#include "api/store/durable_file.hpp"
#include "policy/certificate.hpp"
#include "policy/container.hpp"
#include "policy/door.hpp"
#include "policy/fingerprint.hpp"
#include "policy/policy_file.hpp"
#include "tests/api/signer/signing_desk_town.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace creneau::signer {
namespace {

namespace fs = std::filesystem;
using std::chrono::hours;

CRENEAU_ON_BOTH_ENGINES(SigningDeskTest);

TEST_P(SigningDeskTest, ApprovedCredentialIsSignedAsItsRowSays) {
    insert_credential(1, "72057594037927935");
    const auto first = desk_->answer(AskPass{1}, at(kNow));
    ASSERT_TRUE(first);
    EXPECT_EQ(*desk_->answer(AskPass{1}, at(kNow + hours{1} - std::chrono::seconds{1})), *first);
    qr::PassBytes bytes{};
    ASSERT_EQ(first->size(), bytes.size());
    std::ranges::copy(*first, bytes.begin());
    const auto opened = policy();
    const auto* key = opened.pass_keys.find(1);
    ASSERT_NE(key, nullptr);
    EXPECT_TRUE(qr::verify_pass(key->key, kTown, bytes));
    const auto fields = *qr::decode_pass(bytes);
    EXPECT_EQ(fields.pass_id, qr::PassId{qr::kLargestPassId});
    EXPECT_EQ(fields.scope, 32769);
    EXPECT_EQ(fields.duration_min, 120);
    EXPECT_EQ(fields.not_before, kNow - hours{1});
    EXPECT_EQ(fields.use, qr::Use::once_per_door);
}

TEST_P(SigningDeskTest, PolicySaysWhichDoorsAreLockedDownOrDisabled) {
    using State = policy::ServiceState;
    const auto states = [this] {
        const auto opened = policy();
        return std::pair(opened.find_door(11)->state, opened.find_door(12)->state);
    };
    EXPECT_EQ(states(), std::pair(State::in_service, State::disabled)) << "as the town's file says";
    session_.execute(
        "INSERT INTO lockdowns (town_id, site_id, ground, begun_at, begun_by_id)"
        " VALUES (8, 2, 'threat', 1, 1)");
    EXPECT_EQ(states().first, State::in_service) << "another town's site";
    session_.execute("UPDATE lockdowns SET town_id = 7, site_id = 1");
    EXPECT_EQ(states(), std::pair(State::lockdown, State::disabled));
    session_.execute("UPDATE lockdowns SET ended_at = 2, ended_by_id = 1");
    EXPECT_EQ(states().first, State::in_service);
    session_.execute("UPDATE doors SET disabled_at = 1, disabled_ground = 'works' WHERE id = 1");
    EXPECT_EQ(states().first, State::disabled);
}

TEST_P(SigningDeskTest, WhatChangesInTheDatabaseCountsAtOnce) {
    insert_credential(1, "5");
    EXPECT_EQ(word(AskPass{1}), "ok");
    session_.execute("UPDATE bookings SET status = 'cancelled'");
    EXPECT_EQ(word(AskPass{1}), "not_approved");
    session_.execute("UPDATE bookings SET status = 'approved'");
    session_.execute("UPDATE credentials SET revoked_at = 1");
    EXPECT_EQ(word(AskPass{1}), "revoked");
    EXPECT_EQ(word(AskPass{2}), "unknown_row");
    session_.execute("UPDATE credentials SET revoked_at = NULL, duration_min = 1441");
    EXPECT_EQ(word(AskPass{1}), "over_cap");
    session_.execute("UPDATE credentials SET duration_min = 60");
    EXPECT_EQ(word(AskPass{1}), "ended");
    session_.execute("UPDATE credentials SET duration_min = 120");
    EXPECT_EQ(word(AskPass{1}), "ok");
}

TEST_P(SigningDeskTest, PolicyHoldsThisAgentsDoorsAndCutsZonesDownToThem) {
    const auto opened = policy();
    ASSERT_EQ(opened.doors.size(), 2U);
    EXPECT_EQ(opened.doors[0].name, "Entrée");
    EXPECT_EQ(opened.doors[0].unlock_time, std::chrono::milliseconds{4000});
    EXPECT_EQ(opened.doors[0].state, policy::ServiceState::in_service);
    EXPECT_EQ(opened.doors[1].state, policy::ServiceState::disabled);
    EXPECT_EQ(opened.zones, (std::vector<policy::Zone>{{32769, {11, 12}}}));
    EXPECT_EQ(opened.order.generation, 3U);
    EXPECT_EQ(opened.issued_at, kNow);
    EXPECT_EQ(word(AskPolicy{"nobody"}), "unknown_agent");
}

TEST_P(SigningDeskTest, PolicyHoldsLivingRevocationsOfItsScopes) {
    insert_credential(1, "100", "32769", "1");
    insert_credential(2, "200", "32769");
    insert_credential(3, "300", "32770", "1");
    insert_credential(4, "400", "12", "1");
    insert_credential(5, "500", "32769", "1", 0);
    insert_credential(6, "500", "32769", "1", 1);
    insert_credential(7, "500", "32769", "NULL", 2);
    const auto end = kNow + hours{1};
    const std::vector<policy::Revocation> expected{
        {qr::PassId{100}, 0, end}, {qr::PassId{400}, 0, end}, {qr::PassId{500}, 1, end}};
    EXPECT_EQ(policy().revocations, expected);
    EXPECT_EQ(policy(end + std::chrono::seconds{299}).revocations.size(), 3U)
        << "a door's clock may be late";
    EXPECT_TRUE(policy(end + std::chrono::seconds{300}).revocations.empty());
}

TEST_P(SigningDeskTest, TellsWhatBecameOfKeys) {
    const auto told = [this](std::int64_t after) {
        const auto answer = desk_->answer(AskKeyLog{after}, at(kNow));
        return answer ? std::string(answer->begin(), answer->end())
                      : std::string(word_of(answer.error()));
    };
    EXPECT_EQ(told(0), "");
    EXPECT_EQ(told(1), "unknown_row");
    KeyLog(config_.state).append({"key_retire", 3, 12}, "done", kNow);
    const std::string line = "2027-01-15T08:00:00Z key_retire key=3 confirmation=12 done\n";
    EXPECT_EQ(told(0), line);
    EXPECT_EQ(told(static_cast<std::int64_t>(line.size())), "");
    EXPECT_EQ(told(static_cast<std::int64_t>(line.size()) + 1), "unknown_row");
}

TEST_P(SigningDeskTest, VersionGrowsThoughTheClockGoesBack) {
    const auto first = policy().order;
    const auto second = policy(kNow - std::chrono::days{1}).order;
    EXPECT_EQ(second.version, first.version + 1);
    SigningDesk restarted(config_);
    ASSERT_TRUE(restarted.answer(AskPolicy{"danton"}, at(kNow - hours{2})));
    EXPECT_EQ(policy(kNow - hours{3}).order.version, first.version + 3);
    EXPECT_GT(policy(kNow + hours{1}).order.version, first.version + 1000);
}

TEST_P(SigningDeskTest, UnreadableCertificateStopsPublishing) {
    KeyDirectory keys(config_.keys, {kTown, {}});
    const auto file = keys.file(1, kCertificateEnding);
    const auto good = store::read_file(file, 10'000);
    auto bad = good;
    bad[bad.size() / 2] ^= 1;
    store::write_durably(file, bad);
    EXPECT_EQ(word(AskPolicy{"danton"}), "bad_policy");
    store::write_durably(file, good);
    EXPECT_EQ(word(AskPolicy{"danton"}), "ok");
}

TEST_P(SigningDeskTest, DamagedVersionFileIsNotGuessedAt) {
    const auto file = config_.state / "policy-version-1";
    for (const std::string text : {"", "x\n", "12", "-3\n", "0\n", "99999999999999999999999\n"}) {
        store::write_durably(file, std::vector<std::uint8_t>(text.begin(), text.end()));
        EXPECT_EQ(word(AskPolicy{"danton"}), "failed") << text;
    }
    fs::remove(file);
    EXPECT_EQ(word(AskPolicy{"danton"}), "ok");
}

}  // namespace
}  // namespace creneau::signer
