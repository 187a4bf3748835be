#include "link/key_change.hpp"

#include "qr/pass.hpp"
#include "qr/public_key.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <vector>

#include <sodium.h>

namespace creneau::link {
namespace {

struct Pair {
    qr::PublicKeyBytes public_key{};
    std::array<std::uint8_t, 64> secret{};
    Pair() { crypto_sign_keypair(public_key.data(), secret.data()); }
    [[nodiscard]] qr::Signature sign(const std::vector<std::uint8_t>& message) const {
        qr::Signature signature{};
        crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(),
                             secret.data());
        return signature;
    }
};

TEST(KeyChange, IsProvedByTheKeyThatFollowsAndForThatAgentAlone) {
    const Pair old_key;
    const Pair new_key;
    const KeyChange change{qr::TownId{7}, "danton", old_key.public_key, new_key.public_key};
    const auto proof = new_key.sign(to_be_proved(change));
    EXPECT_FALSE(is_proved(change, old_key.sign(to_be_proved(change)))) << "by the old key";
    auto other = change;
    other.agent = "semanaz";
    EXPECT_FALSE(is_proved(other, proof));
    other = change;
    other.town = qr::TownId{8};
    EXPECT_FALSE(is_proved(other, proof));
    other = change;
    other.from = new_key.public_key;
    EXPECT_FALSE(is_proved(other, proof)) << "after another key";
    other = change;
    other.to = old_key.public_key;
    EXPECT_FALSE(is_proved(other, old_key.sign(to_be_proved(other)))) << "the same key";
    other = change;
    other.to.fill(0);
    EXPECT_FALSE(is_proved(other, proof)) << "no sound key";
    EXPECT_FALSE(is_proved(change, {}));
    EXPECT_TRUE(is_proved(change, proof));
}

}  // namespace
}  // namespace creneau::link
