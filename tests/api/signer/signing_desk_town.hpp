#pragma once

#include "api/signer/secret_key.hpp"
#include "api/signer/signer_config.hpp"
#include "api/signer/signing_desk.hpp"
#include "policy/certificate.hpp"
#include "policy/fingerprint.hpp"
#include "policy/policy_file.hpp"
#include "tests/support/test_database.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>

namespace creneau::signer {

inline constexpr std::chrono::sys_seconds kNow{std::chrono::seconds{1'800'000'000}};
inline constexpr qr::TownId kTown{7};

/// Two towns with doors, and a signer with a pass key and a policy key for the first.
class SigningDeskTest : public testing::TestWithParam<store::Engine> {
  protected:
    SigningDeskTest();
    void certify(policy::KeyUse use);

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

}  // namespace creneau::signer
