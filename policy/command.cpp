#include "policy/command.hpp"

#include "policy/cbor.hpp"
#include "policy/certificate.hpp"
#include "policy/envelope.hpp"
#include "policy/error.hpp"
#include "policy/fields.hpp"
#include "policy/fingerprint.hpp"
#include "policy/policy_file.hpp"
#include "qr/pass.hpp"
#include "qr/public_key.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::policy {
namespace {

constexpr std::uint64_t kForm = 1;
constexpr std::size_t kMembers = 8;
constexpr std::size_t kLargestPayload = 512;
constexpr std::size_t kLargestEnvelope = 1'024;
constexpr std::uint64_t kLargestU32 = 0xFFFF'FFFF;
constexpr auto kLargestId = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
constexpr std::string_view kPlace = "command";

tl::unexpected<PolicyError> refuse(PolicyFault fault, std::string_view member) {
    return tl::make_unexpected(PolicyError{fault, std::string{kPlace} + "/" + std::string{member}});
}

std::vector<std::uint8_t> payload_of(const Command& command) {
    cbor::Writer out;
    out.map(kMembers);
    out.text("form");
    out.number(kForm);
    out.text("town");
    out.number(static_cast<std::uint32_t>(command.town));
    out.text("agent");
    out.text(command.agent);
    out.text("boot");
    out.text(command.boot);
    out.text("door");
    out.text(command.door);
    out.text("command");
    out.number(command.id);
    out.text("nonce");
    out.bytes(command.nonce);
    out.text("end");
    out.number(command.end ? count_of(command.end->time_since_epoch()) : 0);
    return out.result();
}

tl::expected<Command, PolicyError> read_payload(std::span<const std::uint8_t> payload) {
    cbor::Reader in{payload, kPlace};
    Command command;
    in.map_of(kMembers);
    in.key("form");
    if (in.number(0, kLargestU32) > kForm) {
        in.fail(PolicyFault::unsupported_form);
    }
    in.key("town");
    command.town = qr::TownId{static_cast<std::uint32_t>(in.number(0, kLargestU32))};
    in.key("agent");
    command.agent = read_text(in, kLongestKey);
    in.key("boot");
    command.boot = read_text(in, kLongestKey);
    in.key("door");
    command.door = read_text(in, kLongestKey);
    in.key("command");
    command.id = in.number(1, kLargestId);
    in.key("nonce");
    const auto nonce = in.exactly(kNonceSize);
    command.nonce.assign(nonce.begin(), nonce.end());
    in.key("end");
    if (const auto end = read_seconds(in, 0, kLargestU32); end.count() > 0) {
        command.end = std::chrono::sys_seconds{end};
    }
    in.end();
    if (!in.ok()) {
        return tl::make_unexpected(in.error());
    }
    return command;
}

/// Certificate of the key and envelope of the command.
struct Parts {
    IssuedCertificate certificate;
    std::vector<std::uint8_t> envelope;
};

std::vector<std::uint8_t> joined(const Parts& parts) {
    cbor::Writer out;
    out.array(3);
    out.bytes(parts.certificate.root);
    out.bytes(parts.certificate.envelope);
    out.bytes(parts.envelope);
    return out.result();
}

tl::expected<Parts, PolicyError> parts_of(std::span<const std::uint8_t> bytes) {
    cbor::Reader in{bytes, kPlace};
    in.array_of(3);
    in.enter();
    in.at(0);
    const auto root = in.exactly(qr::kPublicKeySize);
    in.at(1);
    const auto certificate = in.bytes(kLargestEnvelope);
    in.at(2);
    const auto envelope = in.bytes(kLargestEnvelope);
    in.leave();
    in.end();
    if (!in.ok()) {
        return tl::make_unexpected(in.error());
    }
    Parts parts;
    std::copy(root.begin(), root.end(), parts.certificate.root.begin());
    parts.certificate.envelope.assign(certificate.begin(), certificate.end());
    parts.envelope.assign(envelope.begin(), envelope.end());
    return parts;
}

tl::expected<Certificate, PolicyError> certificate_for(const AskedCommand& asked,
                                                       const IssuedCertificate& issued) {
    auto certificate = open_certificate(issued, asked.roots, asked.command.town);
    if (!certificate) {
        return certificate;
    }
    if (certificate->use != KeyUse::command) {
        return refuse(PolicyFault::wrong_use, "certificate");
    }
    const auto& now = asked.trusted_now;
    if (now && (*now < certificate->not_before || *now >= certificate->not_after)) {
        return refuse(PolicyFault::outside_certificate, "certificate");
    }
    return certificate;
}

tl::expected<Command, PolicyError> verified(std::span<const std::uint8_t> bytes,
                                            const Certificate& certificate,
                                            const Command& expected) {
    const auto envelope = frame(bytes, kLargestPayload, kPlace);
    if (!envelope) {
        return tl::make_unexpected(envelope.error());
    }
    const auto key = qr::PublicKey::load(certificate.public_key);
    if (!key || envelope->key_id != certificate.key_id ||
        !verifies(*key, *envelope, context(kCommandLabel, expected.town, expected.agent))) {
        return refuse(PolicyFault::bad_signature, "signature");
    }
    return read_payload(envelope->payload);
}

std::optional<PolicyError> other_than(const Command& expected, const Command& command) {
    const auto error = [](PolicyFault fault, std::string_view member) {
        return PolicyError{fault, std::string{kPlace} + "/" + std::string{member}};
    };
    if (command.town != expected.town) {
        return error(PolicyFault::wrong_town, "town");
    }
    if (command.agent != expected.agent) {
        return error(PolicyFault::wrong_agent, "agent");
    }
    if (command.boot != expected.boot || expected.boot.empty()) {
        return error(PolicyFault::wrong_nonce, "boot");
    }
    if (command.door != expected.door) {
        return error(PolicyFault::unknown_door, "door");
    }
    if (command.id != expected.id) {
        return error(PolicyFault::wrong_nonce, "command");
    }
    if (command.nonce != expected.nonce) {
        return error(PolicyFault::wrong_nonce, "nonce");
    }
    return std::nullopt;
}

}  // namespace

tl::expected<Command, PolicyError> open_command(std::span<const std::uint8_t> bytes,
                                                const AskedCommand& asked) {
    const auto parts = parts_of(bytes);
    if (!parts) {
        return tl::make_unexpected(parts.error());
    }
    const auto certificate = certificate_for(asked, parts->certificate);
    if (!certificate) {
        return tl::make_unexpected(certificate.error());
    }
    auto command = verified(parts->envelope, *certificate, asked.command);
    if (!command) {
        return command;
    }
    if (const auto error = other_than(asked.command, *command)) {
        return tl::make_unexpected(*error);
    }
    return command;
}

tl::expected<std::vector<std::uint8_t>, PolicyError> build_command(
    const Command& command, const IssuedCertificate& certificate, const Signer& sign) {
    const std::vector<Fingerprint> roots{fingerprint_of(certificate.root)};
    const AskedCommand asked{roots, command, std::nullopt};
    const auto opened = certificate_for(asked, certificate);
    if (!opened) {
        return tl::make_unexpected(opened.error());
    }
    const auto payload = payload_of(command);
    const auto signature = sign(
        to_be_signed(opened->key_id, context(kCommandLabel, command.town, command.agent), payload));
    auto bytes = joined({certificate, seal(opened->key_id, payload, signature)});
    // Reading it back applies every rule of the form in one place.
    if (const auto readable = open_command(bytes, asked); !readable) {
        return tl::make_unexpected(readable.error());
    }
    return bytes;
}

}  // namespace creneau::policy
