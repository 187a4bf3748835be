#include "link/request_signature.hpp"

#include "link/text_forms.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sodium.h>

namespace creneau::link {
namespace {

/// The key "test-key-ed25519" of RFC 9421, B.1.4, and the signature of B.2.6.
constexpr auto kSecret = "9f8362f87a484a954e6e740c5b4c0e84229139a20aa8ab56ff66586f6a7d29c5";
constexpr auto kPublic = "26b40b8f93fff3d897112f7ebc582b232dbd72517d082fe83cfb30ddce43d1bb";
constexpr auto kSignature =
    "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==";

std::span<const std::uint8_t> bytes_of(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

class Key {
  public:
    explicit Key(const std::vector<std::uint8_t>& seed) {
        crypto_sign_seed_keypair(public_.data(), secret_.data(), seed.data());
    }
    [[nodiscard]] qr::PublicKey public_key() const { return qr::PublicKey::load(public_).value(); }
    [[nodiscard]] qr::Signature sign(std::span<const std::uint8_t> message) const {
        qr::Signature signature{};
        crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(),
                             secret_.data());
        return signature;
    }

  private:
    std::array<std::uint8_t, 32> public_{};
    std::array<std::uint8_t, 64> secret_{};
};

Key rfc_key() {
    return Key(from_hex(kSecret, 32).value());
}

TEST(RequestSignature, HasTheBaseAndSignatureOfTheRfc) {
    const std::array components{Component{"date", "Tue, 20 Apr 2021 02:07:55 GMT"},
                                Component{"@method", "POST"},
                                Component{"@path", "/foo"},
                                Component{"@authority", "example.com"},
                                Component{"content-type", "application/json"},
                                Component{"content-length", "18"}};
    const auto base = signature_base(
        components, R"(("date" "@method" "@path" "@authority" "content-type" "content-length")"
                    R"();created=1618884473;keyid="test-key-ed25519")");
    EXPECT_TRUE(base.starts_with("\"date\": Tue, 20 Apr 2021 02:07:55 GMT\n\"@method\": POST\n"));
    EXPECT_EQ(to_hex(rfc_key().public_key().bytes()), kPublic);
    EXPECT_EQ(to_base64(rfc_key().sign(bytes_of(base))), kSignature);
}

TEST(RequestSignature, HasTheContentDigestOfRfc9530) {
    EXPECT_EQ(content_digest("{\"hello\": \"world\"}\n"),
              "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:");
}

/// A request that verifies, and what somebody may change in it.
struct Sent {
    std::string method = "POST";
    std::string path = "/door-agent/v1/sync";
    std::string body = R"({"seen":1})";
    SignatureHeaders headers;
    [[nodiscard]] bool verifies() const {
        return link::verifies({method, path, body}, headers, rfc_key().public_key());
    }
};

Sent good() {
    Sent sent;
    sent.headers = sign_request({sent.method, sent.path, sent.body}, {1618884473, "danton", 7},
                                [](auto bytes) { return rfc_key().sign(bytes); });
    return sent;
}

TEST(RequestSignature, HoldsForThatRequestAlone) {
    auto other = good();
    other.body = R"({"seen":2})";
    EXPECT_FALSE(other.verifies()) << "other body";
    other.headers.content_digest = content_digest(other.body);
    EXPECT_FALSE(other.verifies()) << "other body with its digest";
    other = good();
    other.path = "/door-agent/v1/enrol";
    EXPECT_FALSE(other.verifies()) << "other path";
    other = good();
    other.method = "PUT";
    EXPECT_FALSE(other.verifies()) << "other method";
    other = good();
    other.headers.signature_input.replace(other.headers.signature_input.find("nonce=\"7"), 8,
                                          std::string("nonce=\"8"));
    EXPECT_FALSE(other.verifies()) << "other counter";
    other = good();
    other.headers.signature.clear();
    EXPECT_FALSE(other.verifies()) << "no signature";
    const Key stranger(std::vector<std::uint8_t>(32, 9));
    EXPECT_FALSE(
        verifies({"POST", good().path, good().body}, good().headers, stranger.public_key()));
    EXPECT_TRUE(good().verifies());
}

TEST(RequestSignature, IsReadInOneFormOnly) {
    const std::string covered = R"(town=("@method" "@path" "content-digest"))";
    for (const std::string text :
         {R"(town=("@method" "@path");created=1;keyid="danton";nonce="7")",
          R"(town=("@path" "@method" "content-digest");created=1;keyid="danton";nonce="7")",
          R"(other=("@method" "@path" "content-digest");created=1;keyid="danton";nonce="7")"}) {
        EXPECT_FALSE(read_parameters(text)) << text;
    }
    for (const std::string rest :
         {"", ";created=1;keyid=\"danton\"", ";created=1;keyid=\"\";nonce=\"7\"",
          ";created=1;keyid=\"danton\";nonce=\"0\"", ";created=1;keyid=\"danton\";nonce=\"07\"",
          ";created=1;keyid=\"danton\";nonce=\"-7\"", ";created=1;keyid=\"danton\";nonce=\"7\";x",
          ";created=1;keyid=\"danton\";nonce=\"99999999999999999999\"",
          ";keyid=\"danton\";created=1;nonce=\"7\"", ";created=;keyid=\"danton\";nonce=\"7\""}) {
        EXPECT_FALSE(read_parameters(covered + rest)) << rest;
    }
    const auto read = read_parameters(good().headers.signature_input);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->key_id, "danton");
    EXPECT_EQ(read->counter, 7);
    EXPECT_EQ(read->created, 1618884473);
}

TEST(TextForms, ReadWhatTheyWriteAndNothingElse) {
    const std::vector<std::uint8_t> bytes{0, 1, 254, 255, 7};
    EXPECT_EQ(from_hex(to_hex(bytes), 5), bytes);
    EXPECT_FALSE(from_hex("0001FEFF07", 5));
    EXPECT_FALSE(from_hex(to_hex(bytes), 4));
    EXPECT_EQ(from_base64(to_base64(bytes), 5), bytes);
    EXPECT_FALSE(from_base64(to_base64(bytes), 4));
    EXPECT_FALSE(from_base64("AAH+\n/wc=", 5));
    EXPECT_FALSE(from_base64("AAH", 5));
    EXPECT_EQ(from_base64("", 5), std::vector<std::uint8_t>{});
}

}  // namespace
}  // namespace creneau::link
