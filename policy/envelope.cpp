#include "policy/envelope.hpp"

#include "policy/cbor.hpp"
#include "policy/error.hpp"
#include "qr/pass.hpp"
#include "qr/public_key.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::policy {
namespace {

constexpr std::array<std::uint8_t, 5> kHeaderStart{0xA2, 0x01, 0x27, 0x04, 0x41};
constexpr std::size_t kHeaderSize = kHeaderStart.size() + 1;

// 84: array of four. 46: byte string of six, the protected header. After it A0: no unprotected
// header.
constexpr std::array<std::uint8_t, 2 + kHeaderStart.size()> kOpening{0x84, 0x46, 0xA2, 0x01,
                                                                     0x27, 0x04, 0x41};
constexpr std::uint8_t kNoUnprotected = 0xA0;
constexpr std::size_t kFixedStart = kOpening.size() + 2;

std::array<std::uint8_t, kHeaderSize> protected_header(std::uint8_t key_id) {
    std::array<std::uint8_t, kHeaderSize> header{};
    std::copy(kHeaderStart.begin(), kHeaderStart.end(), header.begin());
    header.back() = key_id;
    return header;
}

}  // namespace

std::vector<std::uint8_t> context(std::string_view label, qr::TownId town, std::string_view agent) {
    std::vector<std::uint8_t> bytes(label.begin(), label.end());
    const auto number = static_cast<std::uint32_t>(town);
    for (const unsigned shift : {24U, 16U, 8U, 0U}) {
        bytes.push_back(static_cast<std::uint8_t>(number >> shift));
    }
    bytes.insert(bytes.end(), agent.begin(), agent.end());
    return bytes;
}

std::vector<std::uint8_t> to_be_signed(std::uint8_t key_id, std::span<const std::uint8_t> context,
                                       std::span<const std::uint8_t> payload) {
    cbor::Writer out;
    out.array(4);
    out.text("Signature1");
    out.bytes(protected_header(key_id));
    out.bytes(context);
    out.bytes(payload);
    return out.result();
}

std::vector<std::uint8_t> seal(std::uint8_t key_id, std::span<const std::uint8_t> payload,
                               const qr::Signature& signature) {
    cbor::Writer out;
    out.array(4);
    out.bytes(protected_header(key_id));
    out.map(0);
    out.bytes(payload);
    out.bytes(signature);
    return out.result();
}

tl::expected<Envelope, PolicyError> frame(std::span<const std::uint8_t> bytes,
                                          std::size_t largest_payload, std::string_view place) {
    if (bytes.size() < kFixedStart ||
        !std::equal(kOpening.begin(), kOpening.end(), bytes.begin()) ||
        bytes[kFixedStart - 1] != kNoUnprotected) {
        return tl::make_unexpected(
            PolicyError{PolicyFault::malformed, std::string{place} + "/envelope"});
    }
    // Two byte strings are left; this reader neither recurses nor looks inside them.
    cbor::Reader in{bytes.subspan(kFixedStart), place};
    in.at(2);
    const auto payload = in.bytes(largest_payload);
    in.at(3);
    const auto signature = in.exactly(qr::kSignatureSize);
    in.end();
    if (!in.ok()) {
        return tl::make_unexpected(in.error());
    }
    return Envelope{bytes[kOpening.size()], payload, signature.first<qr::kSignatureSize>()};
}

bool verifies(const qr::PublicKey& key, const Envelope& envelope,
              std::span<const std::uint8_t> context) {
    return key.verifies(to_be_signed(envelope.key_id, context, envelope.payload),
                        envelope.signature);
}

}  // namespace creneau::policy
