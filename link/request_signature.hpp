#pragma once

#include "qr/pass.hpp"
#include "qr/public_key.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace creneau::link {

/// A covered component of RFC 9421: its identifier ("@method", "content-digest") and its value.
struct Component {
    std::string_view name;
    std::string_view value;
};

/// The signature base of RFC 9421, section 2.5. `parameters`: the covered components and what
/// follows them, as in Signature-Input behind the label.
[[nodiscard]] std::string signature_base(std::span<const Component> components,
                                         std::string_view parameters);

/// The value of Content-Digest (RFC 9530) by SHA-256.
[[nodiscard]] std::string content_digest(std::string_view body);

/// What a door agent's signature says besides the request itself.
struct SignatureParameters {
    std::int64_t created = 0;  ///< Unix seconds by the agent's clock, which may be wrong
    std::string key_id;        ///< key of the agent
    std::int64_t counter = 0;  ///< the nonce: greater with each request, from 1
};

/// The only form of a request's signature that both sides know:
/// ("@method" "@path" "content-digest");created=…;keyid="…";nonce="…"
[[nodiscard]] std::string parameters_text(const SignatureParameters& parameters);

/// What a request is signed over.
struct SignedParts {
    std::string_view method;
    std::string_view path;
    std::string_view body;
};

/// The headers of a signed request.
struct SignatureHeaders {
    std::string content_digest;   ///< Content-Digest
    std::string signature_input;  ///< Signature-Input
    std::string signature;        ///< Signature
};

using SignBytes = std::function<qr::Signature(std::span<const std::uint8_t>)>;

[[nodiscard]] SignatureHeaders sign_request(const SignedParts& parts,
                                            const SignatureParameters& parameters,
                                            const SignBytes& sign);

/// Reads Signature-Input; nothing unless it has that form, byte for byte.
[[nodiscard]] std::optional<SignatureParameters> read_parameters(std::string_view signature_input);

/// Whether `key` signed exactly this request with exactly these parameters.
[[nodiscard]] bool verifies(const SignedParts& parts, const SignatureHeaders& headers,
                            const qr::PublicKey& key);

}  // namespace creneau::link
