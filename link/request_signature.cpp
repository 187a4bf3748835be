#include "link/request_signature.hpp"

#include "link/text_forms.hpp"
#include "qr/pass.hpp"
#include "qr/public_key.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>

#include <sodium.h>

namespace creneau::link {
namespace {

constexpr std::string_view kLabel = "town=";
constexpr std::string_view kCovered = R"(("@method" "@path" "content-digest"))";
constexpr std::size_t kLongestKeyId = 64;

/// Takes `word` from the front of `rest`; false when it does not stand there.
bool take(std::string_view& rest, std::string_view word) {
    if (!rest.starts_with(word)) {
        return false;
    }
    rest.remove_prefix(word.size());
    return true;
}

/// Digits without sign or leading zero, above 0.
std::optional<std::int64_t> take_number(std::string_view& rest) {
    std::int64_t number = 0;
    if (rest.empty() || rest.front() < '1' || rest.front() > '9') {
        return std::nullopt;
    }
    const auto [end, fault] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
    if (fault != std::errc{}) {
        return std::nullopt;
    }
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    return number;
}

std::string base_of(const SignedParts& parts, std::string_view digest,
                    std::string_view parameters) {
    const std::array components{Component{"@method", parts.method}, Component{"@path", parts.path},
                                Component{"content-digest", digest}};
    return signature_base(components, parameters);
}

std::span<const std::uint8_t> bytes_of(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

}  // namespace

std::string signature_base(std::span<const Component> components, std::string_view parameters) {
    std::string base;
    for (const auto& [name, value] : components) {
        base.append("\"").append(name).append("\": ").append(value).append("\n");
    }
    return base.append("\"@signature-params\": ").append(parameters);
}

std::string content_digest(std::string_view body) {
    std::array<std::uint8_t, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256(digest.data(), bytes_of(body).data(), body.size());
    return std::string("sha-256=:").append(to_base64(digest)).append(":");
}

std::string parameters_text(const SignatureParameters& parameters) {
    return std::string(kCovered)
        .append(";created=")
        .append(std::to_string(parameters.created))
        .append(";keyid=\"")
        .append(parameters.key_id)
        .append("\";nonce=\"")
        .append(std::to_string(parameters.counter))
        .append("\"");
}

SignatureHeaders sign_request(const SignedParts& parts, const SignatureParameters& parameters,
                              const SignBytes& sign) {
    SignatureHeaders headers;
    headers.content_digest = content_digest(parts.body);
    const auto text = parameters_text(parameters);
    headers.signature_input = std::string(kLabel).append(text);
    const auto signature = sign(bytes_of(base_of(parts, headers.content_digest, text)));
    headers.signature = std::string(kLabel).append(":").append(to_base64(signature)).append(":");
    return headers;
}

std::optional<SignatureParameters> read_parameters(std::string_view signature_input) {
    auto rest = signature_input;
    SignatureParameters parameters;
    if (!take(rest, kLabel) || !take(rest, kCovered) || !take(rest, ";created=")) {
        return std::nullopt;
    }
    const auto created = take_number(rest);
    if (!created || !take(rest, ";keyid=\"")) {
        return std::nullopt;
    }
    parameters.key_id = rest.substr(0, std::min(rest.find('"'), rest.size()));
    rest.remove_prefix(parameters.key_id.size());
    const auto counter = take(rest, "\";nonce=\"") ? take_number(rest) : std::nullopt;
    if (!counter || rest != "\"" || parameters.key_id.empty() ||
        parameters.key_id.size() > kLongestKeyId) {
        return std::nullopt;
    }
    parameters.created = *created;
    parameters.counter = *counter;
    return parameters;
}

bool verifies(const SignedParts& parts, const SignatureHeaders& headers, const qr::PublicKey& key) {
    std::string_view input = headers.signature_input;
    std::string_view sent = headers.signature;
    if (!take(input, kLabel) || !take(sent, kLabel) || !take(sent, ":") || !sent.ends_with(':') ||
        headers.content_digest != content_digest(parts.body)) {
        return false;
    }
    sent.remove_suffix(1);
    const auto signature = from_base64(sent, qr::kSignatureSize);
    if (!signature || signature->size() != qr::kSignatureSize) {
        return false;
    }
    return key.verifies(
        bytes_of(base_of(parts, headers.content_digest, input)),
        std::span<const std::uint8_t, qr::kSignatureSize>(signature->data(), qr::kSignatureSize));
}

}  // namespace creneau::link
