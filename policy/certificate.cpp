#include "policy/certificate.hpp"

#include "policy/cbor.hpp"
#include "policy/envelope.hpp"
#include "policy/error.hpp"
#include "policy/fingerprint.hpp"
#include "qr/pass.hpp"
#include "qr/public_key.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::policy {
namespace {

constexpr std::uint64_t kForm = 1;
constexpr std::size_t kLargestPayload = 512;
constexpr std::size_t kLargestEnvelope = 1'024;
constexpr std::size_t kMembers = 9;
constexpr std::size_t kLongestWord = 16;
constexpr std::uint64_t kLargestU32 = 0xFFFF'FFFF;
constexpr std::string_view kPlace = "certificate";

std::uint64_t seconds(std::chrono::sys_seconds instant) {
    return static_cast<std::uint64_t>(instant.time_since_epoch().count());
}

std::chrono::sys_seconds instant(std::uint64_t seconds) {
    return std::chrono::sys_seconds{std::chrono::seconds{static_cast<std::int64_t>(seconds)}};
}

tl::unexpected<PolicyError> refuse(PolicyFault fault, std::string_view member) {
    return tl::make_unexpected(PolicyError{fault, std::string{kPlace} + "/" + std::string{member}});
}

std::vector<std::uint8_t> payload_of(const Certificate& certificate) {
    cbor::Writer out;
    out.map(kMembers);
    out.text("form");
    out.number(kForm);
    out.text("town");
    out.number(static_cast<std::uint32_t>(certificate.town));
    out.text("use");
    out.text(word_for(certificate.use));
    out.text("key_id");
    out.number(certificate.key_id);
    out.text("public_key");
    out.bytes(certificate.public_key);
    out.text("not_before");
    out.number(seconds(certificate.not_before));
    out.text("not_after");
    out.number(seconds(certificate.not_after));
    out.text("longest_pass_min");
    out.number(certificate.longest_pass_min);
    out.text("generation");
    out.number(certificate.generation);
    return out.result();
}

KeyUse read_use(cbor::Reader& in) {
    const std::string_view word = in.text(kLongestWord);
    for (const KeyUse use : {KeyUse::pass, KeyUse::policy, KeyUse::command}) {
        if (word == word_for(use)) {
            return use;
        }
    }
    in.fail(PolicyFault::out_of_range);
    return KeyUse::command;
}

qr::PublicKeyBytes read_key(cbor::Reader& in) {
    const auto raw = in.exactly(qr::kPublicKeySize);
    if (in.ok() && !qr::PublicKey::load(raw)) {
        in.fail(PolicyFault::weak_key);
    }
    qr::PublicKeyBytes key{};
    std::copy(raw.begin(), raw.end(), key.begin());
    return key;
}

std::uint16_t read_longest_pass(cbor::Reader& in, KeyUse use) {
    const bool passes = use == KeyUse::pass;
    return static_cast<std::uint16_t>(
        in.number(passes ? 1 : 0, passes ? qr::kLongestPassMinutes : 0));
}

tl::expected<Certificate, PolicyError> read_payload(std::span<const std::uint8_t> payload,
                                                    qr::TownId town) {
    cbor::Reader in{payload, kPlace};
    Certificate certificate;
    in.map_of(kMembers);
    in.key("form");
    if (in.number(0, kLargestU32) > kForm) {
        in.fail(PolicyFault::unsupported_form);
    }
    in.key("town");
    certificate.town = qr::TownId{static_cast<std::uint32_t>(in.number(0, kLargestU32))};
    if (in.ok() && certificate.town != town) {
        in.fail(PolicyFault::wrong_town);
    }
    in.key("use");
    certificate.use = read_use(in);
    in.key("key_id");
    certificate.key_id = static_cast<std::uint8_t>(in.number(1, 0xFF));
    in.key("public_key");
    certificate.public_key = read_key(in);
    in.key("not_before");
    certificate.not_before = instant(in.number(0, kLargestU32));
    in.key("not_after");
    certificate.not_after = instant(in.number(seconds(certificate.not_before) + 1, kLargestU32));
    in.key("longest_pass_min");
    certificate.longest_pass_min = read_longest_pass(in, certificate.use);
    in.key("generation");
    certificate.generation = static_cast<std::uint32_t>(in.number(1, kLargestU32));
    in.end();
    if (!in.ok()) {
        return tl::make_unexpected(in.error());
    }
    return certificate;
}

}  // namespace

std::string_view word_for(KeyUse use) {
    switch (use) {
        case KeyUse::pass:
            return "pass";
        case KeyUse::policy:
            return "policy";
        case KeyUse::command:
            return "command";
    }
    return "unknown";
}

tl::expected<std::vector<std::uint8_t>, PolicyError> certificate_to_be_signed(
    const Certificate& certificate) {
    const auto payload = payload_of(certificate);
    // Reading it back applies every rule of the form in one place.
    if (const auto readable = read_payload(payload, certificate.town); !readable) {
        return tl::make_unexpected(readable.error());
    }
    return to_be_signed(kRootKeyId, context(kCertificateLabel, certificate.town), payload);
}

tl::expected<IssuedCertificate, PolicyError> assemble_certificate(const Certificate& certificate,
                                                                  const qr::PublicKeyBytes& root,
                                                                  const qr::Signature& signature) {
    IssuedCertificate issued{root, seal(kRootKeyId, payload_of(certificate), signature)};
    const std::array<Fingerprint, 1> pinned{fingerprint_of(root)};
    if (const auto opened = open_certificate(issued, pinned, certificate.town); !opened) {
        return tl::make_unexpected(opened.error());
    }
    return issued;
}

tl::expected<Certificate, PolicyError> open_certificate(const IssuedCertificate& issued,
                                                        std::span<const Fingerprint> pinned_roots,
                                                        qr::TownId town) {
    if (std::find(pinned_roots.begin(), pinned_roots.end(), fingerprint_of(issued.root)) ==
        pinned_roots.end()) {
        return refuse(PolicyFault::unknown_root, "root");
    }
    const auto root = qr::PublicKey::load(issued.root);
    if (!root) {
        return refuse(PolicyFault::weak_key, "root");
    }
    const auto envelope = frame(issued.envelope, kLargestPayload, kPlace);
    if (!envelope) {
        return tl::make_unexpected(envelope.error());
    }
    if (envelope->key_id != kRootKeyId ||
        !verifies(*root, *envelope, context(kCertificateLabel, town))) {
        return refuse(PolicyFault::bad_signature, "signature");
    }
    return read_payload(envelope->payload, town);
}

std::vector<std::uint8_t> to_bytes(const IssuedCertificate& issued) {
    cbor::Writer out;
    out.array(2);
    out.bytes(issued.root);
    out.bytes(issued.envelope);
    return out.result();
}

tl::expected<IssuedCertificate, PolicyError> issued_certificate_from(
    std::span<const std::uint8_t> bytes) {
    cbor::Reader in{bytes, kPlace};
    in.array_of(2);
    in.enter();
    in.at(0);
    const auto root = in.exactly(qr::kPublicKeySize);
    in.at(1);
    const auto envelope = in.bytes(kLargestEnvelope);
    in.leave();
    in.end();
    if (!in.ok()) {
        return tl::make_unexpected(in.error());
    }
    IssuedCertificate issued;
    std::copy(root.begin(), root.end(), issued.root.begin());
    issued.envelope.assign(envelope.begin(), envelope.end());
    return issued;
}

}  // namespace creneau::policy
