#include "policy/policy_file.hpp"

#include "policy/container.hpp"
#include "policy/envelope.hpp"
#include "tests/policy/sample_town.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace creneau::policy {
namespace {

using Bytes = std::vector<std::uint8_t>;

PolicyError refusal(const SampleTown& town, const Bytes& file,
                    const std::function<void(Expectations&)>& change = {}) {
    Expectations expected = town.expectations();
    if (change) {
        change(expected);
    }
    const auto opened = open_policy_file(file, expected);
    EXPECT_FALSE(opened.has_value());
    return opened ? PolicyError{} : opened.error();
}

PolicyError build_refusal(const std::function<void(SampleTown&)>& change) {
    SampleTown town;
    EXPECT_FALSE(town.file().empty());
    change(town);
    const auto built = build_policy_file(town.facts, [&](std::span<const std::uint8_t> bytes) {
        return town.policy_key.sign(bytes);
    });
    EXPECT_FALSE(built.has_value());
    return built ? PolicyError{} : built.error();
}

TEST(PolicyFile, SaysWhatItsFactsSay) {
    SampleTown town;
    std::reverse(town.facts.doors.begin(), town.facts.doors.end());
    town.facts.settings.skew = std::chrono::seconds{90};
    town.facts.revocations = {{qr::PassId{9}, 3, pass_start()}, {qr::PassId{4}, 0, pass_start()}};
    const Policy policy = town.policy();
    EXPECT_EQ(policy.town, kTown);
    EXPECT_EQ(policy.agent, "danton");
    EXPECT_EQ(policy.order, (Order{1, 7}));
    EXPECT_EQ(policy.issued_at, town.facts.issued_at);
    EXPECT_TRUE(policy.nonce.empty());
    EXPECT_EQ(policy.settings, town.facts.settings);
    ASSERT_EQ(policy.doors.size(), 3U);
    EXPECT_EQ(policy.doors.front(), town.facts.doors.back());
    EXPECT_EQ(policy.zones, town.facts.zones);
    EXPECT_EQ(policy.find_door("danton-salle")->scope, kHallDoor);
    ASSERT_NE(policy.pass_keys.find(1), nullptr);
    EXPECT_EQ(policy.pass_keys.find(1)->certificate, town.certificate(KeyUse::pass));
    EXPECT_EQ(policy.find_revocation(qr::PassId{9})->revision, 3);
    EXPECT_EQ(policy.find_revocation(qr::PassId{5}), nullptr);
}

TEST(PolicyFile, HoldsRawPublicKeys) {
    const SampleTown town;
    const Bytes file = town.file();
    for (const TestKey* key : {&town.root, &town.policy_key, &town.pass_key}) {
        EXPECT_NE(std::search(file.begin(), file.end(), key->public_bytes.begin(),
                              key->public_bytes.end()),
                  file.end());
    }
}

TEST(PolicyFile, IsRefusedWithAnyBitFlipped) {
    const SampleTown town;
    const Bytes file = town.file();
    int accepted = 0;
    for (std::size_t bit = 0; bit < 8 * file.size(); ++bit) {
        Bytes flipped = file;
        flipped[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        accepted += open_policy_file(flipped, town.expectations()).has_value() ? 1 : 0;
    }
    EXPECT_EQ(accepted, 0);
    EXPECT_TRUE(open_policy_file(file, town.expectations()).has_value());
}

TEST(PolicyFile, IsRefusedWhenCutOrContinued) {
    const SampleTown town;
    Bytes file = town.file();
    for (std::size_t size = 0; size < file.size(); ++size) {
        EXPECT_FALSE(
            open_policy_file(std::span{file}.first(size), town.expectations()).has_value());
    }
    file.push_back(0);
    EXPECT_EQ(refusal(town, file), (PolicyError{PolicyFault::malformed, "file/end"}));
    file.pop_back();
    EXPECT_TRUE(open_policy_file(file, town.expectations()).has_value());
}

TEST(PolicyFile, IsRefusedForAnotherTownAgentOrRoot) {
    const SampleTown town;
    const Bytes file = town.file();
    EXPECT_EQ(refusal(town, file, [](Expectations& e) { e.town = qr::TownId{1}; }).fault,
              PolicyFault::bad_signature);
    EXPECT_EQ(refusal(town, file, [](Expectations& e) { e.agent = "semanaz"; }),
              (PolicyError{PolicyFault::bad_signature, "manifest/signature"}));
    EXPECT_EQ(refusal(town, file, [&](Expectations& e) { e.roots.erase(e.roots.begin()); }).fault,
              PolicyFault::unknown_root);
    EXPECT_TRUE(open_policy_file(file, town.expectations()).has_value());
}

TEST(PolicyFile, IsRefusedWhenSignedByAKeyForAnotherUse) {
    const SampleTown town;
    const auto signed_by = [&](KeyUse use, const TestKey& key) {
        SampleTown other;
        other.facts.policy_certificate = other.issue(other.certificate(use), other.root);
        return build_policy_file(other.facts,
                                 [&](std::span<const std::uint8_t> b) { return key.sign(b); });
    };
    EXPECT_EQ(signed_by(KeyUse::pass, town.pass_key).error().fault, PolicyFault::wrong_use);
    EXPECT_EQ(signed_by(KeyUse::command, town.command_key).error().fault, PolicyFault::wrong_use);
    EXPECT_EQ(signed_by(KeyUse::policy, town.pass_key).error().fault, PolicyFault::bad_signature);
    EXPECT_TRUE(signed_by(KeyUse::policy, town.policy_key).has_value());
}

TEST(PolicyFile, IsRefusedWhenSignedUnderAnotherLabelOrWithoutItsContext) {
    const SampleTown town;
    auto container = read_container(town.file()).value();
    const auto framed = frame(container.manifest, kLargestManifest, "manifest").value();
    const Bytes payload(framed.payload.begin(), framed.payload.end());
    for (const Bytes& other :
         {context(kCertificateLabel, kTown, "danton"), Bytes{}, context(kPolicyLabel, kTown),
          context(kPolicyLabel, kTown, "semanaz"),
          context(kPolicyLabel, qr::TownId{1}, "danton")}) {
        const auto signature = town.policy_key.sign(to_be_signed(framed.key_id, other, payload));
        container.manifest = seal(framed.key_id, payload, signature);
        EXPECT_EQ(refusal(town, write_container(container)).fault, PolicyFault::bad_signature);
    }
    const auto signature = town.policy_key.sign(
        to_be_signed(framed.key_id, context(kPolicyLabel, kTown, "danton"), payload));
    container.manifest = seal(framed.key_id, payload, signature);
    EXPECT_TRUE(open_policy_file(write_container(container), town.expectations()).has_value());
}

TEST(PolicyFile, IsRefusedBelowTheOrderHeld) {
    const SampleTown town;
    const Bytes file = town.file();
    const auto held = [](Order order) { return [=](Expectations& e) { e.held = order; }; };
    EXPECT_EQ(refusal(town, file, held({1, 8})),
              (PolicyError{PolicyFault::older, "manifest/version"}));
    EXPECT_EQ(refusal(town, file, held({2, 1})).fault, PolicyFault::older);
    Expectations expected = town.expectations();
    for (const Order order : {Order{1, 7}, Order{1, 6}, Order{0, 900}}) {
        expected.held = order;
        EXPECT_TRUE(open_policy_file(file, expected).has_value());
    }
}

TEST(PolicyFile, IsRefusedMoreThanADayAheadOfTrustedTime) {
    const SampleTown town;
    const Bytes file = town.file();
    const auto issued = town.facts.issued_at;
    EXPECT_EQ(refusal(town, file,
                      [&](Expectations& e) {
                          e.trusted_now = issued - std::chrono::days{1} - std::chrono::seconds{1};
                      })
                  .fault,
              PolicyFault::issued_in_future);
    Expectations expected = town.expectations();
    expected.trusted_now = issued - std::chrono::days{1};
    EXPECT_TRUE(open_policy_file(file, expected).has_value());
    expected.trusted_now = std::nullopt;
    EXPECT_TRUE(open_policy_file(file, expected).has_value());
}

TEST(PolicyFile, AnswersTheNonceAsked) {
    SampleTown town;
    town.facts.nonce = Bytes(kNonceSize, 0x5A);
    const Bytes file = town.file();
    const auto asked = [](std::uint8_t byte) {
        return [=](Expectations& e) { e.nonce = Bytes(kNonceSize, byte); };
    };
    EXPECT_EQ(refusal(town, file, asked(0x5B)).fault, PolicyFault::wrong_nonce);
    EXPECT_EQ(refusal(town, file, [](Expectations& e) { e.nonce = Bytes{}; }).fault,
              PolicyFault::wrong_nonce);
    Expectations expected = town.expectations();
    asked(0x5A)(expected);
    EXPECT_TRUE(open_policy_file(file, expected).has_value());
}

TEST(PolicyFile, IsRefusedOutsideTheWindowOfItsKey) {
    const auto issued_at = [](std::chrono::seconds offset) {
        return build_refusal([&](SampleTown& s) { s.facts.issued_at = pass_start() + offset; });
    };
    EXPECT_EQ(issued_at(kHalfWindow),
              (PolicyError{PolicyFault::outside_certificate, "manifest/issued_at"}));
    EXPECT_EQ(issued_at(-kHalfWindow - std::chrono::seconds{1}).fault,
              PolicyFault::outside_certificate);
}

TEST(PolicyFile, TakesItsGenerationFromTheRoot) {
    SampleTown town;
    auto certificate = town.certificate(KeyUse::policy);
    certificate.generation = 2;
    const Bytes first = town.file();
    town.facts.policy_certificate = town.issue(certificate, town.root);
    EXPECT_TRUE(newer(town.policy().order, Order{1, 999}));

    // A manifest of generation 1 under the certificate of generation 2.
    auto mixed = read_container(first).value();
    mixed.policy_certificate = town.facts.policy_certificate;
    EXPECT_EQ(refusal(town, write_container(mixed)),
              (PolicyError{PolicyFault::outside_certificate, "manifest/generation"}));
}

TEST(PolicyFile, RefusesPagesThatItsManifestDoesNotName) {
    SampleTown town;
    const auto empty = read_container(town.file()).value();
    town.facts.revocations = {{qr::PassId{9}, 0, pass_start()}};
    const auto full = read_container(town.file()).value();

    auto swapped = full;
    swapped.pages = empty.pages;
    EXPECT_EQ(refusal(town, write_container(swapped)),
              (PolicyError{PolicyFault::page_mismatch, "file/pages/0"}));
    swapped.pages = {};
    EXPECT_EQ(refusal(town, write_container(swapped)).fault, PolicyFault::page_mismatch);
    swapped.pages = {full.pages[0], full.pages[0]};
    EXPECT_EQ(refusal(town, write_container(swapped)).fault, PolicyFault::page_mismatch);
    swapped.pages = {full.pages[1], full.pages[0]};
    EXPECT_EQ(refusal(town, write_container(swapped)).fault, PolicyFault::page_mismatch);
    EXPECT_TRUE(open_policy_file(write_container(full), town.expectations()).has_value());
}

TEST(PolicyFile, SpreadsManyRevocationsOverPages) {
    SampleTown town;
    for (std::uint64_t i = 0; i < 20'000; ++i) {
        town.facts.revocations.push_back(
            {qr::PassId{i * 3'000'000'007 % qr::kLargestPassId}, 1, pass_start()});
    }
    const auto container = read_container(town.file()).value();
    EXPECT_EQ(container.pages.size(), 8U + 1U);
    EXPECT_TRUE(std::all_of(container.pages.begin(), container.pages.end(),
                            [](const Bytes& page) { return page.size() <= kLargestPage; }));
    const Policy policy = town.policy();
    EXPECT_EQ(policy.revocations.size(), 20'000U);
    for (const Revocation& revocation : town.facts.revocations) {
        ASSERT_NE(policy.find_revocation(revocation.pass_id), nullptr);
    }
}

TEST(PolicyFile, UnitesRevocationsOfOnePass) {
    SampleTown town;
    const auto later = pass_start() + std::chrono::hours{1};
    town.facts.revocations = {{qr::PassId{9}, 5, pass_start()}, {qr::PassId{9}, 2, later}};
    const Policy policy = town.policy();
    ASSERT_EQ(policy.revocations.size(), 1U);
    EXPECT_EQ(policy.revocations[0], (Revocation{qr::PassId{9}, 5, later}));
}

struct BadFacts {
    std::string name;
    std::function<void(SampleTown&)> change;
    PolicyError error;
};

const auto kCaseName = [](const auto& row) { return row.param.name; };

class PolicyFactsRefused : public testing::TestWithParam<BadFacts> {};

TEST_P(PolicyFactsRefused, WithThePlaceNamed) {
    EXPECT_EQ(build_refusal(GetParam().change), GetParam().error);
}

INSTANTIATE_TEST_SUITE_P(
    PolicyFile, PolicyFactsRefused,
    testing::Values(
        BadFacts{"no_agent",
                 [](SampleTown& s) { s.facts.agent = ""; },
                 {PolicyFault::out_of_range, "manifest/agent"}},
        BadFacts{"version_0",
                 [](SampleTown& s) { s.facts.version = 0; },
                 {PolicyFault::out_of_range, "manifest/version"}},
        BadFacts{"short_nonce",
                 [](SampleTown& s) { s.facts.nonce = Bytes(8); },
                 {PolicyFault::out_of_range, "manifest/nonce"}},
        BadFacts{"skew_over_5_minutes",
                 [](SampleTown& s) { s.facts.settings.skew = std::chrono::seconds{301}; },
                 {PolicyFault::out_of_range, "manifest/settings/skew_s"}},
        BadFacts{"expired_over_30_days",
                 [](SampleTown& s) {
                     s.facts.settings.expired = kLongestExpired + std::chrono::seconds{1};
                 },
                 {PolicyFault::out_of_range, "manifest/settings/expired_s"}},
        BadFacts{"door_scope_of_a_zone",
                 [](SampleTown& s) { s.facts.doors[2].scope = 0x8000; },
                 {PolicyFault::out_of_range, "manifest/doors/2/scope"}},
        BadFacts{"door_scope_twice",
                 [](SampleTown& s) { s.facts.doors[2].scope = kHallDoor; },
                 {PolicyFault::duplicate, "manifest/doors/2"}},
        BadFacts{"door_key_twice",
                 [](SampleTown& s) { s.facts.doors[2].key = "danton-rue"; },
                 {PolicyFault::duplicate, "manifest/doors/2"}},
        BadFacts{"door_name_with_line_feed",
                 [](SampleTown& s) { s.facts.doors[0].name = "a\nb"; },
                 {PolicyFault::malformed, "manifest/doors/0/name"}},
        BadFacts{
            "unlock_of_a_minute_and_more",
            [](SampleTown& s) { s.facts.doors[1].unlock_time = std::chrono::milliseconds{60'001}; },
            {PolicyFault::out_of_range, "manifest/doors/1/unlock_ms"}},
        BadFacts{
            "negative_unlock",
            [](SampleTown& s) { s.facts.doors[1].unlock_time = std::chrono::milliseconds{-1}; },
            {PolicyFault::out_of_range, "manifest/doors/1/unlock_ms"}},
        BadFacts{"zone_scope_of_a_door",
                 [](SampleTown& s) { s.facts.zones[0].scope = 5; },
                 {PolicyFault::out_of_range, "manifest/zones/0/scope"}},
        BadFacts{"zone_with_unknown_door",
                 [](SampleTown& s) { s.facts.zones[0].doors.push_back(9); },
                 {PolicyFault::unknown_door, "manifest/zones/0/doors"}},
        BadFacts{"certificate_of_another_use",
                 [](SampleTown& s) {
                     s.facts.pass_certificates.push_back(
                         s.issue(s.certificate(KeyUse::command), s.root));
                 },
                 {PolicyFault::wrong_use, "manifest/pass_certificates/1/certificate/use"}},
        BadFacts{"key_id_twice",
                 [](SampleTown& s) {
                     s.facts.pass_certificates.push_back(s.facts.pass_certificates[0]);
                 },
                 {PolicyFault::duplicate, "manifest/pass_certificates/1/key_id"}},
        BadFacts{"revocation_before_1970",
                 [](SampleTown& s) {
                     s.facts.revocations = {
                         {qr::PassId{1}, 0, std::chrono::sys_seconds{} - std::chrono::seconds{1}}};
                 },
                 {PolicyFault::out_of_range, "file/pages/0/revocations/0"}}),
    kCaseName);

TEST(PolicyFile, RefusesAPassCertificateThatNoPinnedRootSigned) {
    SampleTown town;
    town.facts.pass_certificates.push_back([&] {
        auto certificate = town.certificate(KeyUse::pass);
        certificate.key_id = 2;
        return town.issue(certificate, TestKey{0x77});
    }());
    EXPECT_EQ(
        refusal(town, town.file()),
        (PolicyError{PolicyFault::unknown_root, "manifest/pass_certificates/1/certificate/root"}));
}

TEST(PolicyVersion, RisesWithTheClockAndNeverFalls) {
    using std::chrono::milliseconds;
    const std::chrono::sys_time<milliseconds> now{milliseconds{1'000}};
    EXPECT_EQ(next_version(0, now), 1'000U);
    EXPECT_EQ(next_version(1'000, now), 1'001U);
    EXPECT_EQ(next_version(5'000, now), 5'001U);
    EXPECT_EQ(next_version(0, std::chrono::sys_time<milliseconds>{milliseconds{-5}}), 1U);
}

TEST(PolicyFreshness, HasThreeTiers) {
    const Settings settings;
    EXPECT_EQ(freshness(settings, std::chrono::hours{1}), Freshness::fresh);
    EXPECT_EQ(freshness(settings, std::chrono::seconds{3'601}), Freshness::stale);
    EXPECT_EQ(freshness(settings, std::chrono::hours{72}), Freshness::stale);
    EXPECT_EQ(freshness(settings, std::chrono::hours{72} + std::chrono::seconds{1}),
              Freshness::expired);
}

}  // namespace
}  // namespace creneau::policy
