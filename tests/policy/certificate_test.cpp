#include "policy/certificate.hpp"

#include "policy/cbor.hpp"
#include "policy/envelope.hpp"
#include "tests/policy/sample_town.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>

namespace creneau::policy {
namespace {

struct Refused {
    std::string name;
    std::function<void(Certificate&)> change;
    PolicyError error;
};

const auto kCaseName = [](const auto& row) { return row.param.name; };

class CertificateRefused : public testing::TestWithParam<Refused> {};

TEST_P(CertificateRefused, BeforeARootSignsIt) {
    Certificate certificate = SampleTown{}.certificate(KeyUse::pass);
    ASSERT_TRUE(certificate_to_be_signed(certificate).has_value());
    GetParam().change(certificate);
    ASSERT_FALSE(certificate_to_be_signed(certificate).has_value());
    EXPECT_EQ(certificate_to_be_signed(certificate).error(), GetParam().error);
}

PolicyError out_of_range(const std::string& member) {
    return {PolicyFault::out_of_range, "certificate/" + member};
}

INSTANTIATE_TEST_SUITE_P(
    Certificate, CertificateRefused,
    testing::Values(
        Refused{"key_id_0", [](Certificate& c) { c.key_id = 0; }, out_of_range("key_id")},
        Refused{"weak_key",
                [](Certificate& c) { c.public_key.fill(0); },
                {PolicyFault::weak_key, "certificate/public_key"}},
        Refused{"empty_window", [](Certificate& c) { c.not_after = c.not_before; },
                out_of_range("not_after")},
        Refused{"before_1970",
                [](Certificate& c) { c.not_before = std::chrono::sys_seconds{} - kHalfWindow; },
                out_of_range("not_before")},
        Refused{"no_longest_pass", [](Certificate& c) { c.longest_pass_min = 0; },
                out_of_range("longest_pass_min")},
        Refused{"longest_pass_over_31_days",
                [](Certificate& c) { c.longest_pass_min = qr::kLongestPassMinutes + 1; },
                out_of_range("longest_pass_min")},
        Refused{"longest_pass_of_a_policy_key", [](Certificate& c) { c.use = KeyUse::policy; },
                out_of_range("longest_pass_min")},
        Refused{"unknown_use", [](Certificate& c) { c.use = static_cast<KeyUse>(9); },
                out_of_range("use")},
        Refused{"generation_0", [](Certificate& c) { c.generation = 0; },
                out_of_range("generation")}),
    kCaseName);

TEST(Certificate, OpensForEveryUseAndEitherRoot) {
    const SampleTown town;
    for (const KeyUse use : {KeyUse::pass, KeyUse::policy, KeyUse::command}) {
        for (const TestKey* root : {&town.root, &town.spare_root}) {
            const auto issued = town.issue(town.certificate(use), *root);
            const auto opened = open_certificate(issued, town.expectations().roots, kTown);
            ASSERT_TRUE(opened.has_value()) << describe(opened.error());
            EXPECT_EQ(*opened, town.certificate(use));
        }
    }
}

TEST(Certificate, TravelsAsBytes) {
    const SampleTown town;
    const auto issued = town.issue(town.certificate(KeyUse::pass), town.root);
    EXPECT_EQ(issued_certificate_from(to_bytes(issued)).value(), issued);
    auto longer = to_bytes(issued);
    longer.push_back(0);
    EXPECT_EQ(issued_certificate_from(longer).error().fault, PolicyFault::malformed);
    EXPECT_EQ(issued_certificate_from({}).error().fault, PolicyFault::malformed);
}

TEST(Certificate, IsRefusedFromARootThatIsNotPinned) {
    const SampleTown town;
    const auto issued = town.issue(town.certificate(KeyUse::pass), TestKey{0x77});
    EXPECT_EQ(open_certificate(issued, town.expectations().roots, kTown).error(),
              (PolicyError{PolicyFault::unknown_root, "certificate/root"}));
    EXPECT_EQ(open_certificate(issued, {}, kTown).error().fault, PolicyFault::unknown_root);
}

TEST(Certificate, IsRefusedUnderAnotherPinnedRootsName) {
    const SampleTown town;
    auto issued = town.issue(town.certificate(KeyUse::pass), TestKey{0x77});
    issued.root = town.root.public_bytes;
    EXPECT_EQ(open_certificate(issued, town.expectations().roots, kTown).error().fault,
              PolicyFault::bad_signature);
}

TEST(Certificate, IsRefusedForAnotherTown) {
    const SampleTown town;
    const auto issued = town.issue(town.certificate(KeyUse::pass), town.root);
    EXPECT_EQ(open_certificate(issued, town.expectations().roots, qr::TownId{1}).error().fault,
              PolicyFault::bad_signature);
    EXPECT_TRUE(open_certificate(issued, town.expectations().roots, kTown).has_value());
}

TEST(Certificate, IsRefusedWhenSignedUnderAnotherLabel) {
    const SampleTown town;
    const auto good = town.issue(town.certificate(KeyUse::pass), town.root);
    const auto payload = frame(good.envelope, 512, "good").value().payload;
    const auto relabelled =
        town.root.sign(to_be_signed(kRootKeyId, context(kPolicyLabel, kTown), payload));
    const IssuedCertificate issued{good.root, seal(kRootKeyId, payload, relabelled)};
    EXPECT_EQ(open_certificate(issued, town.expectations().roots, kTown).error().fault,
              PolicyFault::bad_signature);
    EXPECT_EQ(
        assemble_certificate(town.certificate(KeyUse::pass), good.root, relabelled).error().fault,
        PolicyFault::bad_signature);
    EXPECT_TRUE(open_certificate(good, town.expectations().roots, kTown).has_value());
}

// A root that signs what our own code would not have offered.
IssuedCertificate signed_payload(const SampleTown& town, const std::vector<std::uint8_t>& payload) {
    const auto signature =
        town.root.sign(to_be_signed(kRootKeyId, context(kCertificateLabel, kTown), payload));
    return {town.root.public_bytes, seal(kRootKeyId, payload, signature)};
}

TEST(Certificate, OfASmallOrderKeyIsRefusedAlthoughARootSignedIt) {
    const SampleTown town;
    const auto good = town.issue(town.certificate(KeyUse::pass), town.root);
    const auto framed = frame(good.envelope, 512, "good").value();
    std::vector<std::uint8_t> payload(framed.payload.begin(), framed.payload.end());
    const auto key = std::search(payload.begin(), payload.end(), town.pass_key.public_bytes.begin(),
                                 town.pass_key.public_bytes.end());
    ASSERT_NE(key, payload.end());
    std::fill_n(key, qr::kPublicKeySize, std::uint8_t{0});
    EXPECT_EQ(
        open_certificate(signed_payload(town, payload), town.expectations().roots, kTown).error(),
        (PolicyError{PolicyFault::weak_key, "certificate/public_key"}));
}

TEST(Certificate, OfALaterFormIsNamedAsSuch) {
    const SampleTown town;
    cbor::Writer out;
    out.map(9);
    out.text("form");
    out.number(2);
    EXPECT_EQ(open_certificate(signed_payload(town, out.result()), town.expectations().roots, kTown)
                  .error(),
              (PolicyError{PolicyFault::unsupported_form, "certificate/form"}));
}

TEST(Fingerprint, IsBlake2bOfTheRawKeyInHexadecimal) {
    // BLAKE2b-256 of 32 zero bytes, from Python's hashlib.
    EXPECT_EQ(to_hex(fingerprint_of(qr::PublicKeyBytes{})),
              "89eb0d6a8a691dae2cd15ed0369931ce0a949ecafa5c3f93f8121833646e15c3");
    const Hash hash = blake2b_256({});
    EXPECT_EQ(hash_from_hex(to_hex(hash)), hash);
    EXPECT_EQ(hash_from_hex(to_hex(hash).substr(1)), std::nullopt);
    EXPECT_EQ(hash_from_hex("g" + to_hex(hash).substr(1)), std::nullopt);
    EXPECT_EQ(hash_from_hex(""), std::nullopt);
}

}  // namespace
}  // namespace creneau::policy
