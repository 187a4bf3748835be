// Requests answered from a real database, on both engines.
#include "api/signer/signing_desk.hpp"

#include "api/access/badge_key.hpp"
#include "api/access/badge_key_file.hpp"
#include "api/signer/key_directory.hpp"
#include "api/signer/key_request.hpp"
#include "api/signer/secret_key.hpp"
#include "api/signer/town_keys.hpp"
#include "api/store/durable_file.hpp"
#include "policy/badge.hpp"
#include "policy/certificate.hpp"
#include "policy/container.hpp"
#include "policy/decide.hpp"
#include "policy/door.hpp"
#include "policy/fingerprint.hpp"
#include "policy/policy_file.hpp"
#include "tests/support/test_database.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
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

constexpr std::chrono::sys_seconds kNow{std::chrono::seconds{1'800'000'000}};
constexpr qr::TownId kTown{7};

const char* const kTownRows = R"(
INSERT INTO towns (id, key, name, time_zone, service, email, phone)
    VALUES (7, 'essai', 'Essai', 'Europe/Paris', 's', 'e', 'p'),
           (8, 'autre', 'Autre', 'Europe/Paris', 's', 'e', 'p');
INSERT INTO sites (id, town_id, key, name, address, time_zone, help_contact, help_hours)
    VALUES (1, 7, 's', 's', 'a', 'Europe/Paris', 'h', 'h'),
           (2, 8, 's', 's', 'a', 'Europe/Paris', 'h', 'h');
INSERT INTO people (id, town_id, key, name, email, locale) VALUES (1, 7, 'p', 'p', 'e', 'fr');
INSERT INTO rooms (id, town_id, site_id, key, name, capacity) VALUES (1, 7, 1, 'r', 'r', 9);
INSERT INTO door_agents (id, town_id, site_id, key)
    VALUES (1, 7, 1, 'danton'), (2, 7, 1, 'semanaz'), (3, 8, 2, 'danton');
INSERT INTO doors (id, town_id, site_id, agent_id, key, name, scope, locked, unlock_ms, enabled)
    VALUES (1, 7, 1, 1, 'a', 'Entrée', 11, 1, 4000, 1), (2, 7, 1, 1, 'b', 'Cour', 12, 1, 5000, 0),
           (3, 7, 1, 2, 'c', 'Ailleurs', 13, 1, 5000, 1);
INSERT INTO zones (id, town_id, key, name, scope)
    VALUES (1, 7, 'z1', 'z1', 32769), (2, 7, 'z2', 'z2', 32770);
INSERT INTO zone_doors (town_id, zone_id, door_id) VALUES (7, 1, 2), (7, 1, 1), (7, 1, 3), (7, 2, 3);
INSERT INTO bookings (id, town_id, room_id, booker_id, requested_by_id, status, local_start,
    local_end, start_at, end_at, attendees, purpose, requested_at)
    VALUES (1, 7, 1, 1, 1, 'approved', '', '', 1, 2, 1, '', 1);
INSERT INTO passes (id, town_id, number, booking_id, holder_kind, holder_id, created_at)
    VALUES (1, 7, 7, 1, 'person', 1, 1);
)";

class SigningDeskTest : public testing::TestWithParam<store::Engine> {
  protected:
    SigningDeskTest() {
        session_.execute(kTownRows);
        config_.town = "essai";
        config_.database = database_.database();
        config_.keys = fs::path(database_.folder()) / "keys";
        config_.state = database_.folder();
        config_.root_fingerprints = {policy::to_hex(policy::fingerprint_of(root_.public_key()))};
        certify(policy::KeyUse::pass);
        certify(policy::KeyUse::policy);
        desk_ = std::make_unique<SigningDesk>(config_);
    }

    void certify(policy::KeyUse use) {
        KeyDirectory keys(config_.keys, {kTown, config_.root_fingerprints});
        const auto file = config_.state / "exchange";
        ASSERT_TRUE(request_key(keys, use, file, kNow));
        const auto bytes = store::read_file(file, 10'000);
        const auto request =
            *read_key_request({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, "");
        policy::Certificate certificate;
        certificate.town = kTown;
        certificate.use = use;
        certificate.key_id = request.key_id;
        certificate.public_key = request.public_key;
        certificate.not_before = request.not_before;
        certificate.not_after = kNow + std::chrono::days{100};
        certificate.longest_pass_min = use == policy::KeyUse::pass ? 1440 : 0;
        certificate.generation = 3;
        const auto signature = root_.sign(*policy::certificate_to_be_signed(certificate));
        store::write_durably(file, policy::to_bytes(*policy::assemble_certificate(
                                       certificate, root_.public_key(), signature)));
        ASSERT_TRUE(import_certificate(keys, {file, {}, {}}, kNow));
        fs::remove(file);
    }

    /// A credential that began an hour ago and lasts two, unless said otherwise.
    void insert_credential(int id, const std::string& pass_id, const std::string& scope = "32769",
                           const std::string& revoked = "NULL", int revision = 0) {
        session_.execute(
            "INSERT INTO credentials (id, town_id, pass_row_id, pass_id, revision, scope, "
            "not_before, duration_min, once, revoked_at) VALUES (" +
            std::to_string(id) + ", 7, 1, " + pass_id + ", " + std::to_string(revision) + ", " +
            scope + ", 1799996400, 120, 1, " + revoked + ")");
    }

    static Instants at(std::chrono::sys_seconds instant) {
        return {instant, RateLimit::Instant{instant.time_since_epoch()}};
    }
    std::string word(const Ask& ask) {
        const auto answer = desk_->answer(ask, at(kNow));
        return answer ? "ok" : std::string(word_of(answer.error()));
    }
    policy::Policy policy(std::chrono::sys_seconds now = kNow) {
        const auto file = desk_->answer(AskPolicy{"danton"}, at(now));
        EXPECT_TRUE(file.has_value());
        const auto opened = policy::open_policy_file(
            *file, {{policy::fingerprint_of(root_.public_key())}, kTown, "danton", {}, now, {}});
        EXPECT_TRUE(opened.has_value()) << (opened ? "" : policy::describe(opened.error()));
        return opened.value_or(policy::Policy{});
    }

    support::TestDatabase database_{GetParam()};
    store::Session session_ = database_.open();
    SignerConfig config_;
    SecretKey root_ = SecretKey::generate();
    std::unique_ptr<SigningDesk> desk_;
};

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

class SigningBadges : public SigningDeskTest {
  protected:
    SigningBadges() {
        config_.badge_key_file = fs::path(database_.folder()) / "badges.key";
        access::lay_out_badge_key(config_.badge_key_file, secret_);
        desk_ = std::make_unique<SigningDesk>(config_);
        session_.execute(
            "INSERT INTO associations (id, town_id, key, name, email)"
            " VALUES (5, 7, 'a', 'A', ''), (6, 7, 'b', 'B', '')");
        insert_badge(41, 5, "04a26b3c");
        insert_badge(42, 6, "04a26b3d");
        insert_window(5, 1, "1800003600", "1800007200");
    }

    void insert_badge(int id, int association, const std::string& number) {
        const access::BadgeKey key(secret_);
        session_.execute(
            "INSERT INTO badges (id, town_id, number_sealed, number_mark, holder_kind, holder_id,"
            " from_at, changed_at) VALUES (" +
            std::to_string(id) + ", 7, '" + key.seal(number) + "', '" +
            key.mark(access::TownId{7}, number) + "', 'association', " +
            std::to_string(association) + ", 1, 1)");
    }

    void insert_window(int association, int zone, const std::string& start,
                       const std::string& end) {
        session_.execute(
            "INSERT INTO access_windows (town_id, source_kind, source_id, zone_id, holder_kind,"
            " holder_id, start_at, end_at) VALUES (7, 'booking', 1, " +
            std::to_string(zone) + ", 'association', " + std::to_string(association) + ", " +
            start + ", " + end + ")");
    }

    /// What the door does with the badge of association 5, that many seconds after kNow.
    std::string shown(std::int64_t after, std::uint16_t door = 11) {
        constexpr std::array<std::uint8_t, 4> kNumber{0x04, 0xA2, 0x6B, 0x3C};
        const auto decision = policy::decide(
            policy(), {},
            {*policy::badge_number(kNumber, policy::Assurance::low),
             door,
             kNow + std::chrono::seconds{after},
             {policy::ClockTrust::trusted, std::chrono::seconds{0}, std::chrono::seconds{0}}});
        return std::string(policy::word_for(decision.reason));
    }

    std::array<std::uint8_t, access::BadgeKey::kSize> secret_{1, 2, 3};
};

CRENEAU_ON_BOTH_ENGINES(SigningBadges);

TEST_P(SigningBadges, OpenDuringTheWindowsOfTheirAssociation) {
    EXPECT_EQ(shown(3599), "outside_hours");
    EXPECT_EQ(shown(3600), "granted_booking");
    EXPECT_EQ(shown(7200), "outside_hours");
    EXPECT_EQ(shown(3600, 99), "wrong_door");
    EXPECT_EQ(policy().find_badge(*policy::badge_number(
                  std::array<std::uint8_t, 4>{4, 0xA2, 0x6B, 0x3D}, policy::Assurance::low)),
              nullptr)
        << "no window: no door of this agent admits it";
    insert_window(5, 1, "1800007000", "1800009000");
    EXPECT_EQ(shown(7200), "granted_booking");
}

TEST_P(SigningBadges, OpenNothingOnceLostOrWithoutTheirHolder) {
    EXPECT_EQ(shown(3600), "granted_booking");
    session_.execute("UPDATE badges SET state = 'lost' WHERE id = 41");
    EXPECT_EQ(shown(3600), "unknown_credential");
    session_.execute("UPDATE badges SET state = 'issued' WHERE id = 41");
    session_.execute("UPDATE associations SET enabled = 0 WHERE id = 5");
    EXPECT_EQ(shown(3600), "unknown_credential");
    session_.execute("UPDATE associations SET enabled = 1 WHERE id = 5");
    session_.execute("DELETE FROM access_windows");
    EXPECT_EQ(shown(3600), "unknown_credential");
    insert_window(5, 1, "1800003600", "1800007200");
    EXPECT_EQ(shown(3600), "granted_booking");
}

TEST_P(SigningBadges, AreNotNamedWithoutTheirKey) {
    EXPECT_EQ(shown(3600), "granted_booking");
    fs::remove(config_.badge_key_file);
    EXPECT_TRUE(policy().badges.empty());
    secret_[0] = 9;
    access::lay_out_badge_key(config_.badge_key_file, secret_);
    EXPECT_TRUE(policy().badges.empty());
    secret_[0] = 1;
    access::lay_out_badge_key(config_.badge_key_file, secret_);
    EXPECT_EQ(shown(3600), "granted_booking");
}

TEST_P(SigningBadges, KeepTheirPageFromOneBookingAndOneDayToTheNext) {
    const auto page = [this](std::chrono::sys_seconds now) {
        const auto file = desk_->answer(AskPolicy{"danton"}, at(now));
        return policy::read_container(*file)->pages.back();
    };
    const auto before = page(kNow);
    insert_window(5, 1, "1800090000", "1800093600");
    EXPECT_EQ(page(kNow + hours{24}), before);
    insert_window(6, 1, "1800090000", "1800093600");
    EXPECT_NE(page(kNow + hours{24}), before);
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
