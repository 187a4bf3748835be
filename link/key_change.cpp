#include "link/key_change.hpp"

#include "qr/pass.hpp"
#include "qr/public_key.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace creneau::link {
namespace {

constexpr std::string_view kOfAKey{"creneau agent key 1\0", 20};

}  // namespace

std::vector<std::uint8_t> to_be_proved(const KeyChange& change) {
    std::vector<std::uint8_t> message(kOfAKey.begin(), kOfAKey.end());
    for (const unsigned shift : {24U, 16U, 8U, 0U}) {
        message.push_back(
            static_cast<std::uint8_t>((static_cast<std::uint32_t>(change.town) >> shift) & 0xFFU));
    }
    message.insert(message.end(), change.from.begin(), change.from.end());
    message.insert(message.end(), change.to.begin(), change.to.end());
    message.insert(message.end(), change.agent.begin(), change.agent.end());
    return message;
}

bool is_proved(const KeyChange& change, std::span<const std::uint8_t> proof) {
    const auto key = qr::PublicKey::load(change.to);
    return key && change.to != change.from && proof.size() == qr::kSignatureSize &&
           key->verifies(to_be_proved(change), proof.first<qr::kSignatureSize>());
}

}  // namespace creneau::link
