#include "tests/qr/signing.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace creneau::qr {
namespace {

// The lines "name: value" of the block after "## Test vector" in qr/FORMAT.md.
std::map<std::string, std::string> documented_vector() {
    std::ifstream file{CRENEAU_SOURCE "/qr/FORMAT.md"};
    std::map<std::string, std::string> values;
    bool inside = false;
    for (std::string line; std::getline(file, line);) {
        inside = inside || line == "## Test vector";
        const std::size_t colon = line.find(": ");
        if (inside && colon != std::string::npos) {
            values[line.substr(0, colon)] = line.substr(colon + 2);
        }
    }
    return values;
}

template <class Bytes>
std::string hex(const Bytes& bytes) {
    std::string text(2 * bytes.size() + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
    text.pop_back();
    return text;
}

TEST(Format, TestVectorIsWhatTheCodeMakes) {
    const TestKey key{kVectorSeed};
    const PassFields fields = vector_fields();
    const BodyBytes body = encode_body(fields).value();
    const PassBytes pass = sign_pass(key, kVectorTown, fields);
    auto documented = documented_vector();
    EXPECT_EQ(documented["seed"], hex(std::vector<std::uint8_t>(32, kVectorSeed)));
    EXPECT_EQ(documented["public key"], hex(key.public_bytes));
    EXPECT_EQ(documented["town id"], std::to_string(static_cast<std::uint32_t>(kVectorTown)));
    EXPECT_EQ(documented["bytes 0-18"], hex(body));
    EXPECT_EQ(documented["signed bytes"], hex(signing_input(kVectorTown, body)));
    EXPECT_EQ(documented["signature"], hex(std::span{pass}.last<kSignatureSize>()));
    EXPECT_EQ(documented["digits"], std::string{view(to_digits(pass))});
}

TEST(Format, TestVectorVerifiesFromItsDigits) {
    auto documented = documented_vector();
    const PassBytes pass = from_digits(documented["digits"]).value();
    EXPECT_EQ(decode_pass(pass).value(), vector_fields());
    EXPECT_TRUE(verify_pass(TestKey{kVectorSeed}.public_key(), kVectorTown, pass));
}

}  // namespace
}  // namespace creneau::qr
